// The authors of a paper -> as a line of meta has room for them; pure.

import { english, type Words } from '../words.ts';

const named = 2;

/** "First, Second and 5 more"; empty where nobody is named. */
export function shortAuthors(authors: readonly string[], words: Words = english): string {
  const more = authors.length - named;
  const names = authors.slice(0, named).join(', ');
  return more > 0 ? words.say('card.more', { names, n: more }) : names;
}
