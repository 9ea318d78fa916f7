// A x = b for a symmetric positive definite A, by Cholesky's factorisation; pure.

/**
 * Solves in place: `matrix` (rank x rank, row-major, only its lower triangle is read) is overwritten by its factor,
 * `right` by the solution. `matrix` must be positive definite, which a ridge makes sure of.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array): void {
  const rank = right.length;
  for (let column = 0; column < rank; column++) {
    for (let row = column; row < rank; row++) {
      let sum = matrix[row * rank + column]!;
      const [rowAt, columnAt] = [row * rank, column * rank];
      for (let at = 0; at < column; at++) sum -= matrix[rowAt + at]! * matrix[columnAt + at]!;
      matrix[rowAt + column] = row === column ? Math.sqrt(sum) : sum / matrix[columnAt + column]!;
    }
  }
  for (let row = 0; row < rank; row++) {
    let sum = right[row]!;
    for (let at = 0; at < row; at++) sum -= matrix[row * rank + at]! * right[at]!;
    right[row] = sum / matrix[row * rank + row]!;
  }
  for (let row = rank - 1; row >= 0; row--) {
    let sum = right[row]!;
    for (let at = row + 1; at < rank; at++) sum -= matrix[at * rank + row]! * right[at]!;
    right[row] = sum / matrix[row * rank + row]!;
  }
}
