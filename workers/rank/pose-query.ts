// Profile + pool -> query: one vector and some words whose inner product with a story is that story's score for this reader.
import type { WordEvidence } from './evidence.ts';
import type { Expansion } from './expand-profile.ts';
import { weighEvidence, type FusionWeights } from './fusion-weights.ts';
import { productAt } from './inner-product.ts';
import type { Pool, PoolRows } from './prepare-pool.ts';
import type { Facet, KnownStory } from './profile.ts';
import { thinness } from './taste.ts';

export interface Query {
  /** As wide as a row of the pool. */
  vector: Float32Array;
  /** Added to each story of the pool: most stories hold some word of a hundred neighbours. */
  words: Float32Array;
  /** What is taken from every score, so that a reader's scores have mean 0 before the editors' order is added. */
  offset: number;
}

/** A query with what it is made of, from which reasons are found. */
export interface Posed extends Query {
  /** By how much one part's words and cosine count, per unit of its weight; see `shareOf`. */
  scales: { words: number; meaning: number };
  /** One for each facet. */
  own: readonly Part[];
  /** One for each neighbour whose text is known. */
  near: readonly Part[];
}

/** One facet or neighbour as it meets this pool. */
export interface Part {
  weight: number;
  words: WordEvidence;
  vector: Float32Array | undefined;
  /** Of a facet: its cosine with the average row. */
  mean: number;
  /** How many readers stand behind a neighbour. */
  readers: number;
}

/** Everything a reader's score comes from. */
export interface Wants {
  facets: readonly Facet[];
  expansion: Expansion | undefined;
  /** Neighbours that the model names, when their texts are known. */
  neighbourOf: (storyId: number) => KnownStory | undefined;
}

const noTrust = { neighbours: 0, factors: 0 };

/**
 * Fuses the kinds of evidence by z-scores of this reader: each sum over the pool is divided by its own standard deviation
 * and weighed. Since all but the words are inner products with the same rows, and the words add up, one vector and one
 * number a story give the exact fused scores of any number of stories. The editors' order comes on top; without facets it is all.
 * Source: z-score fusion of runs, Montague & Aslam, CIKM 2001.
 */
export function poseQuery(wants: Wants, pool: Pool, weights: FusionWeights = weightsFor(wants)): Posed {
  return pose(wants, pool, { weights, words: new Float32Array(pool.stories.length) });
}

/** The queries of many readers; their words are one array, since one of 40 KB for each reader keeps the collector busy. */
export function poseQueries(wants: readonly Wants[], pool: Pool): Posed[] {
  const size = pool.stories.length;
  const words = new Float32Array(wants.length * size);
  return wants.map((one, at) =>
    pose(one, pool, { weights: weightsFor(one), words: words.subarray(at * size, (at + 1) * size) }),
  );
}

function weightsFor({ facets, expansion }: Wants): FusionWeights {
  return weighEvidence(facets, expansion?.trust ?? noTrust);
}

function pose(
  { facets, expansion, neighbourOf }: Wants,
  pool: Pool,
  { weights, words }: { weights: FusionWeights; words: Float32Array },
): Posed {
  const { rows } = pool;
  const query = { vector: new Float32Array(rows.width), offset: 0 };
  query.vector.set([1, thinness(facets)], rows.width - 2);
  const own = ownParts(pool, facets);
  const near = neighbourParts(pool, { expansion, neighbourOf });
  const addMeaning = (parts: readonly Part[], weight: number): number =>
    addDense(query, { rows, at: 0, vector: sumVectors(parts, rows.vectorSize), weight });
  const whole = pool.sheets.whole.fill(0);
  const addTerms = (parts: readonly Part[], weight: number): number =>
    addWords({ query, whole }, { pool, parts, weight });
  const scales = { words: addTerms(own, weights.words), meaning: addMeaning(own, weights.meaning) };
  addTerms(near, weights.neighbourWords);
  addMeaning(near, weights.neighbourMeaning);
  if (expansion?.factors)
    addDense(query, { rows, at: rows.vectorSize, vector: expansion.factors, weight: weights.factors });
  words.set(whole);
  return { ...query, words, scales, own, near };
}

function ownParts(pool: Pool, facets: readonly Facet[]): Part[] {
  const { vectorSize, mean } = pool.rows;
  return facets.map((facet) => {
    const vector = vectorSize > 0 ? facet.vector : undefined;
    const cosine = vector ? productAt(vector, mean, 0) : 0;
    return { weight: facet.weight, words: pool.wordsOf(facet), vector, mean: cosine, readers: 0 };
  });
}

function neighbourParts(pool: Pool, { expansion, neighbourOf }: Omit<Wants, 'facets'>): Part[] {
  const parts: Part[] = [];
  for (const { storyId, weight, readers } of expansion?.neighbours ?? []) {
    const story = neighbourOf(storyId);
    if (!story) continue;
    const words = pool.wordsOf({ storyId, label: story.title, kind: 'like', terms: story.terms });
    parts.push({ weight, words, vector: story.vector, mean: 0, readers });
  }
  return parts;
}

function sumVectors(parts: readonly Part[], size: number): Float32Array {
  const sum = new Float32Array(size);
  for (const { vector, weight } of parts)
    if (vector) for (let at = 0; at < size; at++) sum[at]! += weight * vector[at]!;
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

/** Adds the words of all parts, scaled so that their sums over the pool deviate by `weight`; returns the scale. */
function addWords(
  { query, whole }: { query: { offset: number }; whole: Float64Array },
  { pool, parts, weight }: { pool: Pool; parts: readonly Part[]; weight: number },
): number {
  if (weight === 0 || parts.length === 0) return 0;
  const sums = pool.sheets.part.fill(0);
  for (const { words: held, weight: share } of parts) {
    const { places, values } = held;
    for (let at = 0; at < places.length; at++) sums[places[at]!]! += share * values[at]!;
  }
  let sum = 0;
  let squares = 0;
  for (let place = 0; place < sums.length; place++) {
    const value = sums[place]!;
    sum += value;
    squares += value * value;
  }
  const size = sums.length || 1;
  const mean = sum / size;
  const deviation = Math.sqrt(Math.max(0, squares / size - mean * mean));
  if (deviation <= leastDeviation) return 0;
  const scale = weight / deviation;
  for (let place = 0; place < sums.length; place++) whole[place]! += scale * sums[place]!;
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
