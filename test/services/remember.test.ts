// What waits for its turn: the newest is made, what it passed over says so.
import { expect, test } from 'vitest';
import { newestInTurn, PassedOver } from '../../services/remember.ts';

test('one is made at a time, and of those that wait the newest alone', async () => {
  const take = newestInTurn(0);
  const begun: number[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  const ask = (n: number) =>
    take(async () => {
      begun.push(n);
      await held;
      return n;
    });
  const first = ask(1);
  await expect.poll(() => begun).toEqual([1]);
  const [second, third] = [ask(2), ask(3)];
  const refused = second.catch((error: unknown) => error);
  release();
  expect(await first).toBe(1);
  expect(await refused).toBeInstanceOf(PassedOver);
  expect(await third).toBe(3);
  expect(begun).toEqual([1, 3]);
});

test('what fails ends its own turn alone', async () => {
  const take = newestInTurn(0);
  await expect(take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await take(async () => 2)).toBe(2);
});

test('what something newer follows within the pause is not made', async () => {
  const take = newestInTurn(50);
  const first = take(async () => 1).catch((error: unknown) => error);
  expect(await take(async () => 2)).toBe(2);
  expect(await first).toBeInstanceOf(PassedOver);
});
