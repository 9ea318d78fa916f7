// Vectors that come and go -> their weighted sum.
import { floatBytes, createKernelMemory, type KernelMemory, type MemoryRows } from './kernel-memory.ts';
import { rowStarts } from './kernel-rows.ts';

const rowsAtOnce = 64;

interface Sheet {
  memory: KernelMemory;
  rows: MemoryRows;
  weights: Float32Array;
  sum: Float32Array;
}

/** One for each width: those of vectors and of factors. */
const sheets = new Map<number, Sheet>();

function sheetOf(width: number): Sheet {
  const known = sheets.get(width);
  if (known) return known;
  const memory = createKernelMemory(rowsAtOnce * (width + 2) + width + 16);
  const rows = { values: memory.takeFloats(rowsAtOnce * width), starts: memory.takeInts(rowsAtOnce) };
  rows.starts.set(rowStarts(rowsAtOnce, floatBytes * width));
  const sheet = { memory, rows, weights: memory.takeFloats(rowsAtOnce), sum: memory.takeFloats(width) };
  sheets.set(width, sheet);
  return sheet;
}

/** The sum of vectors, each times its weight, in single precision; those that are not `width` numbers wide count nothing. */
export function weightedSum(
  vectors: readonly (Float32Array | undefined)[],
  weights: ArrayLike<number>,
  width: number,
): Float32Array {
  const sheet = sheetOf(width);
  sheet.sum.fill(0);
  const add = (count: number): void => {
    const rows = { values: sheet.rows.values, starts: sheet.rows.starts.subarray(0, count) };
    sheet.memory.addRows(sheet.sum, rows, sheet.weights);
  };
  let laid = 0;
  vectors.forEach((vector, at) => {
    if (vector?.length !== width) return;
    sheet.rows.values.set(vector, laid * width);
    sheet.weights[laid++] = weights[at]!;
    if (laid < rowsAtOnce) return;
    add(laid);
    laid = 0;
  });
  add(laid);
  return sheet.sum.slice();
}

/** The weighted sum of rows of `width` numbers that stay, for one weight a row. */
export function createWeightedSum(values: Float32Array, width: number): (weights: Float32Array) => Float32Array {
  const count = values.length / width;
  const memory = createKernelMemory(values.length + 2 * count + width + 16);
  const rows = { values: memory.takeFloats(values.length), starts: memory.takeInts(count) };
  rows.values.set(values);
  rows.starts.set(rowStarts(count, floatBytes * width));
  const [own, sum] = [memory.takeFloats(count), memory.takeFloats(width)];
  return (weights) => {
    own.set(weights);
    sum.fill(0);
    memory.addRows(sum, rows, own);
    return sum.slice();
  };
}
