// Vectors that come and go -> their weighted sum.
import { floatBytes, openBoard, type Board, type BoardRows } from './board.ts';
import { rowStarts } from './row-board.ts';

const rowsAtOnce = 64;

interface Sheet {
  board: Board;
  rows: BoardRows;
  weights: Float32Array;
  sum: Float32Array;
}

/** One for each width: those of vectors and of factors. */
const sheets = new Map<number, Sheet>();

function sheetOf(width: number): Sheet {
  const known = sheets.get(width);
  if (known) return known;
  const board = openBoard(rowsAtOnce * (width + 2) + width + 16);
  const rows = { values: board.takeFloats(rowsAtOnce * width), starts: board.takeInts(rowsAtOnce) };
  rows.starts.set(rowStarts(rowsAtOnce, floatBytes * width));
  const sheet = { board, rows, weights: board.takeFloats(rowsAtOnce), sum: board.takeFloats(width) };
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
    sheet.board.addRows(sheet.sum, rows, sheet.weights);
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
export function openWeightedSum(values: Float32Array, width: number): (weights: Float32Array) => Float32Array {
  const count = values.length / width;
  const board = openBoard(values.length + 2 * count + width + 16);
  const rows = { values: board.takeFloats(values.length), starts: board.takeInts(count) };
  rows.values.set(values);
  rows.starts.set(rowStarts(count, floatBytes * width));
  const [own, sum] = [board.takeFloats(count), board.takeFloats(width)];
  return (weights) => {
    own.set(weights);
    sum.fill(0);
    board.addRows(sum, rows, own);
    return sum.slice();
  };
}
