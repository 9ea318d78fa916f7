// Numbers that WebAssembly can reach -> inner products and weighted sums of rows, four numbers at a time; `kernels.wat` has the loops.
import { readFileSync } from 'node:fs';

/** Rows of numbers in the memory of the kernels, wherever each begins. */
export interface MemoryRows {
  values: Float32Array;
  /** In bytes from the first of `values`. */
  starts: Int32Array;
}

/** A piece of memory on which rows lie side by side; what is multiplied has to lie in one memory. */
export interface KernelMemory {
  /** Zeros of one's own; a RangeError when the memory is full. */
  takeFloats(count: number): Float32Array;
  takeInts(count: number): Int32Array;
  /**
   * The inner products of a vector with the same number of numbers of each row, put `into` in their order. Single precision;
   * a row's product does not depend on which rows stand beside it.
   */
  products(vector: Float32Array, rows: MemoryRows, into: Float32Array): void;
  /** Adds each row, times its weight, to a sum as wide as they are. */
  addRows(sum: Float32Array, rows: MemoryRows, weights: Float32Array): void;
}

/** What is used of the engine's WebAssembly, whose values the types of Node leave out. */
interface Engine {
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<'products' | 'addRows', Kernel> };
}

const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;

/** Of addresses and counts, in the order that kernels.wat gives them. */
type Kernel = (...numbers: readonly number[]) => void;

/** Starts are in bytes. */
export const floatBytes = 4;
const pageBytes = 65_536;
let module: object | undefined;

/** Memory for so many numbers of 32 bits, and some to spare. */
export function createKernelMemory(numbers: number): KernelMemory {
  const memory = new Memory({ initial: Math.ceil((floatBytes * numbers) / pageBytes) + 1 });
  module ??= new Module(readFileSync(new URL('kernels.wasm', import.meta.url)));
  const kernels = new Instance(module, { kernel: { memory } }).exports;
  let free = 0;
  /** Vectors of four numbers are read quickest when they are 16-byte aligned for SIMD. */
  const take = (count: number): number => {
    const start = free;
    free += Math.ceil(count / 4) * 16;
    return start;
  };
  return {
    takeFloats: (count) => new Float32Array(memory.buffer, take(count), count),
    takeInts: (count) => new Int32Array(memory.buffer, take(count), count),
    products: (vector, { values, starts }, into) =>
      kernels.products(vector.byteOffset, vector.length, values.byteOffset, starts.byteOffset, starts.length, into.byteOffset), // prettier-ignore
    addRows: (sum, { values, starts }, weights) =>
      kernels.addRows(sum.byteOffset, sum.length, values.byteOffset, starts.byteOffset, starts.length, weights.byteOffset), // prettier-ignore
  };
}
