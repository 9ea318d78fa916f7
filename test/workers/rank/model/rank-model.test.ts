import { expect, test } from 'vitest';
import { seededRandom } from '../../../../core/math/seeded-random.ts';
import { expandProfile, trustIn } from '../../../../workers/rank/expand-profile.ts';
import { symmetricEigen } from '../../../../core/math/symmetric-eigen.ts';
import { rotateRows } from '../../../../workers/rank/model/rotate-rows.ts';
import { deserialiseModel, openModel, serialiseModel } from '../../../../workers/rank/model/rank-model.ts';
import { choleskyFactor, choleskySolve } from '../../../../workers/rank/model/cholesky.ts';
import { trainModel, type TrainingSignal } from '../../../../workers/rank/model/train-model.ts';
import type { Facet } from '../../../../workers/rank/profile.ts';

/** Two crowds: one reads speech (stories 0 to 9), one reads robots (10 to 19); each story has words of its crowd. */
const random = seededRandom(7);
const draw = (from: number): number => from + Math.floor(random() * 10);
const wordsOf = (story: number): string[] =>
  story < 10 ? ['speech', `codec${story % 3}`, 'audio'] : ['robot', `arm${story % 3}`, 'grasp'];
const signals: TrainingSignal[] = Array.from({ length: 60 }, (_, readerId) => {
  const own = new Set(Array.from({ length: 5 }, () => draw(readerId % 2 === 0 ? 0 : 10)));
  return [...own].map((storyId) => ({ readerId, storyId, weight: 1 }));
}).flat();
const terms = new Map(Array.from({ length: 20 }, (_, story) => [story, wordsOf(story)]));
const model = trainModel({ signals, terms });
const open = openModel(model);
const product = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);
const like = (storyId: number, more: Partial<Facet> = {}): Facet => ({ kind: 'like', label: '', storyId, weight: 1, terms: new Map(), vector: undefined, ...more }); // prettier-ignore

test('a reader of one story gets the factors of its crowd, for stories nobody has read', () => {
  const speech = open.predict(['new', 'speech', 'codec1'], undefined);
  const robot = open.predict(['new', 'robot', 'arm1'], undefined);
  const { factors } = expandProfile([like(3)], open);
  expect(product(factors!, speech)).toBeGreaterThan(4 * Math.abs(product(factors!, robot)));
});

test('neighbours are what the readers of a story read besides it, never the story itself', () => {
  const { storyIds, weights, readers } = expandProfile([like(12)], open).neighbours;
  expect(storyIds.length).toBeGreaterThan(4);
  expect(storyIds.every((storyId) => storyId >= 10 && storyId !== 12)).toBe(true);
  expect(readers.every((count) => count > 0)).toBe(true);
  expect([...weights]).toEqual([...weights].toSorted((left, right) => right - left));
});

test('words of an interest bring to mind the stories that hold them', () => {
  const interest = like(0, { kind: 'interest', storyId: null, label: 'robot grasp' });
  const { neighbours, factors } = expandProfile([interest], open);
  expect(neighbours.storyIds.every((storyId) => storyId >= 10)).toBe(true);
  expect(product(factors!, open.factorsAt(open.indexOf(15)!))).toBeGreaterThan(0);
});

test('a liked story the model has not seen speaks by its words', () => {
  const { factors } = expandProfile([like(99, { factors: open.predict(['speech', 'audio'], undefined) })], open);
  expect(product(factors!, open.predict(['speech'], undefined))).toBeGreaterThan(
    product(factors!, open.predict(['robot'], undefined)),
  );
});

test('a dislike turns the factors away', () => {
  const { factors, neighbours } = expandProfile([like(3, { kind: 'dislike', weight: -1 })], open);
  expect(product(factors!, open.predict(['speech'], undefined))).toBeLessThan(0);
  expect(neighbours.storyIds).toHaveLength(0);
});

test('the same signals give the same model, and a model survives being stored', () => {
  const again = serialiseModel(trainModel({ signals, terms }));
  expect(again.equals(serialiseModel(model))).toBe(true);
  expect(deserialiseModel(again)).toEqual(model);
});

test.each([
  [50, 0, 0],
  [250, 0.5, 0],
  [1_200, 1, 0.5],
  [9_000, 1, 1],
])('of %i readers co-readership counts %f and factors %f', (readers, neighbours, factors) => {
  expect(trustIn(readers)).toEqual({ neighbours, factors });
});

test('a positive definite system is solved in place', () => {
  const right = Float64Array.of(5, 6);
  const matrix = Float64Array.of(2, 0, 1, 3);
  choleskyFactor(matrix, 2);
  choleskySolve(matrix, right);
  expect(right[0]).toBeCloseTo(1.8, 12);
  expect(right[1]).toBeCloseTo(1.4, 12);
});

test('a symmetric matrix is diagonal along its axes, and rows turned there and back are what they were', () => {
  const matrix = Float64Array.of(4, 0, 0, 1, 3, 0, -2, 0.5, 5);
  const { values, vectors: axes } = symmetricEigen(matrix, 3);
  expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(12, 12);
  const full = Float32Array.of(4, 1, -2, 1, 3, 0.5, -2, 0.5, 5);
  const axis = (column: number) => Float32Array.from({ length: 3 }, (_, row) => axes[row * 3 + column]!);
  for (const column of [0, 1, 2])
    for (const row of [0, 1, 2])
      expect(product(full.subarray(row * 3, row * 3 + 3), axis(column))).toBeCloseTo(
        values[column]! * axis(column)[row]!,
        5,
      );
  rotateRows(rotateRows(full, axes), axes, true).forEach((value, at) => expect(value).toBeCloseTo(full[at]!, 5));
});
