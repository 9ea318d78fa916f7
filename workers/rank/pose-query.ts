// Profile + pool -> query: one vector and some words whose inner product with a story is that story's score for this reader.
import type { WordEvidence } from './evidence.ts';
import type { Expansion } from './expand-profile.ts';
import { weighEvidence, type FusionWeights } from './fusion-weights.ts';
import type { KernelRows } from '../../core/math/kernels/kernel-rows.ts';
import { weightedSum } from '../../core/math/kernels/weighted-sum.ts';
import type { Pool } from './prepare-pool.ts';
import type { Facet, KnownStory } from './profile.ts';
import { addAt, clear } from './sparse-sum.ts';
import { thinness } from './taste.ts';

export interface Query {
  /** As wide as a row of the pool. */
  vector: Float32Array;
  /** Added to each story of the pool: most stories hold some word of a hundred neighbours. */
  words: Float32Array;
  /** What is taken from every score, so that a reader's scores have mean 0 before the curators' order is added. */
  offset: number;
}

/** A query with what it is made of, from which reasons are found. */
export interface ExplainableQuery extends Query {
  /** By how much one part's words and cosine count, per unit of its weight; see `sharesOf`. */
  scales: { words: number; meaning: number };
  /** One for each facet. */
  own: readonly Part[];
}

/** One facet as it meets this pool. */
interface Part {
  weight: number;
  words: WordEvidence;
  vector: Float32Array | undefined;
}

/** Everything a reader's score comes from. */
export interface ReaderEvidence {
  facets: readonly Facet[];
  /** Stated interests that the pool has nothing on; they move nothing. */
  unmet?: readonly Facet[];
  expansion: Expansion | undefined;
  /** Neighbours that the model names, when their texts are known. */
  neighbourOf: (storyId: number) => KnownStory | undefined;
}

const noTrust = { neighbours: 0, factors: 0 };

/**
 * Fuses the kinds of evidence by z-scores of this reader: each sum over the pool is divided by its own standard deviation
 * and weighed. Since all but the words are inner products with the same rows, and the words add up, one vector and one
 * number a story give the exact fused scores of any number of stories. The curators' order comes on top; without facets it is all.
 * Source: z-score fusion of runs, Montague & Aslam, CIKM 2001.
 */
export function poseQuery(
  evidence: ReaderEvidence,
  pool: Pool,
  weights: FusionWeights = weightsFor(evidence),
): ExplainableQuery {
  return pose(evidence, pool, { weights, words: new Float32Array(pool.stories.length) });
}

/** The queries of some readers, good until the next call: they write their words on the same sheet, 40 KB each. */
export function poseQueries(evidence: readonly ReaderEvidence[], pool: Pool): ExplainableQuery[] {
  const size = pool.stories.length;
  const words = pool.bufferFor(evidence.length);
  return evidence.map((one, at) =>
    pose(one, pool, { weights: weightsFor(one), words: words.subarray(at * size, (at + 1) * size) }),
  );
}

function weightsFor({ facets, expansion }: ReaderEvidence): FusionWeights {
  return weighEvidence(facets, expansion?.trust ?? noTrust);
}

function pose(
  evidence: ReaderEvidence,
  pool: Pool,
  { weights, words }: { weights: FusionWeights; words: Float32Array },
): ExplainableQuery {
  const { facets, expansion } = evidence;
  const { vectorSize, width, memory, sample } = pool.rows;
  const query = { vector: new Float32Array(width), offset: 0 };
  query.vector.set([1, thinness(facets)], width - 2);
  const own = facets.map((facet): Part => {
    const vector = facet.vector?.length === vectorSize ? facet.vector : undefined;
    return { weight: facet.weight, words: pool.wordsOf(facet), vector };
  });
  const addMeaning = (
    vectors: readonly (Float32Array | undefined)[],
    shares: ArrayLike<number>,
    weight: number,
  ): number =>
    addDense(query, {
      memory,
      sample: sample.vectors,
      at: 0,
      vector: weightedSum(vectors, shares, vectorSize),
      weight,
    });
  const scales = {
    words: addWords({ query, words }, { pool, parts: own, weight: weights.words }),
    meaning: addMeaning(
      own.map(({ vector }) => vector),
      own.map(({ weight }) => weight),
      weights.meaning,
    ),
  };
  if (!expansion) return { ...query, words, scales, own };
  const { storyIds, weights: shares } = expansion.neighbours;
  const near = Array.from(storyIds, evidence.neighbourOf);
  if (weights.neighbourWords > 0) {
    const parts = near.flatMap((story, at) =>
      story ? [{ weight: shares[at]!, words: wordsOfStory(storyIds[at]!, story, pool) }] : [],
    );
    addWords({ query, words }, { pool, parts, weight: weights.neighbourWords });
  }
  addMeaning(
    near.map((story) => story?.vector),
    shares,
    weights.neighbourMeaning,
  );
  if (expansion.factors)
    addDense(query, { memory, sample: sample.factors, at: vectorSize, vector: expansion.factors, weight: weights.factors }); // prettier-ignore
  return { ...query, words, scales, own };
}

/** The words of a neighbour over the pool. */
export function wordsOfStory(storyId: number, { title, terms }: KnownStory, pool: Pool): WordEvidence {
  return pool.wordsOf({ storyId, label: title, kind: 'like', terms });
}

interface Dense {
  memory: KernelRows;
  /** Where the parts of some rows begin that the vector is multiplied with, and where it goes in the query. */
  sample: Int32Array;
  at: number;
  vector: Float32Array;
  weight: number;
}

/** Adds a vector, scaled so that its products with the rows deviate by `weight`; returns the scale, 0 when they do not differ. */
function addDense(
  query: { vector: Float32Array; offset: number },
  { memory, sample, at, vector, weight }: Dense,
): number {
  if (weight === 0) return 0;
  const { mean, deviation } = spreadOf(memory.products(vector, sample));
  if (deviation === 0) return 0;
  const scale = weight / deviation;
  for (let index = 0; index < vector.length; index++) query.vector[at + index]! += scale * vector[index]!;
  query.offset += scale * mean;
  return scale;
}

/** Adds the words of all parts, scaled so that their sums over the pool deviate by `weight`; returns the scale. */
function addWords(
  { query, words }: { query: { offset: number }; words: Float32Array },
  { pool, parts, weight }: { pool: Pool; parts: readonly Pick<Part, 'words' | 'weight'>[]; weight: number },
): number {
  if (weight === 0 || parts.length === 0) return 0;
  const held = pool.few;
  for (const { words: evidence, weight: share } of parts) {
    const { indices, values } = evidence;
    for (let at = 0; at < indices.length; at++) addAt(held, indices[at]!, share * values[at]!);
  }
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < held.count; at++) {
    const value = held.sums[held.indices[at]!]!;
    sum += value;
    squares += value * value;
  }
  // Where nothing was added there is a 0, which counts, too.
  const size = pool.stories.length || 1;
  const mean = sum / size;
  const deviation = Math.sqrt(Math.max(0, squares / size - mean * mean));
  const scale = deviation <= leastDeviation ? 0 : weight / deviation;
  for (let at = 0; at < held.count; at++) words[held.indices[at]!]! += scale * held.sums[held.indices[at]!]!;
  clear(held);
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
