import { describe, expect, test } from 'vitest';
import type { FusionWeights } from '../../../workers/rank/fusion-weights.ts';
import { poseQuery, spreadOf } from '../../../workers/rank/pose-query.ts';
import type { PoolStory } from '../../../workers/rank/lay-rows.ts';
import { curatorsPrior, preparePool } from '../../../workers/rank/prepare-pool.ts';
import type { Facet } from '../../../workers/rank/profile.ts';
import { scorePool, sharesOf } from '../../../workers/rank/score-pool.ts';

const half = Math.SQRT1_2;
const stories: PoolStory[] = [
  { storyId: 1, terms: ['speech', 'codec'], vectors: [Float32Array.of(1, 0, 0)] },
  { storyId: 2, terms: ['image', 'model'], vectors: [Float32Array.of(0, 1, 0)] },
  { storyId: 3, terms: ['poem'], vectors: [Float32Array.of(0, 0, 1), Float32Array.of(half, half, 0)] },
  { storyId: 4, terms: ['robot', 'arm'], vectors: [] },
];
const facet = (words: string[], vector: number[] | undefined, weight = 1): Facet => ({
  kind: 'like',
  label: words.join(' '),
  storyId: null,
  weight,
  terms: new Map(words.map((word) => [word, 1])),
  vector: vector && Float32Array.from(vector),
});
const pool = preparePool(stories);
const weights: FusionWeights = { words: 1, meaning: 1, neighbourWords: 1, neighbourMeaning: 1, factors: 1 };
const query = (facets: Facet[]) =>
  poseQuery({ facets, expansion: undefined, neighbourOf: () => undefined }, pool, weights);
const scores = (facets: Facet[]): number[] => [...scorePool(query(facets), pool)];
const orderOf = (values: number[]): number[] =>
  [...values.keys()].toSorted((left, right) => values[right]! - values[left]!);

test('without facets the editors order stands', () => {
  scores([]).forEach((score, place) => expect(score).toBeCloseTo(curatorsPrior(4)[place]!, 6));
});

test.each([
  ['a match of words beats the whole editors order', [facet(['robot'], undefined)], 3],
  ['a match of meaning does, too', [facet([], [0, 1, 0])], 1],
  ['a talk counts by its best part', [facet([], [half, half, 0])], 2],
  ['both together beat either', [facet(['speech'], [1, 0, 0])], 0],
])('%s', (_, facets, first) => {
  expect(orderOf(scores(facets))[0]).toBe(first);
});

test('what is disliked comes last', () => {
  expect(orderOf(scores([facet(['speech'], [1, 0, 0], -1)])).at(-1)).toBe(0);
});

test('two wishes both reach the top, where their mean would reach neither', () => {
  const both = scores([facet(['speech'], undefined), facet(['robot'], undefined)]);
  expect(new Set(orderOf(both).slice(0, 2))).toEqual(new Set([0, 3]));
});

test('shares and the editors order add up to the score', () => {
  const facets = [facet(['speech', 'model'], [1, 0, 0]), facet(['image'], [0, 0, 1], -0.5)];
  const posed = query(facets);
  const total = scorePool(posed, pool);
  stories.forEach((_, place) => {
    const shares = sharesOf(posed, Int32Array.of(place), pool);
    expect(shares.reduce((sum, share) => sum + share, curatorsPrior(4)[place]!)).toBeCloseTo(total[place]!, 5);
  });
});

describe('a spread', () => {
  test.each([
    [[1, 2, 3], 2, Math.sqrt(2 / 3)],
    [[0.1, 0.1, 0.1], 0.1, 0],
    [[], 0, 0],
  ])('of %j', (values, mean, deviation) => {
    expect(spreadOf(values).mean).toBeCloseTo(mean, 12);
    expect(spreadOf(values).deviation).toBeCloseTo(deviation, 12);
  });
});
