import { expect, test } from 'vitest';
import { openByteStore } from '../../services/byte-store.ts';

test('keys count where they are counted, and what is set again counts once', () => {
  const store = openByteStore<string>(100, (key, value) => key.length + value.length);
  for (let at = 0; at < 50; at++) store.set('a'.repeat(40), 'b'.repeat(20));
  store.set('c'.repeat(30), 'd');
  expect([store.get('a'.repeat(40)), store.get('c'.repeat(30))]).toEqual(['b'.repeat(20), 'd']);
  // Sixty and thirty-one, and with ten more above a hundred: the first was asked for before the second.
  store.set('e', 'f'.repeat(9));
  expect([store.get('a'.repeat(40)), store.get('c'.repeat(30)), store.get('e')]).toEqual([
    undefined,
    'd',
    'f'.repeat(9),
  ]);
  store.clear();
  expect(store.get('e')).toBeUndefined();
  store.set('g', 'h'.repeat(99));
  expect(store.get('g')).toBe('h'.repeat(99));
});
