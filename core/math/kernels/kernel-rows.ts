// Rows that stay -> their inner products with vectors that come and go.
import { floatBytes, createKernelMemory } from './kernel-memory.ts';

export interface KernelRows {
  /** Row-major, zeros at first. */
  values: Float32Array;
  /** The inner products of a vector with as many numbers from each of `starts` on, in single precision. */
  products(vector: Float32Array, starts: Int32Array): Float32Array;
}

/** Rows of a call: their starts and products wait in the memory. */
const rowsAtOnce = 1_024;

/** Memory for so many numbers in rows of `width` at most. */
export function createKernelRows(numbers: number, width: number): KernelRows {
  const memory = createKernelMemory(numbers + width + 2 * rowsAtOnce + 16);
  const values = memory.takeFloats(numbers);
  const query = memory.takeFloats(width);
  const offsets = memory.takeInts(rowsAtOnce);
  const sums = memory.takeFloats(rowsAtOnce);
  return {
    values,
    products(vector, starts) {
      const products = new Float32Array(starts.length);
      const own = query.subarray(0, vector.length);
      own.set(vector);
      for (let from = 0; from < starts.length; from += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, starts.length - from);
        for (let at = 0; at < count; at++) offsets[at] = floatBytes * starts[from + at]!;
        memory.products(own, { values, starts: offsets.subarray(0, count) }, sums);
        products.set(sums.subarray(0, count), from);
      }
      return products;
    },
  };
}

/** Where rows of `width` numbers begin. */
export function rowStarts(count: number, width: number): Int32Array {
  const starts = new Int32Array(count);
  for (let row = 0; row < count; row++) starts[row] = row * width;
  return starts;
}
