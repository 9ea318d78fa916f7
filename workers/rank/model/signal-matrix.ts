// Signals -> a sparse matrix of readers by stories, rows and columns numbered from 0.

/** Compressed sparse rows: row r holds columns[starts[r]..starts[r + 1]] and their weights. */
export interface SignalMatrix {
  rows: number;
  columns: number;
  starts: Int32Array;
  indices: Int32Array;
  weights: Float32Array;
}

/** One cell; weights of the same cell are kept as they come, so give each once. */
export interface Cell {
  row: number;
  column: number;
  weight: number;
}

/** Builds the matrix; columns of a row are in the order of `cells`. */
export function buildMatrix(
  cells: readonly Cell[],
  { rows, columns }: { rows: number; columns: number },
): SignalMatrix {
  const starts = new Int32Array(rows + 1);
  for (const { row } of cells) starts[row + 1]!++;
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const indices = new Int32Array(cells.length);
  const weights = new Float32Array(cells.length);
  for (const { row, column, weight } of cells) {
    const at = next[row]!++;
    indices[at] = column;
    weights[at] = weight;
  }
  return { rows, columns, starts, indices, weights };
}

/** The same matrix by its columns. */
export function transpose({ rows, columns, starts, indices, weights }: SignalMatrix): SignalMatrix {
  const turned = new Int32Array(columns + 1);
  for (const index of indices) turned[index + 1]!++;
  for (let column = 0; column < columns; column++) turned[column + 1]! += turned[column]!;
  const next = turned.slice();
  const result = { rows: columns, columns: rows, starts: turned, indices: new Int32Array(indices.length), weights: new Float32Array(indices.length) }; // prettier-ignore
  for (let row = 0; row < rows; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const to = next[indices[at]!]!++;
      result.indices[to] = row;
      result.weights[to] = weights[at]!;
    }
  }
  return result;
}
