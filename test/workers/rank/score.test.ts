import { expect, test } from 'vitest';
import { editorsPrior, fuseScores, type WeighedEvidence } from '../../../workers/rank/score.ts';

const evidence = (weight: number, words: number[], meaning: number[]): WeighedEvidence => ({
  weight,
  words: Float64Array.from(words),
  meaning: Float64Array.from(meaning),
});
const places = (values: Float64Array): number[] =>
  [...values.keys()].toSorted((left, right) => values[right]! - values[left]!);

test('without facets the editors order stands', () => {
  expect(places(fuseScores([], 4).total)).toEqual([0, 1, 2, 3]);
});

test.each([
  ['a match of words beats the whole editors order', [evidence(1, [0, 0, 0, 5], [0, 0, 0, 0])], 3],
  ['a match of meaning does, too', [evidence(1, [0, 0, 0, 0], [0, 0, 2, 0])], 2],
  ['both together beat either', [evidence(1, [4, 4, 0, 0], [0, 2, 2, 0])], 1],
  ['what is disliked loses', [evidence(-1, [5, 0, 0, 0], [2, 0, 0, 0])], 1],
])('%s', (_, facets, first) => {
  expect(places(fuseScores(facets, 4).total)[0]).toBe(first);
});

test('two wishes both reach the top, where their mean would reach neither', () => {
  const total = fuseScores([evidence(1, [0, 9, 0, 0, 0], []), evidence(1, [0, 0, 0, 9, 0], [])], 5).total;
  expect(new Set(places(total).slice(0, 2))).toEqual(new Set([1, 3]));
});

test('shares and prior add up to the total', () => {
  const facets = [evidence(1, [3, 0, 1], [0, 1, 0]), evidence(-0.5, [0, 2, 0], [1, 0, 0])];
  const { total, shares } = fuseScores(facets, 3);
  const prior = editorsPrior(3);
  for (const story of [0, 1, 2]) {
    expect(shares[0]![story]! + shares[1]![story]! + prior[story]!).toBeCloseTo(total[story]!, 12);
  }
});

test('facets that say the same of every story leave the editors order, and a pool of one story works', () => {
  expect(fuseScores([evidence(1, [2, 2], [1, 1])], 2).total).toEqual(editorsPrior(2));
  expect(fuseScores([evidence(1, [2], [1])], 1).total).toHaveLength(1);
  expect(fuseScores([], 0).total).toHaveLength(0);
});
