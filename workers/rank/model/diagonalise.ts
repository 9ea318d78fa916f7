// A symmetric matrix -> its axes: Jacobi's rotations; pure.

/** Sweeps after which even 200 x 200 has come to rest. */
const mostSweeps = 12;

/**
 * Eigenvalues, and eigenvectors as the columns of `axes` (row-major), of a symmetric `size` x `size` matrix of which only the
 * lower triangle is read. Source: Golub & Van Loan, Matrix Computations, section 8.5 (cyclic Jacobi).
 */
export function diagonalise(symmetric: Float64Array, size: number): { values: Float64Array; axes: Float64Array } {
  const matrix = symmetric.slice();
  for (let row = 0; row < size; row++)
    for (let column = 0; column < row; column++) matrix[column * size + row] = matrix[row * size + column]!;
  // Eigenvectors are rows while they are turned: neighbours in memory.
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1;
  const least = 1e-13 * Math.sqrt(matrix.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0, moved = true; sweep < mostSweeps && moved; sweep++) {
    moved = false;
    for (let p = 0; p < size - 1; p++)
      for (let q = p + 1; q < size; q++)
        if (Math.abs(matrix[p * size + q]!) > least) {
          rotate(matrix, vectors, { p, q, size });
          moved = true;
        }
  }
  return {
    values: Float64Array.from({ length: size }, (_, at) => matrix[at * size + at]!),
    axes: transposed(vectors, size),
  };
}

/** Turns axes p and q so that the matrix is 0 between them. */
function rotate(
  matrix: Float64Array,
  vectors: Float64Array,
  { p, q, size }: { p: number; q: number; size: number },
): void {
  const [rowP, rowQ] = [p * size, q * size];
  const slope = (matrix[rowQ + q]! - matrix[rowP + p]!) / (2 * matrix[rowP + q]!);
  const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  for (let at = p, end = size * size; at < end; at += size) {
    const other = at + q - p;
    const left = matrix[at]!;
    const right = matrix[other]!;
    matrix[at] = cosine * left - sine * right;
    matrix[other] = sine * left + cosine * right;
  }
  turnRow(matrix, { rowP, rowQ, size, cosine, sine });
  turnRow(vectors, { rowP, rowQ, size, cosine, sine });
}

interface Turn {
  rowP: number;
  rowQ: number;
  size: number;
  cosine: number;
  sine: number;
}

function turnRow(values: Float64Array, { rowP, rowQ, size, cosine, sine }: Turn): void {
  for (let at = 0; at < size; at++) {
    const left = values[rowP + at]!;
    const right = values[rowQ + at]!;
    values[rowP + at] = cosine * left - sine * right;
    values[rowQ + at] = sine * left + cosine * right;
  }
}

/** Rows of `size` numbers, seen along the axes; with `back`, from the axes to where they were. */
export function turnRows(rows: Float32Array, axes: Float64Array, back = false): Float32Array {
  const size = Math.sqrt(axes.length);
  const turned = new Float32Array(rows.length);
  const sum = new Float64Array(size);
  const columns = back ? transposed(axes, size) : axes;
  for (let start = 0; start < rows.length; start += size) {
    sum.fill(0);
    for (let row = 0; row < size; row++) {
      const value = rows[start + row]!;
      if (value === 0) continue;
      const from = row * size;
      for (let at = 0; at < size; at++) sum[at]! += value * columns[from + at]!;
    }
    turned.set(sum, start);
  }
  return turned;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % size) * size + Math.floor(at / size)]!);
}
