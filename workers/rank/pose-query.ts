// Profile + pool -> query: one vector and some words whose inner product with a story is that story's score for this reader.
import type { SparseScores } from './evidence.ts';
import type { Expansion } from './expand-profile.ts';
import { productAt } from './inner-product.ts';
import type { Pool, PoolRows } from './prepare-pool.ts';
import type { Facet, KnownStory } from './profile.ts';
import { addAt, empty, type SparseSum } from './sparse-sum.ts';
import { thinness } from './taste.ts';

/** How much each kind of evidence counts, in standard deviations of one reader's scores; set by hand from trials on dev data, see docs/ranking.md. */
export interface FusionWeights {
  words: number;
  meaning: number;
  /** The same two of the stories that readers alike read. */
  neighbourWords: number;
  neighbourMeaning: number;
  factors: number;
}

export const fusionWeights: FusionWeights = {
  words: 1,
  meaning: 0.7,
  neighbourWords: 0.6,
  neighbourMeaning: 0.4,
  factors: 2,
};

export interface Query {
  /** As wide as a row of the pool. */
  vector: Float32Array;
  /** Added at single stories. */
  words: SparseScores;
  /** What is taken from every score, so that a reader's scores have mean 0 before the editors' order is added. */
  offset: number;
  /** By how much one facet's words and cosine count, per unit of its weight; see `shareOf`. */
  scales: { words: number; meaning: number };
}

/** Everything a reader's score comes from. */
export interface Wants {
  facets: readonly Facet[];
  expansion: Expansion | undefined;
  /** Neighbours that the model names, when their texts are known. */
  neighbourOf: (storyId: number) => KnownStory | undefined;
}

/**
 * Fuses the kinds of evidence by z-scores of this reader: each sum over the pool is divided by its own standard deviation
 * and weighed. Since all but the words are inner products with the same rows, and the words add up, one vector and one sparse
 * list give the exact fused scores of any number of stories. The editors' order comes on top; without facets it is all.
 * Source: z-score fusion of runs, Montague & Aslam, CIKM 2001.
 */
export function poseQuery(
  { facets, expansion, neighbourOf }: Wants,
  pool: Pool,
  weights: FusionWeights = fusionWeights,
): Query {
  const { rows } = pool;
  const query = { vector: new Float32Array(rows.width), offset: 0 };
  query.vector.set([1, thinness(facets)], rows.width - 2);
  const own = facets.map((facet) => ({ ...facet, share: facet.weight }));
  const near = neighbourFacets(expansion, neighbourOf);
  const trust = expansion?.trust ?? { neighbours: 0, factors: 0 };
  const addMeaning = (parts: readonly Part[], weight: number): number =>
    addDense(query, { rows, at: 0, vector: sumVectors(parts, rows.vectorSize), weight });
  const addTerms = (parts: readonly Part[], weight: number): number => addWords(query, { pool, parts, weight });
  const scales = { words: addTerms(own, weights.words), meaning: addMeaning(own, weights.meaning) };
  addTerms(near, weights.neighbourWords * trust.neighbours);
  addMeaning(near, weights.neighbourMeaning * trust.neighbours);
  if (expansion?.factors)
    addDense(query, { rows, at: rows.vectorSize, vector: expansion.factors, weight: weights.factors * trust.factors });
  return { ...query, words: takeAll(pool.sheets.whole), scales };
}

/** What a sum holds, which is empty then. */
function takeAll(sum: SparseSum): SparseScores {
  const places = sum.places.slice(0, sum.count);
  const values = new Float32Array(sum.count);
  for (let at = 0; at < values.length; at++) values[at] = sum.sums[places[at]!]!;
  empty(sum);
  return { places, values };
}

interface Part extends Pick<Facet, 'key' | 'kind' | 'terms' | 'vector'> {
  share: number;
}

function neighbourFacets(expansion: Expansion | undefined, neighbourOf: Wants['neighbourOf']): Part[] {
  return (expansion?.neighbours ?? []).flatMap(({ storyId, weight }) => {
    const story = neighbourOf(storyId);
    return story ? [{ key: `story:${storyId}`, kind: 'like' as const, ...story, share: weight }] : [];
  });
}

function sumVectors(parts: readonly Part[], size: number): Float32Array {
  const sum = new Float32Array(size);
  for (const { vector, share } of parts) if (vector) for (let at = 0; at < size; at++) sum[at]! += share * vector[at]!;
  return sum;
}

/** Adds a vector, scaled so that its products with the rows deviate by `weight`; returns the scale, 0 when they do not differ. */
function addDense(
  query: { vector: Float32Array; offset: number },
  { rows, at, vector, weight }: { rows: PoolRows; at: number; vector: Float32Array; weight: number },
): number {
  const { values, count } = rows.sample;
  const products = new Float64Array(count);
  for (let row = 0; row < count; row++) products[row] = productAt(vector, values, row * rows.width + at);
  const { mean, deviation } = spreadOf(products);
  if (deviation === 0 || weight === 0) return 0;
  const scale = weight / deviation;
  for (let place = 0; place < vector.length; place++) query.vector[at + place]! += scale * vector[place]!;
  query.offset += scale * mean;
  return scale;
}

/** Adds the words of all parts, scaled alike, to the pool's sheet of the whole; only the places some part holds are touched. */
function addWords(
  query: { offset: number },
  { pool, parts, weight }: { pool: Pool; parts: readonly Part[]; weight: number },
): number {
  if (weight === 0) return 0;
  const { part: sheet, whole } = pool.sheets;
  for (const part of parts) {
    const { places, values } = pool.wordsOf(part);
    const { share } = part;
    for (let at = 0; at < places.length; at++) addAt(sheet, places[at]!, share * values[at]!);
  }
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < sheet.count; at++) {
    const value = sheet.sums[sheet.places[at]!]!;
    sum += value;
    squares += value * value;
  }
  const size = pool.stories.length || 1;
  const mean = sum / size;
  const deviation = Math.sqrt(Math.max(0, squares / size - mean * mean));
  const scale = deviation > leastDeviation ? weight / deviation : 0;
  if (scale > 0)
    for (let at = 0; at < sheet.count; at++) addAt(whole, sheet.places[at]!, scale * sheet.sums[sheet.places[at]!]!);
  empty(sheet);
  query.offset += scale * mean;
  return scale;
}

/** A spread that is only rounding counts as none. */
const leastDeviation = 1e-6;

/** Mean and (population) standard deviation. */
export function spreadOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  const mean = sum / (values.length || 1);
  for (let at = 0; at < values.length; at++) squares += (values[at]! - mean) ** 2;
  const deviation = Math.sqrt(squares / (values.length || 1));
  return { mean, deviation: deviation > leastDeviation * Math.max(1, Math.abs(mean)) ? deviation : 0 };
}
