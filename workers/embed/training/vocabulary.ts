// corpus -> the words that get a row of their own, and how frequent each is; pure.
import { isNumber } from '../../../core/text/tokens.ts';
import type { Corpus } from './corpus.ts';
import type { Span } from './token-pool.ts';

export interface Vocabulary {
  words: string[];
  /** Share of each word among the words, most frequent first; sums to 1. */
  frequencies: Float64Array;
  /** Row of each type of the pool, -1 for a type without one. */
  rowOf: Int32Array;
}

/** Shares of the three kinds of text, so that 27 million words of papers do not crowd out everyday language. */
const shares = { papers: 0.4, texts: 0.45, synsets: 0.15 };
/** A word must occur 18 times in papers, or 3 in texts, or 9 in glosses: rarer ones are better served by n-grams. */
const needed = { papers: 1, texts: 6, synsets: 2, total: 18 };
const longestWord = 24;

/** The `size` most frequent words, fewer in a small corpus. */
export function chooseVocabulary({ pool, papers, texts, synsets }: Corpus, size: number): Vocabulary {
  const count = (spans: Iterable<Span>): Float64Array => countTypes(pool.tokens(), spans, pool.types.length);
  const counts = {
    papers: count(papers.flatMap(({ title, abstract }) => [title, abstract])),
    texts: count(texts),
    synsets: count(
      synsets.flatMap(({ lemmas, gloss }) => [...lemmas.filter(({ from, to }) => to - from === 1), gloss]),
    ),
  };
  const kinds = ['papers', 'texts', 'synsets'] as const;
  const totals = Object.fromEntries(kinds.map((kind) => [kind, counts[kind].reduce((a, b) => a + b, 0) || 1]));
  const frequencyOf = (type: number): number =>
    kinds.reduce((sum, kind) => sum + (shares[kind] * counts[kind][type]!) / totals[kind]!, 0);
  const isFrequent = (type: number): boolean =>
    kinds.reduce((sum, kind) => sum + needed[kind] * counts[kind][type]!, 0) >= needed.total;
  const ranked = pool.types
    .flatMap((word, type) => (isWord(word) && isFrequent(type) ? [{ type, frequency: frequencyOf(type) }] : []))
    .toSorted((a, b) => b.frequency - a.frequency || a.type - b.type)
    .slice(0, size);
  const total = ranked.reduce((sum, { frequency }) => sum + frequency, 0);
  const rowOf = new Int32Array(pool.types.length).fill(-1);
  ranked.forEach(({ type }, row) => (rowOf[type] = row));
  return {
    words: ranked.map(({ type }) => pool.types[type]!),
    frequencies: Float64Array.from(ranked, ({ frequency }) => frequency / total),
    rowOf,
  };
}

function countTypes(tokens: Int32Array, spans: Iterable<Span>, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const { from, to } of spans) for (let at = from; at < to; at++) counts[tokens[at]!]! += 1;
  return counts;
}

function isWord(token: string): boolean {
  if (isNumber(token)) return false;
  return token === 'a' || token === 'i' || (token.length > 1 && token.length <= longestWord);
}
