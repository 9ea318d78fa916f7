import { expect, test } from 'vitest';
import { indexDocuments, termIdf, scoreBm25 } from '../../../workers/rank/bm25.ts';

const index = indexDocuments([
  ['speech', 'recognition'],
  ['image', 'recognition'],
  ['image', 'speech', 'speech', 'speech'],
  ['image', 'filler', 'filler', 'filler', 'filler', 'filler', 'filler', 'speech'],
]);
const query = (...terms: string[]): Map<string, number> => new Map(terms.map((term) => [term, 1]));

test('a score is the formula worked by hand', () => {
  // N 4, n 3, tf 1, length 2 of an average of 4: idf ln(1 + 1.5 / 3.5), norm 1.2 (.25 + .75 / 2).
  const byHand = (Math.log(1 + 1.5 / 3.5) * 2.2) / (1 + 1.2 * 0.625);
  expect(scoreBm25(index, query('speech'))[0]).toBeCloseTo(byHand, 12);
});

test('more mentions count more, a longer text less, no mention nothing', () => {
  const [once, never, often, buried] = scoreBm25(index, query('speech'));
  expect(often).toBeGreaterThan(once!);
  expect(once).toBeGreaterThan(buried!);
  expect(never).toBe(0);
});

test('a weight scales what its term gives', () => {
  expect(scoreBm25(index, new Map([['speech', 0.5]]))[0]).toBeCloseTo(scoreBm25(index, query('speech'))[0]! / 2, 12);
});

test('a rare term says more than a common one, and a common one never counts against', () => {
  expect(termIdf(index, 'recognition')).toBeGreaterThan(termIdf(index, 'image'));
  expect(termIdf(index, 'image')).toBeGreaterThan(0);
});

test.each([
  ['an unknown term', { documents: index, words: query('zebra') }, [0, 0, 0, 0]],
  ['an empty query', { documents: index, words: query() }, [0, 0, 0, 0]],
  ['an empty index', { documents: indexDocuments([]), words: query('speech') }, []],
  ['empty documents', { documents: indexDocuments([[], []]), words: query('speech') }, [0, 0]],
])('%s scores nothing', (_, { documents, words }, scores) => {
  expect([...scoreBm25(documents, words)]).toEqual(scores);
});
