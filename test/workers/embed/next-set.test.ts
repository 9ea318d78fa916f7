import { expect, it } from 'vitest';
import { isFitDue } from '../../../workers/embed/next-set.ts';

it.each([
  [0, 1, true],
  [100, 101, true],
  [100, 100, false],
  [600, 899, false],
  [600, 900, true],
  [40_000, 49_999, false],
  [40_000, 50_000, true],
])('a fit that has seen %i items is due again at %i: %s', (seen, items, due) => {
  expect(isFitDue(seen, items)).toBe(due);
});
