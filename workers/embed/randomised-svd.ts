// a sparse matrix -> the directions in which its rows vary most: randomised subspace iteration (Halko et al. 2011); pure.
import { gaussian, seededRandom } from '../../core/math/seeded-random.ts';
import { symmetricEigen } from '../../core/math/symmetric-eigen.ts';

/** Compressed sparse rows: entries of row r are at starts[r] up to starts[r + 1]. */
export interface SparseMatrix {
  rows: number;
  columns: number;
  starts: Int32Array;
  indices: Int32Array;
  values: Float32Array;
}

export interface RandomisedSvd {
  /** Row-major columns x rank, orthonormal; a direction beyond the rank of the matrix is zero. */
  vectors: Float32Array;
  /** Descending, `rank` of them. */
  values: Float64Array;
}

/** More directions than asked for are followed, so that the last ones come out right. */
const oversampling = 16;
/** Two rounds, six passes over the matrix: enough for spectra that fall slowly, as those of words do. */
const rounds = 2;
/** Below this share of the largest eigenvalue of a Gram matrix there is only rounding of float32. */
const negligible = 1e-10;

/** The leading right singular vectors and values of the matrix; the same seed gives the same bytes. */
export function randomisedSvd(matrix: SparseMatrix, { rank, seed }: { rank: number; seed: number }): RandomisedSvd {
  const width = rank + oversampling;
  const random = seededRandom(seed);
  const start = Float32Array.from({ length: matrix.rows * width }, () => gaussian(random));
  let right = orthonormal(timesTransposed(matrix, start, width), width);
  for (let round = 0; round < rounds; round++) {
    const left = orthonormal(times(matrix, right, width), width);
    right = orthonormal(timesTransposed(matrix, left, width), width);
  }
  const { values, vectors } = symmetricEigen(gram(times(matrix, right, width), width), width);
  return {
    vectors: multiply(right, { width, kept: rank, factor: (k, c) => vectors[k * width + c]! }),
    values: Float64Array.from(values.subarray(0, rank), (value) => Math.sqrt(Math.max(0, value))),
  };
}

/** matrix (rows x columns) x block (columns x width). */
function times({ rows, starts, indices, values }: SparseMatrix, block: Float32Array, width: number): Float32Array {
  const result = new Float32Array(rows * width);
  const sum = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    sum.fill(0);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const value = values[at]!;
      const from = indices[at]! * width;
      for (let k = 0; k < width; k++) sum[k]! += value * block[from + k]!;
    }
    result.set(sum, row * width);
  }
  return result;
}

/** The matrix transposed (columns x rows) x block (rows x width). */
function timesTransposed(matrix: SparseMatrix, block: Float32Array, width: number): Float32Array {
  const { rows, columns, starts, indices, values } = matrix;
  const result = new Float32Array(columns * width);
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const value = values[at]!;
      const to = indices[at]! * width;
      for (let k = 0; k < width; k++) result[to + k]! += value * block[from + k]!;
    }
  }
  return result;
}

/** The same column space with orthonormal columns; directions that depend on others become zero. */
function orthonormal(block: Float32Array, width: number): Float32Array {
  const { values, vectors } = symmetricEigen(gram(block, width), width);
  const scales = values.map((value) => (value > negligible * values[0]! ? 1 / Math.sqrt(value) : 0));
  return multiply(block, { width, kept: width, factor: (k, c) => vectors[k * width + c]! * scales[c]! });
}

function gram(block: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width * width);
  for (let start = 0; start < block.length; start += width) {
    for (let i = 0; i < width; i++) {
      const value = block[start + i]!;
      for (let j = i; j < width; j++) sums[i * width + j]! += value * block[start + j]!;
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) sums[i * width + j] = sums[j * width + i]!;
  return sums;
}

/** block (n x width) x factor (width x kept). */
function multiply(
  block: Float32Array,
  { width, kept, factor }: { width: number; kept: number; factor: (row: number, column: number) => number },
): Float32Array {
  const dense = Float64Array.from({ length: width * kept }, (_, at) => factor(Math.floor(at / kept), at % kept));
  const rows = block.length / width;
  const result = new Float32Array(rows * kept);
  const sum = new Float64Array(kept);
  for (let row = 0; row < rows; row++) {
    sum.fill(0);
    for (let k = 0; k < width; k++) {
      const value = block[row * width + k]!;
      for (let c = 0; c < kept; c++) sum[c]! += value * dense[k * kept + c]!;
    }
    result.set(sum, row * kept);
  }
  return result;
}
