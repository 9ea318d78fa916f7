// Metrics against values reckoned by hand.
import { describe, expect, test } from 'vitest';
import {
  auc,
  collectMean,
  expectedHitAt,
  expectedNdcg,
  hitAt,
  intraListDiversity,
  ndcg,
} from '../../../workers/rank/metrics.ts';

const log2 = Math.log2;

test.each([
  ['nothing answered', [0, 0]],
  ['nothing shown', []],
])('nDCG of %s is none', (_, gains) => expect(ndcg(gains)).toBeUndefined());

test.each<[string, number[], number]>([
  ['the best order', [2, 1, 0], 1],
  ['the one answer last of three', [0, 0, 1], 1 / log2(4)],
  ['a click before a like', [1, 2], (1 / log2(2) + 3 / log2(3)) / (3 / log2(2) + 1 / log2(3))],
])('nDCG of %s', (_, gains, value) => {
  expect(ndcg(gains)).toBeCloseTo(value, 12);
});

test.each<[string, number[], number | undefined]>([
  ['nothing answered', [0, 0], undefined],
  ['all answered', [1, 1], undefined],
  ['the best order', [1, 0, 0], 1],
  ['the worst order', [0, 0, 1], 0],
  ['three of four pairs right', [1, 0, 1, 0], 3 / 4],
])('AUC of %s', (_, gains, value) => expect(auc(gains)).toBe(value));

test.each<[number[], number, number | undefined, number | undefined]>([
  [[0, 0], 3, undefined, undefined],
  [[0, 1, 0], 1, 0, 1 / 3],
  [[0, 1, 0], 2, 1, 2 / 3],
  // 1 - C(3,2)/C(5,2) = 1 - 3/10
  [[1, 0, 0, 0, 1], 2, 1, 0.7],
  [[0, 0, 1], 5, 1, 1],
])('hits of %j among the first %d: %s, by chance %s', (...[gains, k, hit, chance]) => {
  expect(hitAt(gains, k)).toBe(hit);
  const expected = expectedHitAt(gains, k);
  expect(expected === undefined ? undefined : Math.round(expected * 1e9) / 1e9).toBe(
    chance === undefined ? undefined : Math.round(chance * 1e9) / 1e9,
  );
});

test('what chance gives is the mean over all orders', () => {
  const gains = [2, 1, 0, 0];
  const orders = permutations(gains);
  const mean = orders.reduce((sum, order) => sum + ndcg(order)!, 0) / orders.length;
  expect(orders).toHaveLength(24);
  expect(expectedNdcg(gains)).toBeCloseTo(mean, 12);
  const hits = orders.reduce((sum, order) => sum + hitAt(order, 2)!, 0) / orders.length;
  expect(expectedHitAt(gains, 2)).toBeCloseTo(hits, 12);
});

test('diversity is one minus the mean similarity of the pairs', () => {
  const similarity = (left: number, right: number): number => (left + right) / 10;
  // Pairs 1+2, 1+3, 2+3: (.3 + .4 + .5) / 3
  expect(intraListDiversity([1, 2, 3], similarity)).toBeCloseTo(0.6, 12);
  expect(intraListDiversity([1], similarity)).toBeUndefined();
});

describe('a mean', () => {
  test('carries its 95% interval and how many it rests on; what could not tell is left out', () => {
    const mean = collectMean();
    for (const value of [1, undefined, 2, 3, 4]) mean.add(value);
    // Sample deviation of 1..4 is sqrt(5/3); 1.96 * that / 2.
    expect(mean.result()).toEqual({ mean: 2.5, halfWidth: expect.closeTo(1.96 * Math.sqrt(5 / 3 / 4), 10), count: 4 });
    expect(collectMean().result()).toBeNull();
  });
});

function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, place) => permutations(values.toSpliced(place, 1)).map((rest) => [value, ...rest]));
}
