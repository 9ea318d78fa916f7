// Terms -> factors: what a story nobody has read would have in common with readers, predicted from its words.
import type { SparseMatrix } from './signal-matrix.ts';

/** Ridge and conjugate-gradient steps; others have not been tried. */
const ridge = 1;
const steps = 25;

/**
 * Weighted ridge regression from term weights (stories x terms) to factors (stories x rank): the rows of the answer are
 * the factors of each term, so that a text's factors are a sum. `trust` says how much each story's factors are worth.
 * Solved for all factors at once by conjugate gradients, since X'WX would be dense. Cold start by a map from content to
 * factors: Gantner et al., ICDM 2010; Wang & Blei, KDD 2011.
 */
export function regressFactors(
  terms: SparseMatrix,
  factors: Float32Array,
  { rank, trust }: { rank: number; trust: Float32Array },
): Float32Array {
  const size = terms.columns * rank;
  const solution = new Float32Array(size);
  const residual = timesTransposed(terms, scaleRows(factors, trust, rank), rank);
  const direction = residual.slice();
  let squares = columnSquares(residual, rank);
  for (let step = 0; step < steps; step++) {
    const image = timesTransposed(terms, scaleRows(times(terms, direction, rank), trust, rank), rank);
    for (let at = 0; at < size; at++) image[at]! += ridge * direction[at]!;
    const curvature = columnProducts(direction, image, rank);
    for (let at = 0; at < size; at++) {
      const pace = squares[at % rank]! / (curvature[at % rank]! || 1);
      solution[at]! += pace * direction[at]!;
      residual[at]! -= pace * image[at]!;
    }
    const after = columnSquares(residual, rank);
    for (let at = 0; at < size; at++)
      direction[at] = residual[at]! + (after[at % rank]! / (squares[at % rank]! || 1)) * direction[at]!;
    squares = after;
  }
  return solution;
}

/** Rows of `matrix` times dense columns: rows x rank. */
function times({ rows, starts, places, weights }: SparseMatrix, dense: Float32Array, rank: number): Float32Array {
  const result = new Float32Array(rows * rank);
  for (let row = 0; row < rows; row++) {
    const to = row * rank;
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell++) {
      const [from, weight] = [places[cell]! * rank, weights[cell]!];
      for (let at = 0; at < rank; at++) result[to + at]! += weight * dense[from + at]!;
    }
  }
  return result;
}

function timesTransposed(matrix: SparseMatrix, dense: Float32Array, rank: number): Float32Array {
  const { rows, columns, starts, places, weights } = matrix;
  const result = new Float32Array(columns * rank);
  for (let row = 0; row < rows; row++) {
    const from = row * rank;
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell++) {
      const [to, weight] = [places[cell]! * rank, weights[cell]!];
      for (let at = 0; at < rank; at++) result[to + at]! += weight * dense[from + at]!;
    }
  }
  return result;
}

function scaleRows(dense: Float32Array, scales: Float32Array, rank: number): Float32Array {
  return dense.map((value, at) => value * scales[Math.floor(at / rank)]!);
}

function columnSquares(dense: Float32Array, rank: number): Float64Array {
  return columnProducts(dense, dense, rank);
}

function columnProducts(left: Float32Array, right: Float32Array, rank: number): Float64Array {
  const sums = new Float64Array(rank);
  for (let at = 0; at < left.length; at++) sums[at % rank]! += left[at]! * right[at]!;
  return sums;
}
