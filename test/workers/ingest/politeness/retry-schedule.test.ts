// When a source is looked at again: never sooner than anybody asked, never all at once.
import { describe, expect, test } from 'vitest';
import type { SourceKind } from '../../../../core/source-kinds.ts';
import {
  nextCheck,
  nextCheckAfterFailure,
  type RefreshRequest,
} from '../../../../workers/ingest/politeness/retry-schedule.ts';

const now = new Date('2026-11-20T12:00:00Z');
const hourMs = 3_600_000;
const feed: { id: number; kind: SourceKind; intervalMinutes: number | null } = {
  id: 1,
  kind: 'feed',
  intervalMinutes: null,
};

function every(days: number, silentDays = 0): Date[] {
  return [0, 1, 2, 3, 4].map((at) => new Date(now.getTime() - (silentDays + at * days) * 24 * hourMs));
}

/** Hours until the next check, less what is added so that sources do not come in step. */
function hoursUntil(next: Date): [least: number, most: number] {
  const hours = (next.getTime() - now.getTime()) / hourMs;
  return [hours / 1.1, hours];
}

describe('after a success', () => {
  test.each<[string, number, Partial<RefreshRequest>, Partial<typeof feed>?]>([
    ['nobody asks for anything', 1, {}],
    ['an arXiv list comes once a day', 6, {}, { kind: 'arxiv' }],
    ['a channel', 2, {}, { kind: 'youtube' }],
    ['a directory costs nothing, however seldom it changes', 1 / 12, { published: every(30, 90) }, { kind: 'folder' }],
    ['a curator wants it often', 0.5, { published: every(7) }, { intervalMinutes: 30 }],
    ['a curator wants it seldom, more seldom than a day', 72, {}, { intervalMinutes: 72 * 60 }],
    ['the publisher asks for more than the curator', 5, { ttlMinutes: 300 }, { intervalMinutes: 30 }],
    ['a ttl', 3, { ttlMinutes: 180 }],
    ['a ttl beyond a day', 24, { ttlMinutes: 100_000 }],
    ['a max-age', 4, { headers: { 'cache-control': 'public, max-age=14400' } }],
    ['a max-age that has aged on the way', 3, { headers: { 'cache-control': 'max-age=14400', age: '3600' } }],
    ['an age beyond its max-age', 1, { headers: { 'cache-control': 'max-age=60', age: '9999999' } }],
    ['s-maxage is for others', 1, { headers: { 'cache-control': 's-maxage=14400' } }],
    ['no-cache beside a max-age', 1, { headers: { 'cache-control': 'no-cache, max-age=14400' } }],
    ['an Expires', 6, { headers: { expires: 'Fri, 20 Nov 2026 18:00:00 GMT' } }],
    ['an Expires by a clock that is wrong', 2, { headers: { expires: 'Mon, 01 Jan 2001 02:00:00 GMT', date: 'Mon, 01 Jan 2001 00:00:00 GMT' } }], // prettier-ignore
    ['max-age wins over Expires', 2, { headers: { 'cache-control': 'max-age=7200', expires: 'Fri, 20 Nov 2026 18:00:00 GMT' } }], // prettier-ignore
    ['an Expires of 0', 1, { headers: { expires: '0' } }],
    ['an Expires in a hundred years', 24, { headers: { expires: 'Thu, 20 Nov 2126 18:00:00 GMT' } }],
    ['a Retry-After in seconds', 10, { headers: { 'retry-after': '36000' } }],
    ['a Retry-After as a date', 3, { headers: { 'retry-after': 'Fri, 20 Nov 2026 15:00:00 GMT' } }],
    ['a Retry-After of a year', 48, { headers: { 'retry-after': '31536000' } }],
    ['a Retry-After that says nothing', 1, { headers: { 'retry-after': 'soon' } }],
    ['daily posts', 1, { published: every(1) }],
    ['weekly posts', 7, { published: every(7) }],
    ['monthly posts', 12, { published: every(30) }],
    ['weekly posts until a year ago', 12, { published: every(7, 365) }],
    ['one post, four days ago', 4, { published: every(1, 4).slice(0, 1) }],
  ])('%s: %d hours', (...[, hours, asked, source]) => {
    const next = nextCheck({ ...feed, ...source }, now, { headers: {}, published: [], ...asked });
    const [least, most] = hoursUntil(next);
    expect(least).toBeLessThanOrEqual(hours + 1e-9);
    expect(most).toBeGreaterThanOrEqual(hours - 1e-9);
  });

  test('a thousand sources are spread over a tenth of the interval, each the same way every time', () => {
    const asked = { headers: {}, published: [] };
    const times = Array.from({ length: 1000 }, (_, id) => nextCheck({ ...feed, id }, now, asked).getTime());
    const minutes = new Set(times.map((time) => Math.floor((time - now.getTime()) / 60_000)));
    expect(minutes).toEqual(new Set([60, 61, 62, 63, 64, 65]));
    expect(nextCheck({ ...feed, id: 7 }, now, asked).getTime()).toBe(times[7]);
  });
});

describe('hours and days without news', () => {
  // Friday, noon.
  test.each<[string, string, Partial<RefreshRequest>]>([
    ['the next hour that is not skipped', '2026-11-20T15', { skipHours: [13, 14] }],
    ['over midnight', '2026-11-21T03', { skipHours: [...Array.from({ length: 11 }, (_, at) => 13 + at), 0, 1, 2] }],
    ['a weekend from one hour to the next', '2026-11-23T00', { skipDays: [0, 6], ttlMinutes: 12 * 60 }],
    ['a weekend and the morning after', '2026-11-23T02', { skipDays: [5, 0, 6], skipHours: [0, 1] }],
    ['a week but for an hour', '2026-11-27T12', { skipDays: [0, 1, 2, 3, 4, 6], skipHours: [...Array.from({ length: 12 }, (_, at) => at), ...Array.from({ length: 11 }, (_, at) => 13 + at)] }], // prettier-ignore
    ['every hour of every day that is left', '2026-11-20T13', { skipHours: Array.from({ length: 24 }, (_, at) => at) }],
  ])('%s: %s', (_what, hour, asked) => {
    const times = [1, 2, 3, 4].map((id) => nextCheck({ ...feed, id }, now, { headers: {}, published: [], ...asked }));
    expect(new Set(times.map((time) => time.toISOString().slice(0, 13)))).toEqual(new Set([hour]));
    expect(new Set(times.map(Number)).size).toBe(4);
  });
});

describe('after a failure', () => {
  test.each([
    [0, undefined, 0.25],
    [1, undefined, 0.5],
    [4, undefined, 4],
    [50, undefined, 24],
    [0, 10 * hourMs, 10],
  ])('%d failures before and a Retry-After of %s ms: %d hours', (failures, retryAfterMs, hours) => {
    const [least, most] = hoursUntil(nextCheckAfterFailure({ id: 1, failures }, now, retryAfterMs));
    expect(least).toBeLessThanOrEqual(hours + 1e-9);
    expect(most).toBeGreaterThanOrEqual(hours - 1e-9);
  });
});
