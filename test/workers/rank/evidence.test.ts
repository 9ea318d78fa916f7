import { expect, test } from 'vitest';
import { indexDocuments } from '../../../workers/rank/bm25.ts';
import { spreadOf, standardize, weighFacet } from '../../../workers/rank/evidence.ts';

const pool = {
  index: indexDocuments([['speech', 'recognition'], ['image', 'recognition'], ['poem']]),
  vectors: [[Float32Array.of(0, 1), Float32Array.of(1, 0)], [Float32Array.of(0, 1)], []],
};
const terms = new Map([
  ['speech', 1],
  ['recognition', 1],
]);

test('an interest counts a story that holds only some of its words less than a signal does', () => {
  const interest = weighFacet({ kind: 'interest', terms, vector: undefined }, pool);
  const like = weighFacet({ kind: 'like', terms, vector: undefined }, pool);
  expect(interest.words[0]).toBeCloseTo(like.words[0]!, 12);
  expect(interest.words[1]).toBeLessThan(like.words[1]!);
});

test('a story counts by its best vector, and one without vectors by none', () => {
  const { meaning } = weighFacet({ kind: 'like', terms, vector: Float32Array.of(1, 0) }, pool);
  expect(meaning[0]).toBeCloseTo(Math.SQRT2 - 1, 12);
  expect([meaning[1], meaning[2]]).toEqual([0, 0]);
});

test('without a vector the meaning says nothing', () => {
  expect([...weighFacet({ kind: 'like', terms, vector: undefined }, pool).meaning]).toEqual([0, 0, 0]);
});

test.each([
  ['values become deviations from their mean', [1, 2, 3], [-Math.sqrt(1.5), 0, Math.sqrt(1.5)]],
  ['equal values say nothing', [0.1, 0.1, 0.1], [0, 0, 0]],
  ['no values are no values', [], []],
])('%s', (_, values, expected) => {
  standardize(Float64Array.from(values)).forEach((value, place) => expect(value).toBeCloseTo(expected[place]!, 12));
  expect(spreadOf(Float64Array.from(values)).deviation).toBeGreaterThanOrEqual(0);
});
