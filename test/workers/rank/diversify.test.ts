import { expect, test } from 'vitest';
import { diversify, wishOverlap } from '../../../workers/rank/diversify.ts';

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
  ['stories of one wish overlap in full, however strongly', [[1, 3]], 1],
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
      [1, 1],
      [0, 1],
    ],
    Math.SQRT1_2,
  ],
  ['what pushes both away does not make them alike', [[-1, -1]], 0],
  ['without wishes nothing overlaps', [], 0],
])('%s', (_, shares, overlap) => {
  const typed = shares.map((share) => Float64Array.from(share));
  expect(wishOverlap(typed, 0, 1)).toBeCloseTo(overlap, 12);
});
