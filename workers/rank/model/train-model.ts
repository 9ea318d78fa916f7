// Signals of all readers, terms of stories -> a model: neighbours, factors, and factors of words; the task of a thread.
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { findCoRead } from './co-readership.ts';
import { rotateRows } from './rotate-rows.ts';
import { alsSettings, axesOf, factorise } from './implicit-als.ts';
import type { RankModel } from './rank-model.ts';
import { buildMatrix, type Cell, type SignalMatrix } from './signal-matrix.ts';
import { learnVocabulary, toFeatures } from './text-features.ts';
import { createRegression } from './text-to-factors.ts';

/** A reader's liking of a story, above 0; readers and stories by any numbers that stay the same. */
export interface TrainingSignal {
  readerId: number;
  storyId: number;
  weight: number;
}

export interface TrainingInput {
  signals: readonly TrainingSignal[];
  /** Terms of every story with a signal, in order; stories without are left out of the training. */
  terms: ReadonlyMap<number, readonly string[]>;
  /** Their vectors, unit length, all of the set of this name; a story may have none. */
  vectors?: ReadonlyMap<number, Float32Array>;
  vectorSet?: string;
}

/** From how many signals on the factors of a story are worth half of what they could be. */
const halfTrust = 3;

/** Trains a model; the same input gives the same model. */
export function trainModel({ signals, terms, vectors = new Map(), vectorSet = '' }: TrainingInput): RankModel {
  const storyIds = [...new Set(signals.map(({ storyId }) => storyId))].filter((storyId) => terms.has(storyId));
  const matrix = toMatrix(signals, new Map(storyIds.map((storyId, index) => [storyId, index])));
  const texts = storyIds.map((storyId) => terms.get(storyId)!);
  const vocabulary = learnVocabulary(texts);
  const features = toRows(texts.map((text) => toFeatures(text, vocabulary)));
  const rows = { ...features, rows: storyIds.length, columns: vocabulary.frequencies.length, indices: features.terms };
  const dense = stackVectors(storyIds, vectors);
  // A hundred readers do not tell a hundred and twenty-eight things apart.
  const rank = Math.max(1, Math.min(alsSettings.rank, Math.floor(Math.min(matrix.rows, matrix.columns) / 2)));
  const settings = { ...alsSettings, rank };
  const regression = createRegression({ terms: rows, ...dense }, { rank, trust: trustOf(matrix) });
  const factors = factorise(matrix, { settings, random: seededRandom(1), predict: (of) => regression.fit(of) });
  regression.fit(factors);
  const axes = axesOf(factors, rank);
  return {
    storyIds: Int32Array.from(storyIds),
    readers: matrix.rows,
    settings,
    neighbours: findCoRead(matrix),
    factors: rotateRows(factors, axes),
    vocabulary,
    termFactors: rotateRows(regression.termFactors, axes),
    vectorFactors: rotateRows(regression.vectorFactors, axes),
    vectorSet,
    features,
  };
}

/** The vectors of these stories, zeros where there is none. */
function stackVectors(storyIds: readonly number[], vectors: ReadonlyMap<number, Float32Array>) {
  const [first] = vectors.values();
  const vectorSize = first?.length ?? 0;
  const stacked = new Float32Array(storyIds.length * vectorSize);
  storyIds.forEach((storyId, index) => stacked.set(vectors.get(storyId) ?? [], index * vectorSize));
  return { vectors: stacked, vectorSize };
}

function toMatrix(signals: readonly TrainingSignal[], indices: ReadonlyMap<number, number>): SignalMatrix {
  const readers = new Map<number, number>();
  const cells: Cell[] = [];
  for (const { readerId, storyId, weight } of signals) {
    const column = indices.get(storyId);
    if (column === undefined) continue;
    const row = readers.get(readerId) ?? readers.size;
    readers.set(readerId, row);
    cells.push({ row, column, weight });
  }
  return buildMatrix(cells, { rows: readers.size, columns: indices.size });
}

function trustOf({ columns, indices }: SignalMatrix): Float32Array {
  const counts = new Float32Array(columns);
  for (const index of indices) counts[index]!++;
  return counts.map((count) => count / (count + halfTrust));
}

function toRows(texts: readonly { terms: Int32Array; weights: Float32Array }[]): RankModel['features'] {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach(({ terms }, row) => (starts[row + 1] = starts[row]! + terms.length));
  const [terms, weights] = [new Int32Array(starts.at(-1)!), new Float32Array(starts.at(-1)!)];
  texts.forEach((text, row) => {
    terms.set(text.terms, starts[row]);
    weights.set(text.weights, starts[row]);
  });
  return { starts, terms, weights };
}
