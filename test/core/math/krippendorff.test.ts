// Krippendorff's alpha against the figures he published, and where nothing can be said.
import { expect, test } from 'vitest';
import { krippendorffAlpha } from '../../../core/math/krippendorff.ts';

/** Four observers, twelve units: "Computing Krippendorff's Alpha-Reliability" (2011), section E. */
const published = [
  [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
  [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
]; // prettier-ignore

test('his example has the alpha he gives for an ordinal scale', () => {
  expect(krippendorffAlpha(published)!.toFixed(3)).toBe('0.815');
});

test.each([
  ['full agreement on different things', [[1, 1], [5, 5], [3, 3]], 1],
  ['opposite judges are worse than chance', [[1, 5], [5, 1]], -0.5],
  ['all scores equal say nothing', [[3, 3], [3, 3]], undefined],
  ['one judge says nothing', [[1], [5]], undefined],
  ['nothing says nothing', [], undefined],
])('%s', (_what, units, alpha) => {
  const found = krippendorffAlpha(units);
  expect(found === undefined ? found : Number(found.toFixed(6))).toBe(alpha);
}); // prettier-ignore

test('who judged in which order changes nothing, and a thing with one score counts for nothing', () => {
  const turned = published.map((scores) => scores.toReversed());
  expect(krippendorffAlpha([...turned.toReversed(), [4], [1]])).toBeCloseTo(krippendorffAlpha(published)!, 12);
});
