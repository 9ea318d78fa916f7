// a symmetric matrix -> its eigenvalues and eigenvectors, by tridiagonalisation and QL (EISPACK's tred2 and tql2, in ml-matrix); pure.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface Eigen {
  /** Descending. */
  values: Float64Array;
  /** Row-major size x size; column c belongs to values[c]. Signs are fixed: the largest entry of each is positive. */
  vectors: Float64Array;
}

/** Decomposes a size x size row-major symmetric matrix, of which only the lower triangle is read; it is left as it was. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const whole = Matrix.zeros(size, size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      whole.set(row, column, matrix[row * size + column]!);
      whole.set(column, row, matrix[row * size + column]!);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(whole, { assumeSymmetric: true });
  const order = [...realEigenvalues.keys()].toSorted((x, y) => realEigenvalues[y]! - realEigenvalues[x]! || x - y);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    const column = eigenvectorMatrix.getColumn(from);
    // Of two as large, to rounding, the first: so that the sign does not hang on the last bit.
    const largest = column.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
    column.forEach((value, row) => (vectors[row * size + to] = largest < 0 ? -value : value));
  });
  return { values: Float64Array.from(order, (at) => realEigenvalues[at]!), vectors };
}
