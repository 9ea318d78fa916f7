import { expect, test } from 'vitest';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { diversify, facetOverlap } from '../../../workers/rank/diversify.ts';

const twins = (left: number, right: number): number => (left + right === 1 ? 1 : 0);
test.each([
  ['the most relevant comes first', { relevance: [1, 3, 2], count: 1 }, [1]],
  [
    'of two twins the second waits behind a story that is nearly as good',
    { relevance: [10, 9.9, 8.5, 0], count: 3 },
    [0, 2, 1],
  ],
  ['a twin still comes before a story that is much worse', { relevance: [10, 9.9, 4, 0], count: 3 }, [0, 1, 2]],
  ['lambda 1 is plain order', { relevance: [10, 9.9, 8.5, 0], count: 3, lambda: 1 }, [0, 1, 2]],
  ['lambda 0 only avoids repeats', { relevance: [10, 9.9, 0], count: 2, lambda: 0 }, [0, 2]],
  ['ties keep their order', { relevance: [5, 5, 5], count: 3, lambda: 1 }, [0, 1, 2]],
  ['more than there are is all there are', { relevance: [1, 2], count: 9 }, [1, 0]],
  ['none of none', { relevance: [], count: 3 }, []],
])('%s', (_, { relevance, ...how }, expected) => {
  expect(diversify(Float64Array.from(relevance), twins, how)).toEqual(expected);
});

test.each([
  ['stories of one wish overlap in full, however strongly', [[1], [3]], 1],
  [
    'stories of two wishes do not overlap',
    [
      [2, 0],
      [0, 2],
    ],
    0,
  ],
  [
    'a story of both wishes overlaps with one of either in part',
    [
      [1, 0],
      [1, 1],
    ],
    Math.SQRT1_2,
  ],
  ['what pushes both away does not make them alike', [[-1], [-1]], 0],
  ['without wishes nothing overlaps', [[], []], 0],
])('%s', (_, [left, right], overlap) => {
  expect(facetOverlap(Float64Array.from(left!), Float64Array.from(right!))).toBeCloseTo(overlap, 12);
});

test('what is not asked for would have changed nothing: the choice is that of looking at every pair', () => {
  const random = seededRandom(2);
  for (let round = 0; round < 50; round++) {
    // Rounded, so that there are ties.
    const relevance = Float64Array.from({ length: 40 }, () => Math.round(8 * random()) / 8);
    const likeness = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => Math.round(6 * random()) / 6));
    const similarity = (left: number, right: number): number =>
      likeness[Math.min(left, right)]![Math.max(left, right)]!;
    let asked = 0;
    const counting = (left: number, right: number): number => (asked++, similarity(left, right));
    expect(diversify(relevance, counting, { count: 10 })).toEqual(plainly(relevance, similarity, 10));
    expect(asked).toBeLessThan(390);
  }
});

/** The definition: each time the one with the most, over all pairs. */
function plainly(relevance: Float64Array, similarity: (left: number, right: number) => number, count: number) {
  const [low, high] = [Math.min(...relevance), Math.max(...relevance)];
  const chosen: number[] = [];
  while (chosen.length < count) {
    const worths = Array.from(relevance, (value, at) =>
      chosen.includes(at)
        ? -Infinity
        : (0.8 * (value - low)) / (high - low) -
          (1 - 0.8) * Math.max(0, ...chosen.map((other) => similarity(other, at))),
    );
    chosen.push(worths.indexOf(Math.max(...worths)));
  }
  return chosen;
}
