// Sums at a few of many indices, and which those are: allocated once and emptied after each reader, since 10,000 new zeros cost more.
import { topK } from './top-k.ts';

export interface SparseSum {
  /** 0 where nothing was added. */
  sums: Float64Array;
  isHeld: Uint8Array;
  /** The first `count` are the indices at which something was added, in the order they were met. */
  indices: Int32Array;
  count: number;
}

/** An empty sum over `size` indices. */
export function createSparseSum(size: number): SparseSum {
  return { sums: new Float64Array(size), isHeld: new Uint8Array(size), indices: new Int32Array(size), count: 0 };
}

/** Adds at one index. */
export function addAt(sum: SparseSum, index: number, value: number): void {
  if (sum.isHeld[index] === 0) {
    sum.isHeld[index] = 1;
    sum.indices[sum.count++] = index;
  }
  sum.sums[index]! += value;
}

/** Makes it empty again. */
export function clear(sum: SparseSum): void {
  for (let at = 0; at < sum.count; at++) sum.sums[sum.indices[at]!] = sum.isHeld[sum.indices[at]!] = 0;
  sum.count = 0;
}

/** The indices of the `keep` greatest sums, and those as great as the last of them. */
export function topKWithTies({ indices, count, sums }: SparseSum, keep: number): number[] {
  const held = indices.subarray(0, count);
  if (count <= keep) return Array.from(held);
  const values = new Float64Array(count);
  for (let at = 0; at < count; at++) values[at] = sums[held[at]!]!;
  const least = values[topK(values, keep)[0]!]!;
  const found: number[] = [];
  for (let at = 0; at < count; at++) if (values[at]! >= least) found.push(held[at]!);
  return found;
}
