// The editors' subject of an issue, and behind it what is the reader's own: "..., and 2 on speech".
import { english, type Words } from '../../core/words.ts';
import type { ChosenStory } from './reading-order.ts';

/** An interest of more characters would push the editors' words out of sight. */
const longestInterest = 30;

/** The subject of one letter; the editors' alone where no story was chosen for an interest by its words. */
export function personalSubject(title: string, stories: readonly ChosenStory[], words: Words = english): string {
  const counts = new Map<string, number>();
  for (const { kind, reason } of stories) {
    if (kind !== 'personal' || (reason?.code !== 'matches' && reason?.code !== 'quotes')) continue;
    if (reason.words.length <= longestInterest) counts.set(reason.words, (counts.get(reason.words) ?? 0) + 1);
  }
  // The best pick first: of two interests with as many, the one that it is for.
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most ? words.say('letter.subject', { title, interest: most[0], count: most[1] }) : title;
}
