import { expect, test } from 'vitest';
import { whyEnded } from '../../core/embedded-errors.ts';

test.each([
  [new Error('out of memory'), 'out of memory'],
  [{ name: 'ErrnoError', errno: 44 }, 'files of it are gone'],
  [{ name: 'ErrnoError', errno: 51 }, 'the disk is full'],
  [{ name: 'ErrnoError', errno: 7 }, 'its files failed it ({"name":"ErrnoError","errno":7})'],
  [null, 'its files failed it (null)'],
])('%o ended the thread: "%s"', (cause, words) => {
  expect(whyEnded(cause)).toBe(words);
});
