// corpus -> the table of word and n-gram vectors: counted, factorised, then taught by pairs; pure but for its progress.
import { randomisedSvd } from '../randomised-svd.ts';
import { gaussian, seededRandom } from '../../../core/math/seeded-random.ts';
import { scaleTo } from '../../../core/math/vectors.ts';
import { quantise, type WordTable } from '../../../core/embedder/word-table.ts';
import { createBagger, type Bags, type BagSource } from './bags.ts';
import { learnPairs, createLearner } from './info-nce.ts';
import { positivePmi } from './cooccurrence.ts';
import type { Corpus } from './corpus.ts';
import { pairKinds, type TrainingPair, type PairKind } from './pairs.ts';
import { spreadTypes } from './spread.ts';
import { chooseVocabulary, type Vocabulary } from './vocabulary.ts';

export interface Recipe {
  words: number;
  buckets: number;
  dimension: number;
  steps: number;
  batch: number;
  seed: number;
}

/** 5.5 MB; more steps do little. */
export const shippedRecipe: Recipe = {
  words: 24_000,
  buckets: 1 << 14,
  dimension: 128,
  steps: 4_200,
  batch: 512,
  seed: 1,
};

/** Where the training is: step `done` of `of` of a stage, and the loss of the last steps of each kind of pair. */
export interface Progress {
  stage: string;
  done: number;
  of: number;
  losses?: ReadonlyMap<string, number>;
}

type OnProgress = (progress: Progress) => void;

const firstRate = 0.05;
/** The rate falls in a straight line to this share of the first. */
const lastRate = 0.03;
/** Of titles and lemmas, which are short, a word in 12 is read by its letters; of abstracts one in 33. */
const dropouts = { left: 0.08, right: 0.03 };
/** Smooth inverse frequency (Arora, Liang, Ma 2017). */
const sif = 1e-4;

/** Trains the table; the same corpus and recipe give the same bytes. */
export function trainTable(corpus: Corpus, recipe: Recipe, onProgress: OnProgress): Omit<WordTable, 'digest'> {
  onProgress({ stage: 'counting words', done: 0, of: 1 });
  const vocabulary = chooseVocabulary(corpus, recipe.words);
  const vectors = firstVectors({ corpus, vocabulary, recipe, onProgress });
  teach(vectors, { corpus, vocabulary, recipe, onProgress });
  const { words } = vocabulary;
  const { buckets, dimension } = recipe;
  return { words, buckets, dimension, ...quantise(vectors, dimension) };
}

interface Lesson {
  corpus: Corpus;
  vocabulary: Vocabulary;
  recipe: Recipe;
  onProgress: OnProgress;
}

/** Words by singular value decomposition of their positive PMI, weighed by rarity; n-grams by chance. */
function firstVectors({ corpus, vocabulary, recipe, onProgress }: Lesson): Float32Array {
  const { buckets, dimension, seed } = recipe;
  onProgress({ stage: 'counting neighbours', done: 0, of: 1 });
  const pmi = positivePmi(corpus, vocabulary, seed);
  onProgress({ stage: `factorising ${pmi.values.length} pairs`, done: 0, of: 1 });
  const svd = randomisedSvd(pmi, { rank: dimension, seed });
  const { frequencies } = vocabulary;
  const size = frequencies.length;
  const vectors = new Float32Array((size + buckets) * dimension);
  for (let at = 0; at < size * dimension; at++) vectors[at] = svd.vectors[at]! * Math.sqrt(svd.values[at % dimension]!);
  centre(vectors.subarray(0, size * dimension), dimension);
  frequencies.forEach((frequency, row) => {
    scaleTo(vectors.subarray(row * dimension, (row + 1) * dimension), sif / (sif + frequency));
  });
  const random = seededRandom(seed + 1);
  for (let at = size * dimension; at < vectors.length; at++)
    vectors[at] = (0.3 / Math.sqrt(dimension)) * gaussian(random);
  return vectors;
}

function centre(vectors: Float32Array, dimension: number): void {
  const mean = new Float64Array(dimension);
  const rows = vectors.length / dimension;
  vectors.forEach((value, at) => (mean[at % dimension]! += value / rows));
  vectors.forEach((value, at) => (vectors[at] = value - mean[at % dimension]!));
}

function teach(vectors: Float32Array, { corpus, vocabulary, recipe, onProgress }: Lesson): void {
  const { pool } = corpus;
  const spread = spreadTypes(pool.types, vocabulary, recipe.buckets);
  const height = vectors.length / recipe.dimension;
  const source: BagSource = { tokens: pool.tokens(), rowOf: vocabulary.rowOf, spread, height };
  const bagSpans = createBagger(source);
  const random = seededRandom(recipe.seed + 2);
  const learner = createLearner(vectors, recipe.dimension);
  const kinds = pairKinds(corpus);
  const losses = new Map<string, number>();
  for (let step = 0; step < recipe.steps; step++) {
    const kind = pickKind(kinds, random);
    const pairs = kind.draw(recipe.batch, random).filter((pair) => isReadable(pair, source));
    if (pairs.length < 2) continue;
    const bags = (side: 0 | 1, dropout: number): Bags =>
      bagSpans(
        pairs.map((pair) => pair[side]),
        { dropout, random },
      );
    const rate = firstRate * kind.rate * (1 - (1 - lastRate) * (step / recipe.steps));
    const loss = learnPairs(learner, [bags(0, dropouts.left), bags(1, dropouts.right)], rate);
    losses.set(kind.name, (losses.get(kind.name) ?? loss) * 0.95 + loss * 0.05);
    onProgress({ stage: 'learning from pairs', done: step + 1, of: recipe.steps, losses });
  }
}

function pickKind(kinds: readonly PairKind[], random: () => number): PairKind {
  let left = random() * kinds.reduce((sum, { share }) => sum + share, 0);
  return kinds.find(({ share }) => (left -= share) < 0) ?? kinds[0]!;
}

/** Texts of numbers alone have no rows. */
function isReadable(pair: TrainingPair, { tokens, spread }: BagSource): boolean {
  return pair.every(({ from, to }) =>
    tokens.subarray(from, to).some((type) => spread.starts[type + 1]! > spread.starts[type]!),
  );
}
