import { expect, test } from 'vitest';
import { afterAttempt, type Attempt } from '../../../core/store/mail-attempts.ts';

const now = new Date('2026-11-21T07:00:00Z');
const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const daysAgo = (days: number): Date => inMinutes(-days * 24 * 60);

test.each([
  ['submitted', 0, { state: 'submitted', attempts: 1, nextTryAt: now, reason: null }],
  ['refused', 2, { state: 'failed', attempts: 3, nextTryAt: now, reason: 'mailbox' }],
  ['unknown', 0, { state: 'unknown', attempts: 1, nextTryAt: now, reason: 'no-answer' }],
  ['unsent', 3, { state: 'planned', attempts: 3, nextTryAt: now, reason: null }],
  ['deferred', 0, { state: 'planned', attempts: 1, nextTryAt: inMinutes(1), reason: 'mailbox' }],
  ['deferred', 3, { state: 'planned', attempts: 4, nextTryAt: inMinutes(64), reason: 'mailbox' }],
  ['deferred', 30, { state: 'planned', attempts: 31, nextTryAt: inMinutes(120), reason: 'mailbox' }],
  ['throttled', 30, { state: 'planned', attempts: 30, nextTryAt: inMinutes(30), reason: 'mailbox' }],
] as [Attempt['outcome'], number, object][])('%s after %i attempts', (outcome, attempts, after) => {
  expect(afterAttempt({ outcome, reason: 'mailbox' }, { attempts, firstTriedAt: daysAgo(4), now })).toEqual(after);
});

// Minutes since it was first tried, and until it is tried again.
test.each([
  [null, 1],
  [5, 1],
  [60, 6],
  [600, 30],
])('what hears for %s minutes that it comes too quickly comes again after %i', (age, pause) => {
  const firstTriedAt = age === null ? null : inMinutes(-age);
  const after = afterAttempt({ outcome: 'throttled', reason: 'rate' }, { attempts: 0, firstTriedAt, now });
  expect(after).toEqual({ state: 'planned', attempts: 0, nextTryAt: inMinutes(pause), reason: 'rate' });
});

test('what was not tried waits as long as is asked', () => {
  const after = afterAttempt({ outcome: 'unsent', waitMs: 60_000 }, { attempts: 2, firstTriedAt: null, now });
  expect(after).toEqual({ state: 'planned', attempts: 2, nextTryAt: inMinutes(1), reason: null });
});

test.each(['deferred', 'throttled'] as const)(
  'what is %s for more than four and a half days is given up',
  (outcome) => {
    const after = afterAttempt({ outcome }, { attempts: 40, firstTriedAt: daysAgo(4.6), now });
    expect(after).toMatchObject({ state: 'failed', reason: 'expired' });
  },
);
