// What the signals of all readers taught: neighbours and factors of stories, and factors of words for stories nobody has read.
import { deserialize, serialize } from 'node:v8';
import { foldIn, groundOf, type AlsSettings, type KnownFactors } from './implicit-als.ts';
import { createWeightedSum, weightedSum } from '../../../core/math/kernels/weighted-sum.ts';
import { addAt, clear, topKWithTies, createSparseSum, type SparseSum } from '../sparse-sum.ts';
import type { CoReadNeighbours } from './co-readership.ts';
import { toFeatures, type TextFeatures, type ModelVocabulary } from './text-features.ts';

/** Raised when features or factors come to mean something else: models of another format count as none. */
const format = 2;

/** All arrays are row-major; indices number the stories of `storyIds`. */
export interface RankModel {
  storyIds: Int32Array;
  /** Readers whose signals it was trained on. */
  readers: number;
  settings: AlsSettings;
  neighbours: CoReadNeighbours;
  /** Turned so that their Gram matrix is diagonal. */
  factors: Float32Array;
  vocabulary: ModelVocabulary;
  termFactors: Float32Array;
  /** Factors of each number of a vector; what they say holds for vectors of this set alone. */
  vectorFactors: Float32Array;
  vectorSet: string;
  /** Features of the stories, one after another: which stories a reader's words bring to mind. */
  features: { starts: Int32Array; terms: Int32Array; weights: Float32Array };
}

/** The bytes of a model, to be stored. */
export function serialiseModel(model: RankModel): Buffer {
  return serialize({ format, model });
}

/** The model that was stored, or undefined when it is of another format. */
export function deserialiseModel(state: Uint8Array): RankModel | undefined {
  const stored = deserialize(state) as { format: number; model: RankModel };
  return stored.format === format ? stored.model : undefined;
}

/** The model as it is where these vectors are in use: those of another set than it learned from tell it nothing. */
export function ofVectorSet(model: RankModel, vectorSet: string): RankModel {
  return model.vectorSet === vectorSet ? model : { ...model, vectorFactors: new Float32Array() };
}

/** A model with what is computed from it once. */
export interface OpenModel {
  model: RankModel;
  /** Index of a story, undefined for one it was not trained on. */
  indexOf(storyId: number): number | undefined;
  /** Factors predicted from terms in order and the vector; what it does not know adds nothing. */
  predict(terms: readonly string[], vector: Float32Array | undefined): Float32Array;
  /** Learned factors of a story it knows. */
  factorsAt(index: number): Float32Array;
  /** Factors of a reader from what is known of them. */
  fold(known: readonly KnownFactors[]): Float32Array;
  /** The stories whose words come nearest, best first, with cosines above 0. */
  recall(terms: readonly string[], limit: number): { index: number; cosine: number }[];
}

/** Opens a model for any number of readers. */
export function openModel(model: RankModel): OpenModel {
  const { settings, factors, vocabulary } = model;
  const indices = new Map(Array.from(model.storyIds, (storyId, index) => [storyId, index]));
  const ground = groundOf(factors, settings);
  const predict = openPrediction(model);
  const featuresOf = (terms: readonly string[]): TextFeatures => toFeatures(terms, vocabulary);
  let postings: ReturnType<typeof invert> | undefined;
  return {
    model,
    indexOf: (storyId) => indices.get(storyId),
    predict: (terms, vector) => predict(featuresOf(terms), vector),
    factorsAt: (index) => factors.subarray(index * settings.rank, (index + 1) * settings.rank),
    fold: (known) => foldIn(known, ground, settings),
    recall: (terms, limit) => nearestStories(featuresOf(terms), (postings ??= invert(model)), limit),
  };
}

/** The factors of a text: the sum of those of its terms and of its vector's numbers. */
function openPrediction({ termFactors, vectorFactors, settings: { rank } }: RankModel) {
  const sumOfVector = createWeightedSum(vectorFactors, rank);
  return ({ terms, weights }: TextFeatures, vector: Float32Array | undefined): Float32Array => {
    const ofTerms = Array.from(terms, (term) => termFactors.subarray(term * rank, (term + 1) * rank));
    const sum = weightedSum(ofTerms, weights, rank);
    if (!vector || vectorFactors.length !== vector.length * rank) return sum;
    const ofVector = sumOfVector(vector);
    for (let at = 0; at < rank; at++) sum[at]! += ofVector[at]!;
    return sum;
  };
}

/** Which stories hold each term, and how strongly: those of term t from starts[t] to starts[t + 1]. */
interface Postings {
  starts: Int32Array;
  indices: Int32Array;
  weights: Float32Array;
  /** Empty between questions. */
  cosines: SparseSum;
}

function invert({ features, vocabulary }: RankModel): Postings {
  const starts = new Int32Array(vocabulary.frequencies.length + 1);
  for (const term of features.terms) starts[term + 1]!++;
  for (let term = 1; term < starts.length; term++) starts[term]! += starts[term - 1]!;
  const indices = new Int32Array(features.terms.length);
  const weights = new Float32Array(features.terms.length);
  const free = starts.slice();
  const stories = features.starts.length - 1;
  for (let index = 0; index < stories; index++)
    for (let at = features.starts[index]!; at < features.starts[index + 1]!; at++) {
      const entry = free[features.terms[at]!]!++;
      indices[entry] = index;
      weights[entry] = features.weights[at]!;
    }
  return { starts, indices, weights, cosines: createSparseSum(stories) };
}

function nearestStories(
  { terms, weights }: TextFeatures,
  postings: Postings,
  limit: number,
): { index: number; cosine: number }[] {
  const { cosines } = postings;
  terms.forEach((term, at) => {
    for (let entry = postings.starts[term]!; entry < postings.starts[term + 1]!; entry++)
      addAt(cosines, postings.indices[entry]!, weights[at]! * postings.weights[entry]!);
  });
  const found = topKWithTies(cosines, limit).map((index) => ({ index, cosine: cosines.sums[index]! }));
  clear(cosines);
  return found.toSorted((left, right) => right.cosine - left.cosine || left.index - right.index).slice(0, limit);
}
