// Quiet, late and broken told apart, in words and as a chart.
import { describe, expect, test } from 'vitest';
import type { SourceFigures } from '../../../../core/store/source-figures.ts';
import { describeSource, rhythmWords } from '../../../../services/admin/sources/source-words.ts';
import { drawWeeks } from '../../../../services/weeks-chart.ts';

const now = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const source = {
  status: 'active',
  health: 'ok',
  lastError: null,
  failures: 0,
  note: null,
  deletedAt: null,
  weeks: [3, 3, 2, 4, 3, 3, 5, 3, 3, 0, 0, 0],
  newestAt: daysAgo(20),
} as unknown as SourceFigures;

describe('the words', () => {
  test.each<[string, Partial<SourceFigures>, string]>([
    ['late', { health: 'late' }, 'late (warn): usually 3 a week, none for 20 days'],
    ['quiet', { health: 'quiet', newestAt: daysAgo(1.5) }, 'quiet (muted): usually 3 a week, none for 1 day'],
    ['ok', { weeks: [0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 4] }, 'ok (good): usually 9 a week, 4 in the last 7 days'],
    ['seldom', { weeks: [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0] }, 'ok (good): usually 1 in 6 weeks, none for 20 days'],
    ['known this week only', { weeks: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15] }, 'ok (good): 15 in the last 7 days'],
    [
      'known for three weeks',
      { weeks: [0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 1] },
      'ok (good): usually 4 a week, 1 in the last 7 days',
    ],
    ['a list of deadlines', { kind: 'deadlines', newestAt: null }, 'ok (good): '],
    ['never heard', { health: 'quiet', newestAt: null, weeks: [] }, 'quiet (muted): nothing published so far'],
    ['silent for long', { health: 'late', weeks: Array(12).fill(0), newestAt: daysAgo(400) }, 'late (warn): none for 400 days'], // prettier-ignore
    ['broken', { health: 'broken', lastError: 'answered 404', failures: 3 }, 'broken (bad): answered 404 (3 times in a row)'], // prettier-ignore
    ['broken once', { health: 'broken', lastError: 'answered 404', failures: 1 }, 'broken (bad): answered 404'],
    ['new', { health: 'new' }, 'not read yet (muted): '],
    [
      'deleted, though it was late',
      { health: 'late', deletedAt: now },
      'deleted (muted): usually 3 a week, none for 20 days',
    ],
    ['paused', { status: 'paused', health: 'broken' }, 'paused (muted): usually 3 a week, none for 20 days'],
    [
      'paused for a reason',
      { status: 'paused', note: 'Paused: it has moved.' },
      'paused (muted): Paused: it has moved.',
    ],
    ['gone', { status: 'gone', health: 'broken', lastError: 'gone (410)' }, 'ended (bad): gone (410)'],
  ])('%s', (_, given, expected) => {
    const { state, colour, words } = describeSource({ ...source, ...given }, now);
    expect(`${state} (${colour}): ${words}`).toBe(expected);
  });

  test('a burst does not become usual', () => {
    expect(rhythmWords({ weeks: [1, 1, 1, 1, 1, 500, 1, 1, 1, 1, 1, 1], newestAt: now }, now)).toContain(
      'usually 1 a week',
    );
  });
});

test('the chart fits its box, shows zero as a line, and says the same in words', () => {
  const chart = drawWeeks([0, 10, 5]);
  expect(chart).toEqual({
    width: 22,
    height: 24,
    before: 'M0 24v-1h6v1zM8 24v-23h6v23z',
    latest: 'M16 24v-12h6v12z',
    words: 'Items a week over 3 weeks, the last 7 days at the end: 0, 10, 5.',
  });
});
