// Facet x pool -> evidence: how strongly each story answers one thing a reader wants, by words and by meaning.
import { coverQuery, scoreBm25, type Bm25Index } from './bm25.ts';
import type { Facet } from './profile.ts';

/** A third of all stories lie one deviation from the mean by chance alone. */
const noise = 1;

/** One number >= 0 for each story of the pool. */
export interface Evidence {
  /** BM25 as a share of the best one, 0 to 1, so that a wish of rare words does not drown one of common words. */
  words: Float64Array;
  /** Standard deviations by which the cosine lies more than one above the facet's mean over the pool; 0 below that. */
  meaning: Float64Array;
}

/**
 * Weighs every story of the pool for one facet. `vectors` holds, for each story, those of its items and segments, unit
 * length; a story counts by its best one, since a talk about many things is about each of them (R@1 .365 against .074 for the mean).
 */
export function weighFacet(
  facet: Pick<Facet, 'kind' | 'terms' | 'vector'>,
  pool: { index: Bm25Index; vectors: readonly (readonly Float32Array[])[] },
): Evidence {
  const { vector } = facet;
  const words = weighWords(facet, pool.index);
  if (!vector) return { words, meaning: new Float64Array(pool.index.size) };
  const cosines = Float64Array.from(pool.vectors, (own) => Math.max(0, ...own.map((other) => dot(vector, other))));
  return { words, meaning: standardize(cosines).map((value) => Math.max(0, value - noise)) };
}

/** Of one or two words a story must hold all, of more two thirds: "speech recognition" is not served by "image recognition". */
function weighWords({ kind, terms }: Pick<Facet, 'kind' | 'terms'>, index: Bm25Index): Float64Array {
  const scores = scoreBm25(index, terms);
  const most = scores.reduce((high, score) => Math.max(high, score), 0) || 1;
  if (kind !== 'interest') return scores.map((score) => score / most);
  const least = (terms.size <= 2 ? 1 : 2 / 3) - 1e-9;
  return coverQuery(index, terms).map((share, story) => (share < least ? 0 : (share * scores[story]!) / most));
}

/** The inner product of two vectors of one length: the cosine when both have unit length. */
export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place++) sum += left[place]! * right[place]!;
  return sum;
}

/** Values as z-scores (mean 0, deviation 1); all 0 when they do not differ. */
export function standardize(values: Float64Array): Float64Array {
  const { mean, deviation } = spreadOf(values);
  return values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

/** Mean and (population) standard deviation; a spread that is only rounding counts as none. */
export function spreadOf(values: Float64Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1);
  const deviation = Math.sqrt(variance);
  return { mean, deviation: deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 0 };
}
