// Profile + pool -> query: one vector and some words whose inner product with a story is that story's score for this reader.
import { dot, type SparseScores } from './evidence.ts';
import type { Expansion } from './expand-profile.ts';
import type { Pool, PoolRows } from './prepare-pool.ts';
import type { Facet, KnownStory } from './profile.ts';
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
  neighbourOf: (storyId: number) => KnownStory | undefined;
}

/** Rows that stand for all when the spread of a reader's scores is measured; 128 leave it right to 6%. */
const sampledRows = 128;

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
  const words = { sums: new Float64Array(pool.stories.length), touched: [] as number[] };
  const own = facets.map((facet) => ({ ...facet, share: facet.weight }));
  const near = neighbourFacets(expansion, neighbourOf);
  const trust = expansion?.trust ?? { neighbours: 0, factors: 0 };
  const addMeaning = (parts: readonly Part[], weight: number): number =>
    addDense(query, { rows, at: 0, vector: sumVectors(parts, rows.vectorSize), weight });
  const addTerms = (parts: readonly Part[], weight: number): number => addWords(words, query, { pool, parts, weight });
  const scales = { words: addTerms(own, weights.words), meaning: addMeaning(own, weights.meaning) };
  addTerms(near, weights.neighbourWords * trust.neighbours);
  addMeaning(near, weights.neighbourMeaning * trust.neighbours);
  if (expansion?.factors)
    addDense(query, { rows, at: rows.vectorSize, vector: expansion.factors, weight: weights.factors * trust.factors });
  const places = Int32Array.from(words.touched);
  return { ...query, words: { places, values: Float32Array.from(places, (place) => words.sums[place]!) }, scales };
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
  const step = Math.max(1, Math.floor(rows.count / sampledRows));
  const products: number[] = [];
  for (let row = 0; row < rows.count; row += step)
    products.push(dot(vector, rows.values.subarray(row * rows.width + at, row * rows.width + at + vector.length)));
  const { mean, deviation } = spreadOf(products);
  if (deviation === 0 || weight === 0) return 0;
  const scale = weight / deviation;
  for (let place = 0; place < vector.length; place++) query.vector[at + place]! += scale * vector[place]!;
  query.offset += scale * mean;
  return scale;
}

/** Adds the words of all parts, scaled alike; only the places some part holds are touched, each once in `touched`. */
function addWords(
  words: { sums: Float64Array; touched: number[] },
  query: { offset: number },
  { pool, parts, weight }: { pool: Pool; parts: readonly Part[]; weight: number },
): number {
  if (weight === 0) return 0;
  const sums = new Float64Array(words.sums.length);
  const held: number[] = [];
  for (const part of parts) {
    const { places, values } = pool.wordsOf(part);
    for (let at = 0; at < places.length; at++) {
      if (sums[places[at]!] === 0) held.push(places[at]!);
      sums[places[at]!]! += part.share * values[at]!;
    }
  }
  const found = held.map((place) => sums[place]!);
  const mean = found.reduce((sum, value) => sum + value, 0) / (sums.length || 1);
  const squares = found.reduce((sum, value) => sum + value * value, 0) / (sums.length || 1);
  const deviation = Math.sqrt(Math.max(0, squares - mean * mean));
  if (deviation <= leastDeviation) return 0;
  const scale = weight / deviation;
  for (const place of new Set(held)) {
    if (words.sums[place] === 0) words.touched.push(place);
    words.sums[place]! += scale * sums[place]!;
  }
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
