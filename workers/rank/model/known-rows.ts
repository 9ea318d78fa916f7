// The known rows of one reader or story -> their sum and their image of a direction, in the memory of the kernels.
import {
  floatBytes,
  createKernelMemory,
  type KernelMemory,
  type MemoryRows,
} from '../../../core/math/kernels/kernel-memory.ts';
import { rowStarts } from '../../../core/math/kernels/kernel-rows.ts';

export interface KnownRows {
  /** The sum of the rows, each times its weight; good until the next call, as the other. */
  sum(): Float32Array;
  /** Sum of |w| f f' x over the rows f with weights w. */
  imageOf(direction: Float64Array): Float32Array;
}

interface Sheet {
  memory: KernelMemory;
  rows: MemoryRows;
  rank: number;
  capacity: number;
  weights: Float32Array;
  along: Float32Array;
  direction: Float32Array;
  image: Float32Array;
}

let sheet: Sheet | undefined;

function sheetFor(count: number, rank: number): Sheet {
  if (sheet && sheet.capacity >= count && sheet.rank === rank) return sheet;
  // Twice what is asked for, so that a longer row seldom needs another.
  const capacity = Math.max(128, 2 * count);
  const memory = createKernelMemory(capacity * (rank + 3) + 2 * rank + 32);
  const rows = { values: memory.takeFloats(capacity * rank), starts: memory.takeInts(capacity) };
  rows.starts.set(rowStarts(capacity, floatBytes * rank));
  const [weights, along] = [memory.takeFloats(capacity), memory.takeFloats(capacity)];
  sheet = { memory, rows, rank, capacity, weights, along, direction: memory.takeFloats(rank), image: memory.takeFloats(rank) }; // prettier-ignore
  return sheet;
}

/** Lays `weights.length` rows of `rank` numbers where the next call will lay its own; `lay` writes them, one after another. */
export function layKnown(weights: Float32Array, rank: number, lay: (values: Float32Array) => void): KnownRows {
  const { memory, rows, weights: factors, along, direction, image } = sheetFor(weights.length, rank);
  lay(rows.values);
  const known = { values: rows.values, starts: rows.starts.subarray(0, weights.length) };
  return {
    sum() {
      factors.set(weights);
      image.fill(0);
      memory.addRows(image, known, factors);
      return image;
    },
    imageOf(wanted) {
      direction.set(wanted);
      memory.products(direction, known, along);
      for (let row = 0; row < weights.length; row++) along[row]! *= Math.abs(weights[row]!);
      image.fill(0);
      memory.addRows(image, known, along);
      return image;
    },
  };
}
