// What waits and what does not, on a clock that the test moves.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inBatches } from '../../../services/mailer/in-batches.ts';

const batching = { everyMs: 2, isUrgent: (one: string) => one.startsWith('!'), laterMs: 20 };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('what nobody waits for goes along with what somebody does, in their order', async () => {
  const written: string[][] = [];
  const write = inBatches(async (batch: string[]) => void written.push(batch), batching);
  const all = [write('a'), write('b')];
  await vi.advanceTimersByTimeAsync(10);
  expect(written).toEqual([]);
  all.push(write('!c'));
  await vi.runAllTimersAsync();
  await Promise.all(all);
  expect(written).toEqual([['a', 'b', '!c']]);
});

test('nothing waits longer than it may, and a failed write fails all that were in it', async () => {
  const written: string[][] = [];
  const write = inBatches(async (batch: string[]) => {
    written.push(batch);
    if (batch.includes('bad')) throw new Error('no');
  }, batching);
  const first = write('a');
  await vi.advanceTimersByTimeAsync(30);
  await first;
  const failed = Promise.allSettled([write('bad'), write('!d')]);
  await vi.runAllTimersAsync();
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const last = write('!e');
  await vi.runAllTimersAsync();
  await last;
  expect(written).toEqual([['a'], ['bad', '!d'], ['!e']]);
});
