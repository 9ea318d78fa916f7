import { expect, it } from 'vitest';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { pairMap } from '../../../workers/cluster/pair-map.ts';

it('keeps the last value of each pair in either order, as a Map would, up to the largest numbers', () => {
  const random = seededRandom(4);
  const expected = new Map<string, number>();
  const pairs = pairMap(3_000);
  for (let at = 0; at < 3_000; at++) {
    const [a, b] = [Math.floor(80 * random()), 2 ** 31 - 1 - Math.floor(80 * random())];
    pairs.set(...(random() < 0.5 ? ([a, b] as const) : ([b, a] as const)), at);
    expected.set(`${a} ${b}`, at);
  }
  const found = new Map<string, number>();
  pairs.forEach((a, b, value) => found.set(`${a} ${b}`, value));
  expect(found).toEqual(expected);
  expect(pairs.get(2 ** 31 - 1, 7)).toBe(expected.get(`7 ${2 ** 31 - 1}`));
  expect(pairs.get(100, 101)).toBeUndefined();
});

it('holds as many pairs as it was made for, and none', () => {
  const full = pairMap(1);
  full.set(0, 0, 0.5);
  expect([full.get(0, 0), full.get(0, 1), pairMap(0).get(1, 2)]).toEqual([0.5, undefined, undefined]);
});
