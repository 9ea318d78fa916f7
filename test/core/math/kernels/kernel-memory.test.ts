// The loops in WebAssembly against plain ones.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../../../core/math/seeded-random.ts';
import { createKernelMemory } from '../../../../core/math/kernels/kernel-memory.ts';
import { assembleKernels } from '../../../../core/math/kernels/build.ts';
import { createKernelRows, rowStarts } from '../../../../core/math/kernels/kernel-rows.ts';
import { createWeightedSum, weightedSum } from '../../../../core/math/kernels/weighted-sum.ts';

const random = seededRandom(2);
const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => gaussian(random));
const plainProduct = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);

it('the binary is what its source says', async () => {
  const binary = readFileSync(new URL('../../../../core/math/kernels/kernels.wasm', import.meta.url));
  expect(Buffer.from(await assembleKernels()).equals(binary), 'run `npm run build:kernels`').toBe(true);
});

// Eight numbers are multiplied at a time, four are added at a time: less, just as many, more, and what is left over.
describe.each([1, 3, 4, 7, 8, 9, 16, 130, 387])('rows of %i numbers', (width) => {
  const count = 1_500;
  const board = createKernelRows(count * width, width);
  board.values.set(numbers(count * width));
  const rowAt = (row: number): Float32Array => board.values.subarray(row * width, (row + 1) * width);

  it('have the products of plain sums, in any order, more than a call takes', () => {
    const vector = numbers(width);
    const starts = rowStarts(count, width).toReversed();
    const products = board.products(vector, starts);
    starts.forEach((start, at) => expect(products[at]).toBeCloseTo(plainProduct(vector, rowAt(start / width)), 3));
    expect(board.products(vector, new Int32Array())).toHaveLength(0);
  });

  it('have the same product whatever stands beside them', () => {
    const vector = numbers(width);
    const [alone] = board.products(vector, Int32Array.of(5 * width));
    expect(board.products(vector, rowStarts(9, width))[5]).toBe(alone);
  });

  it('add up by their weights', () => {
    const vectors = Array.from({ length: 70 }, (_, row) => rowAt(row));
    const weights = numbers(70);
    const expected = Float64Array.from({ length: width }, (_, at) => vectors.reduce((sum, row, one) => sum + weights[one]! * row[at]!, 0)); // prettier-ignore
    const fixed = createWeightedSum(board.values.slice(0, 70 * width), width);
    for (const sum of [weightedSum(vectors, weights, width), fixed(weights)])
      sum.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 3));
    expect([...weightedSum([], [], width)]).toEqual(Array(width).fill(0));
  });
});

it('a full board gives no more room', () => {
  const board = createKernelMemory(4);
  expect(() => board.takeFloats(200_000)).toThrow(RangeError);
});
