import { expect, test } from 'vitest';
import { newsworthiness, voicesOf, type NewsFacts } from '../../core/newsworthiness.ts';

const now = new Date('2026-11-21T06:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const plain: NewsFacts = { weights: [1], newsletters: 0, points: 0, kinds: 1, saves: 0, newest: now };

/** Reckoned by hand from the formula on the page. */
test.each<[string, Partial<NewsFacts>, number]>([
  ['one source, just now', {}, 1],
  ['one source, two weeks ago', { newest: daysAgo(14) }, 0.5],
  ['one source, four weeks ago', { newest: daysAgo(28) }, 0.25],
  ['four sources', { weights: [1, 1, 1, 1] }, 3],
  ['a source that counts as four', { weights: [4] }, 3],
  ['a source that counts half', { weights: [0.5] }, 0],
  ['paper, talk and post of three sources', { weights: [1, 1, 2], kinds: 3 }, 3.5],
  ['two newsletters that mention it', { newsletters: 2 }, 2],
  ['99 points of a community: another source', { points: 99 }, 2],
  ['nine points and a newsletter', { points: 9, newsletters: 1 }, 2],
  ['three saves', { saves: 3 }, 2],
  ['a date in the future is now', { newest: daysAgo(-2) }, 1],
])('%s', (_, facts, worth) => expect(newsworthiness({ ...plain, ...facts }, now)).toBeCloseTo(worth, 10));

test('Monday and Friday are the same week: another source counts more than the four days between', () => {
  const monday = newsworthiness({ ...plain, weights: [1, 1], newest: daysAgo(5) }, now);
  expect(monday).toBeGreaterThan(newsworthiness({ ...plain, newest: daysAgo(1) }, now) + 0.5);
});

test('a paper in three lists is one source, a post and a talk of it two more', () => {
  const item = (sourceId: number, kind: string, weight = 1) => ({ sourceId, kind, weight, keys: ['arxiv:2611.00001'], publishedAt: daysAgo(5 - sourceId).toISOString() }); // prettier-ignore
  const at = (days: number): string => daysAgo(days).toISOString();
  expect(voicesOf([item(1, 'paper'), item(2, 'paper', 2), item(3, 'paper')])).toEqual([{ weight: 2, at: at(4) }]);
  expect(voicesOf([item(1, 'paper'), item(2, 'paper'), item(4, 'post'), item(4, 'post'), item(5, 'video')])).toEqual([4, 1, 0].map((days) => ({ weight: 1, at: at(days) }))); // prettier-ignore
});
