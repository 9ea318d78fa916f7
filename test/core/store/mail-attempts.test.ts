import { describe, expect, test } from 'vitest';
import { afterAttempt, type Attempt } from '../../../core/store/mail-attempts.ts';

const now = new Date('2026-11-21T07:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

describe('after an attempt', () => {
  test.each<[Attempt['outcome'], number, ReturnType<typeof afterAttempt>]>([
    ['submitted', 0, { state: 'submitted', attempts: 1, nextTryAt: now }],
    ['refused', 0, { state: 'failed', attempts: 1, nextTryAt: now }],
    ['unknown', 2, { state: 'unknown', attempts: 3, nextTryAt: now }],
    ['unsent', 2, { state: 'planned', attempts: 2, nextTryAt: now }],
    ['deferred', 0, { state: 'planned', attempts: 1, nextTryAt: minutes(1) }],
    ['deferred', 1, { state: 'planned', attempts: 2, nextTryAt: minutes(4) }],
    ['deferred', 3, { state: 'planned', attempts: 4, nextTryAt: minutes(64) }],
    ['deferred', 4, { state: 'failed', attempts: 5, nextTryAt: now }],
  ])('that was %s after %i others, the row says %j', (outcome, attempts, expected) => {
    expect(afterAttempt({ outcome, reply: '' }, { attempts, now })).toEqual(expected);
  });
});
