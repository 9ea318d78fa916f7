// Texts -> for some words, which of the texts hold all of their terms, wherever they stand; pure.
import { tokenize } from './stemmed-terms.ts';

/** What a card says of its story: its title, its summary and the name of its topic. */
export interface SaidOnCard {
  title: string;
  summary: readonly string[];
  topic: string | null;
}

/** The terms of each of these cards. */
export function termsOfCards(cards: readonly SaidOnCard[]): string[][] {
  return cards.map(({ title, summary, topic }) => tokenize([title, ...summary, topic ?? ''].join(' ')));
}

/** Returns what finds the indices of the cards that hold all terms of some words; of words without terms, none. */
export function findHolding(termsOf: readonly (readonly string[])[]): (words: string) => number[] {
  const held = termsOf.map((terms) => new Set(terms));
  return (words) => {
    const asked = tokenize(words);
    return asked.length === 0 ? [] : held.flatMap((terms, at) => (asked.every((term) => terms.has(term)) ? [at] : []));
  };
}
