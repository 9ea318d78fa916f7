// Signals of all readers, terms of stories -> a model: neighbours, factors, and factors of words; the task of a thread.
import { seededRandom } from '../../embed/seeded-random.ts';
import { findNeighbours } from './co-readership.ts';
import { alsSettings, factorise } from './implicit-als.ts';
import type { RankModel } from './rank-model.ts';
import { buildMatrix, type Cell, type SparseMatrix } from './signal-matrix.ts';
import { learnVocabulary, toFeatures } from './text-features.ts';
import { regressFactors } from './text-to-factors.ts';

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
}

/** From how many signals on the factors of a story are worth half of what they could be. */
const halfTrust = 3;

/** Trains a model; the same input gives the same model. */
export function trainModel({ signals, terms }: TrainingInput): RankModel {
  const storyIds = [...new Set(signals.map(({ storyId }) => storyId))].filter((storyId) => terms.has(storyId));
  const places = new Map(storyIds.map((storyId, place) => [storyId, place]));
  const matrix = toMatrix(signals, places);
  const factors = factorise(matrix, alsSettings, seededRandom(1));
  const texts = storyIds.map((storyId) => terms.get(storyId)!);
  const vocabulary = learnVocabulary(texts);
  const features = toRows(texts.map((text) => toFeatures(text, vocabulary)));
  const { rank } = alsSettings;
  const trust = trustOf(matrix);
  const rows = { ...features, rows: storyIds.length, columns: vocabulary.frequencies.length, places: features.terms };
  return {
    storyIds: Int32Array.from(storyIds),
    readers: matrix.rows,
    settings: alsSettings,
    neighbours: findNeighbours(matrix),
    factors,
    vocabulary,
    termFactors: regressFactors(rows, factors, { rank, trust }),
    features,
  };
}

function toMatrix(signals: readonly TrainingSignal[], places: ReadonlyMap<number, number>): SparseMatrix {
  const readers = new Map<number, number>();
  const cells: Cell[] = [];
  for (const { readerId, storyId, weight } of signals) {
    const column = places.get(storyId);
    if (column === undefined) continue;
    const row = readers.get(readerId) ?? readers.size;
    readers.set(readerId, row);
    cells.push({ row, column, weight });
  }
  return buildMatrix(cells, { rows: readers.size, columns: places.size });
}

function trustOf({ columns, places }: SparseMatrix): Float32Array {
  const counts = new Float32Array(columns);
  for (const place of places) counts[place]!++;
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
