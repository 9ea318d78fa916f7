// terms x items -> the few directions in which the own corpus varies most; pure.
import { seededRandom } from './seeded-random.ts';

/** A sparse row: term numbers and their weights, of one length. */
export interface SparseRow {
  terms: Int32Array;
  weights: Float32Array;
}

const iterations = 5;

/**
 * An orthonormal basis of the leading right singular subspace of the rows (n x termCount), row-major termCount x rank.
 * Randomised subspace iteration (Halko, Martinsson, Tropp 2011). The singular vectors themselves are never needed:
 * cosines between projected rows are the same in every basis of the subspace.
 */
export function leadingDirections(
  rows: readonly SparseRow[],
  { termCount, rank, seed }: { termCount: number; rank: number; seed: number },
): Float32Array {
  const random = seededRandom(seed);
  const columns = Array.from({ length: rank }, () => Float64Array.from({ length: termCount }, () => gaussian(random)));
  orthonormalise(columns);
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (const column of columns) column.set(timesItsTranspose(rows, column));
    orthonormalise(columns);
  }
  const basis = new Float32Array(termCount * rank);
  columns.forEach((column, direction) => {
    for (let term = 0; term < termCount; term++) basis[term * rank + direction] = column[term]!;
  });
  return basis;
}

/** Box-Muller. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** X'X v, row by row. */
function timesItsTranspose(rows: readonly SparseRow[], vector: Float64Array): Float64Array {
  const result = new Float64Array(vector.length);
  for (const { terms, weights } of rows) {
    let score = 0;
    for (let at = 0; at < terms.length; at++) score += weights[at]! * vector[terms[at]!]!;
    for (let at = 0; at < terms.length; at++) result[terms[at]!]! += weights[at]! * score;
  }
  return result;
}

/** Modified Gram-Schmidt; a column that depends on earlier ones (a corpus of duplicates) becomes zero. */
function orthonormalise(columns: readonly Float64Array[]): void {
  columns.forEach((column, index) => {
    const before = Math.sqrt(dot(column, column));
    for (const earlier of columns.slice(0, index)) {
      const overlap = dot(column, earlier);
      for (let at = 0; at < column.length; at++) column[at]! -= overlap * earlier[at]!;
    }
    const after = Math.sqrt(dot(column, column));
    const scale = after > before * 1e-10 ? 1 / after : 0;
    for (let at = 0; at < column.length; at++) column[at]! *= scale;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
