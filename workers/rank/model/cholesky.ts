// A x = b for a symmetric positive definite A, by Cholesky's factorisation; pure.

/**
 * Overwrites `matrix` (size x size, row-major, only its lower triangle is read) by its Cholesky factor. It must be positive
 * definite, which a ridge makes sure of. size^3 / 3 multiplications.
 */
export function choleskyFactor(matrix: Float64Array, size: number): void {
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      const rowAt = row * size;
      const columnAt = column * size;
      let sum = matrix[rowAt + column]!;
      for (let at = 0; at < column; at++) sum -= matrix[rowAt + at]! * matrix[columnAt + at]!;
      matrix[rowAt + column] = row === column ? Math.sqrt(sum) : sum / matrix[columnAt + column]!;
    }
  }
}

/** Overwrites `right` by the solution, given what `choleskyFactor` made of the matrix. */
export function choleskySolve(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let row = 0; row < size; row++) {
    let sum = right[row]!;
    for (let at = 0; at < row; at++) sum -= factor[row * size + at]! * right[at]!;
    right[row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row]!;
    for (let at = row + 1; at < size; at++) sum -= factor[at * size + row]! * right[at]!;
    right[row] = sum / factor[row * size + row]!;
  }
}
