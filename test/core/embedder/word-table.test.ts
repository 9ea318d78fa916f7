import { expect, it } from 'vitest';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { gramBuckets, tokensOf } from '../../../core/text/tokens.ts';
import { quantise, readTable, serialiseTable } from '../../../core/embedder/word-table.ts';

const vectors = Float32Array.of(0.5, -1, 0, 0.25, 0, 0, 0, 0, 3, 1, -3, 0.1);
const table = { words: ['naïve', 'b'], buckets: 1, dimension: 4, ...quantise(vectors, 4) };

it('a table comes back from its bytes as it was, also from a slice that starts anywhere', () => {
  const bytes = serialiseTable(table);
  const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
  for (const read of [readTable(bytes), readTable(shifted)]) expect(read).toMatchObject(table);
});

it('each row keeps its largest entry, the others to a 254th of it, and zeros', () => {
  const { scales, rows } = table;
  vectors.forEach((value, at) => {
    const scale = scales[Math.floor(at / 4)]!;
    expect(Math.abs(rows[at]! * scale - value)).toBeLessThanOrEqual(scale / 2 + 1e-7);
  });
  expect(rows[1]).toBe(-127);
});

it('other bytes are refused', () => {
  expect(() => readTable(Buffer.alloc(64))).toThrow(RangeError);
  expect(() => readTable(serialiseTable(table).subarray(0, -1))).toThrow(RangeError);
});

it('the shipped table is what its recipe says, in at most 6 MB', () => {
  const { words, buckets, dimension, rows, scales } = openWordTable();
  expect({ words: words.length, buckets, dimension }).toEqual({ words: 24_000, buckets: 16_384, dimension: 128 });
  expect(rows.length + 4 * scales.length + words.join('\n').length).toBeLessThan(6_000_000);
});

it.each([
  ['Fine-tuning LLMs: $x^2$ on 3 GPUs', ['fine', 'tuning', 'llms', 'on', '3', 'gpus']],
  ["Don't read https://a.example/b", ["don't", 'read']],
  ['Naïve ﬁelds, naïve’s', ['naïve', 'fields', "naïve's"]],
  ['残差网络 and ResNet', ['残差', '差网', '网络', 'and', 'resnet']],
  ['', []],
])('the tokens of "%s" are %j', (text, tokens) => {
  expect(tokensOf(text)).toEqual(tokens);
});

it('a word has as many n-grams as it has places for them, a short one at least one', () => {
  expect(gramBuckets('word', 1000)).toHaveLength(4 + 3 + 2);
  expect(gramBuckets('', 1000)).toHaveLength(1);
});
