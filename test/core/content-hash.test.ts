// Content hashes: the order of keys means nothing, at any depth; the order of a list does.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashContent } from '../../core/content-hash.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the hash of content', () => {
  test.each([
    ['a text', 'Größe', '"Größe"'],
    ['keys in order', { a: 1, b: [2, { c: null, d: true }] }, '{"a":1,"b":[2,{"c":null,"d":true}]}'],
    ['keys out of order', { b: 1, a: 2 }, '{"a":2,"b":1}'],
    ['keys out of order inside', { a: { z: 1, y: { x: 1, w: 2 } }, b: 1 }, '{"a":{"y":{"w":2,"x":1},"z":1},"b":1}'],
    ['keys out of order in a list', { a: ['x', { z: 1, y: 2 }] }, '{"a":["x",{"y":2,"z":1}]}'],
    ['a date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['what is undefined', { a: 1, b: undefined }, '{"a":1}'],
    ['a name that objects have', JSON.parse('{"b":1,"__proto__":2}'), '{"__proto__":2,"b":1}'],
  ])('of %s is that of its JSON with sorted keys', (_what, value: unknown, json) => {
    expect(hashContent(value)).toBe(sha256(json));
  });

  test('tells lists in another order apart', () => {
    expect(hashContent([1, 2])).not.toBe(hashContent([2, 1]));
  });

  test('takes no longer for what is nested deep', () => {
    let value: unknown = { b: 1, a: 2 };
    for (let depth = 0; depth < 200; depth++) value = { b: value, a: depth };
    expect(hashContent(value)).toHaveLength(64);
  });
});
