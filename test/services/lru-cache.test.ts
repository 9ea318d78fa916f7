import { expect, test } from 'vitest';
import { createLruCache } from '../../services/lru-cache.ts';

test('keys count where they are counted, and what is set again counts once', () => {
  const cache = createLruCache<string>(100, (key, value) => key.length + value.length);
  for (let at = 0; at < 50; at++) cache.set('a'.repeat(40), 'b'.repeat(20));
  cache.set('c'.repeat(30), 'd');
  expect([cache.get('a'.repeat(40)), cache.get('c'.repeat(30))]).toEqual(['b'.repeat(20), 'd']);
  // Sixty and thirty-one, and with ten more above a hundred: the first was asked for before the second.
  cache.set('e', 'f'.repeat(9));
  expect([cache.get('a'.repeat(40)), cache.get('c'.repeat(30)), cache.get('e')]).toEqual([
    undefined,
    'd',
    'f'.repeat(9),
  ]);
  cache.clear();
  expect(cache.get('e')).toBeUndefined();
  cache.set('g', 'h'.repeat(99));
  expect(cache.get('g')).toBe('h'.repeat(99));
});
