// Facet x pool -> evidence: which stories hold the words of one thing a reader wants, and how strongly.
import { scoreBm25, type Bm25Index } from './bm25.ts';
import type { Facet } from './profile.ts';

/** Values above 0 at some indices of the pool; 0 everywhere else. */
export interface SparseScores {
  indices: Int32Array;
  values: Float32Array;
}

/** What a facet finds by its words, and the mean over the whole pool. */
export interface WordEvidence extends SparseScores {
  mean: number;
}

/**
 * BM25 of every story for the words of a story with a signal, as a share of the best one, 0 to 1, so that rare words do not
 * drown common ones. What a stated interest finds is in weigh-interest.ts.
 */
export function weighPhraseWords({ terms }: Pick<Facet, 'terms'>, index: Bm25Index): WordEvidence {
  const held = holdersOf(terms, index);
  const scores = zerosFor(index);
  scoreBm25(index, terms, scores);
  let most = 0;
  for (const document of held) most = Math.max(most, scores[document]!);
  const [indices, values] = [new Int32Array(held.length), new Float32Array(held.length)];
  let [count, sum] = [0, 0];
  for (const document of held) {
    const value = scores[document]! / (most || 1);
    scores[document] = 0;
    if (value <= 0) continue;
    indices[count] = document;
    values[count++] = value;
    sum += value;
  }
  return { indices: indices.slice(0, count), values: values.slice(0, count), mean: sum / (index.size || 1) };
}

/** The documents that hold one of the terms, in order. */
function holdersOf(terms: ReadonlyMap<string, number>, { postings }: Bm25Index): Int32Array {
  const held = new Set<number>();
  for (const term of terms.keys()) for (const document of postings.get(term)?.documents ?? []) held.add(document);
  return Int32Array.from(held).toSorted();
}

/** Zeros for every document of an index, which each facet leaves as it found them: 10,000 new ones took longer than its words. */
const zeros = new WeakMap<Bm25Index, Float64Array>();

function zerosFor(index: Bm25Index): Float64Array {
  const scores = zeros.get(index) ?? new Float64Array(index.size);
  zeros.set(index, scores);
  return scores;
}

/** The value at one index; indices are in ascending order. */
export function valueAt({ indices, values }: SparseScores, document: number): number {
  let low = 0;
  let high = indices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (indices[middle]! < document) low = middle + 1;
    else high = middle;
  }
  return indices[low] === document ? values[low]! : 0;
}
