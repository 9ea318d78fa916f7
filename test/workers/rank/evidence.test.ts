import { expect, test } from 'vitest';
import { indexDocuments } from '../../../workers/rank/bm25.ts';
import { valueAt, weighPhraseWords } from '../../../workers/rank/evidence.ts';

const index = indexDocuments([['speech', 'recognition'], ['image', 'recognition'], ['poem']]);
const terms = new Map([
  ['speech', 1],
  ['recognition', 1],
]);

test('a story holds the words of another one as far as it does, the best one all', () => {
  const like = weighPhraseWords({ terms }, index);
  expect([valueAt(like, 0), valueAt(like, 2)]).toEqual([1, 0]);
  expect(valueAt(like, 1)).toBeGreaterThan(0);
});

test.each([
  [{ indices: Int32Array.of(2, 5, 9), values: Float32Array.of(1, 2, 3) }, [0, 0, 1, 0, 0, 2, 0, 0, 0, 3, 0]],
  [{ indices: Int32Array.of(), values: Float32Array.of() }, [0, 0]],
])('a sparse value is found at its place and is 0 elsewhere', (sparse, dense) => {
  expect(dense.map((_, place) => valueAt(sparse, place))).toEqual(dense);
});

test('the mean of words is that over the whole pool', () => {
  expect(weighPhraseWords({ terms: new Map([['poem', 1]]) }, index).mean).toBeCloseTo(1 / 3, 6);
});
