// Made-up readers -> the bytes of a model as large as a trained one: neighbours as they are found, factors that are parts of the vectors.
import { gaussian, seededRandom } from '../../../core/math/seeded-random.ts';
import { findCoRead } from '../../../workers/rank/model/co-readership.ts';
import { alsSettings } from '../../../workers/rank/model/implicit-als.ts';
import { serialiseModel } from '../../../workers/rank/model/rank-model.ts';
import { buildMatrix } from '../../../workers/rank/model/signal-matrix.ts';
import { learnVocabulary, toFeatures } from '../../../workers/rank/model/text-features.ts';
import { tokenize } from '../../../core/text/stemmed-terms.ts';
import { dimension, type World } from './made-up-world.ts';

/** Enough for the model to be trusted in full, and for nearly fifty neighbours a story. */
const readers = 5_000;

/** Everything but the fit itself, which takes a minute and is no part of ranking. */
export function makeModel({ storyAt, readerAt }: World): Buffer {
  const cells = Array.from({ length: readers }, (_, row) =>
    readerAt(row + 1).signals.map(({ storyId }) => ({ row, storyId, weight: 1 })),
  ).flat();
  const storyIds = [...new Set(cells.map(({ storyId }) => storyId))];
  const columns = new Map(storyIds.map((storyId, column) => [storyId, column]));
  const placed = cells.map((cell) => ({ ...cell, column: columns.get(cell.storyId)! }));
  const texts = storyIds.map((storyId) => tokenize(storyAt(storyId).text));
  const vocabulary = learnVocabulary(texts);
  const features = texts.map((text) => toFeatures(text, vocabulary));
  const { rank } = alsSettings;
  const random = seededRandom(7);
  const vectorFactors = Float32Array.from({ length: dimension * rank }, () => gaussian(random) / 16);
  const starts = [0];
  for (const { terms } of features) starts.push(starts.at(-1)! + terms.length);
  return serialiseModel({
    storyIds: Int32Array.from(storyIds),
    readers,
    settings: alsSettings,
    neighbours: findCoRead(buildMatrix(placed, { rows: readers, columns: storyIds.length })),
    factors: Float32Array.from(storyIds.flatMap((storyId) => project(storyAt(storyId).vectors[0]!, vectorFactors))), // prettier-ignore
    vocabulary,
    termFactors: new Float32Array(vocabulary.frequencies.length * rank),
    vectorFactors,
    vectorSet: 'made up',
    features: {
      starts: Int32Array.from(starts),
      terms: Int32Array.from(features.flatMap(({ terms }) => [...terms])),
      weights: Float32Array.from(features.flatMap(({ weights }) => [...weights])),
    },
  });
}

function project(vector: Float32Array, factors: Float32Array): number[] {
  const { rank } = alsSettings;
  return Array.from({ length: rank }, (_, at) =>
    vector.reduce((sum, value, row) => sum + value * factors[row * rank + at]!, 0),
  );
}
