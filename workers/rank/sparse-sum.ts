// Sums at a few of many places, and which those are: laid out once and emptied after each reader, since 10,000 new zeros cost more.
import { highest } from './highest.ts';

export interface SparseSum {
  /** 0 where nothing was added. */
  sums: Float64Array;
  isHeld: Uint8Array;
  /** The first `count` are the places that something was added at, in the order they were met. */
  places: Int32Array;
  count: number;
}

/** An empty sum over `size` places. */
export function sparseSum(size: number): SparseSum {
  return { sums: new Float64Array(size), isHeld: new Uint8Array(size), places: new Int32Array(size), count: 0 };
}

/** Adds at one place. */
export function addAt(sum: SparseSum, place: number, value: number): void {
  if (sum.isHeld[place] === 0) {
    sum.isHeld[place] = 1;
    sum.places[sum.count++] = place;
  }
  sum.sums[place]! += value;
}

/** Makes it empty again. */
export function empty(sum: SparseSum): void {
  for (let at = 0; at < sum.count; at++) sum.sums[sum.places[at]!] = sum.isHeld[sum.places[at]!] = 0;
  sum.count = 0;
}

/** The places of the `keep` greatest sums, and those as great as the last of them. */
export function greatest({ places, count, sums }: SparseSum, keep: number): number[] {
  const held = places.subarray(0, count);
  if (count <= keep) return Array.from(held);
  const values = new Float64Array(count);
  for (let at = 0; at < count; at++) values[at] = sums[held[at]!]!;
  const least = values[highest(values, keep)[0]!]!;
  const found: number[] = [];
  for (let at = 0; at < count; at++) if (values[at]! >= least) found.push(held[at]!);
  return found;
}
