import { expect, test } from 'vitest';
import { newsworthiness, type NewsFacts } from '../../core/newsworthiness.ts';

const now = new Date('2026-11-21T06:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const plain: NewsFacts = { weights: [1], kinds: 1, saves: 0, newest: now };

/** Reckoned by hand from the formula on the page. */
test.each<[string, Partial<NewsFacts>, number]>([
  ['one source, just now', {}, 1],
  ['one source, three days ago', { newest: daysAgo(3) }, 0.5],
  ['one source, six days ago', { newest: daysAgo(6) }, 0.25],
  ['four sources', { weights: [1, 1, 1, 1] }, 3],
  ['a source that counts as four', { weights: [4] }, 3],
  ['a source that counts half', { weights: [0.5] }, 0],
  ['paper, talk and post of three sources', { weights: [1, 1, 2], kinds: 3 }, 3.5],
  ['three saves', { saves: 3 }, 2],
  ['a date in the future is now', { newest: daysAgo(-2) }, 1],
])('%s', (_, facts, worth) => expect(newsworthiness({ ...plain, ...facts }, now)).toBeCloseTo(worth, 10));
