// products of small dense matrices, row-major float64, in tiles: each number that is loaded is used several times; pure.

/**
 * a (n x d) x b transposed (d x n) -> n x n: the dot products of all rows of a with all rows of b. Two rows of a by four
 * of b at a time take half the time of one by four.
 */
export function rowProducts(a: Float64Array, b: Float64Array, dimension: number): Float64Array {
  const count = a.length / dimension;
  const result = new Float64Array(count * count);
  // Past the end the last row is taken again, and its product written once more.
  const last = count - 1;
  for (let j = 0; j < count; j += 4) {
    const j1 = Math.min(j + 1, last);
    const j2 = Math.min(j + 2, last);
    const j3 = Math.min(j + 3, last);
    const [b0, b1, b2, b3] = [j * dimension, j1 * dimension, j2 * dimension, j3 * dimension];
    for (let i = 0; i < count; i += 2) {
      const i1 = Math.min(i + 1, last);
      const [a0, a1] = [i * dimension, i1 * dimension];
      let [s0, s1, s2, s3, t0, t1, t2, t3] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let d = 0; d < dimension; d++) {
        const v = a[a0 + d]!;
        const w = a[a1 + d]!;
        const [x0, x1, x2, x3] = [b[b0 + d]!, b[b1 + d]!, b[b2 + d]!, b[b3 + d]!];
        s0 += v * x0;
        s1 += v * x1;
        s2 += v * x2;
        s3 += v * x3;
        t0 += w * x0;
        t1 += w * x1;
        t2 += w * x2;
        t3 += w * x3;
      }
      const [row, row1] = [i * count, i1 * count];
      result[row + j] = s0;
      result[row + j1] = s1;
      result[row + j2] = s2;
      result[row + j3] = s3;
      result[row1 + j] = t0;
      result[row1 + j1] = t1;
      result[row1 + j2] = t2;
      result[row1 + j3] = t3;
    }
  }
  return result;
}

/**
 * factor (n x n) x b (n x d) -> n x d, with the factor read by columns when `transposed`. Entries of the factor nearer to
 * zero than `least` are taken for zero.
 */
export function sparseProduct(
  factor: Float64Array,
  b: Float64Array,
  { dimension, least, transposed }: { dimension: number; least: number; transposed: boolean },
): Float64Array {
  const count = b.length / dimension;
  const result = new Float64Array(b.length);
  const kept = new Int32Array(count + 3);
  const values = new Float64Array(count + 3);
  const [alongRow, alongColumn] = transposed ? [1, count] : [count, 1];
  for (let i = 0; i < count; i++) {
    let length = 0;
    for (let j = 0; j < count; j++) {
      const value = factor[i * alongRow + j * alongColumn]!;
      if (value < least && value > -least) continue;
      kept[length] = j * dimension;
      values[length++] = value;
    }
    values.fill(0, length, length + 3);
    addFour(result.subarray(i * dimension, (i + 1) * dimension), b, { kept, values, length });
  }
  return result;
}

/** Adds each kept row of b times its value to the sum; three values past the length are zero. */
function addFour(
  sum: Float64Array,
  b: Float64Array,
  { kept, values, length }: { kept: Int32Array; values: Float64Array; length: number },
): void {
  for (let at = 0; at < length; at += 4) {
    const [v0, v1, v2, v3] = [values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!];
    const [b0, b1, b2, b3] = [kept[at]!, kept[at + 1]!, kept[at + 2]!, kept[at + 3]!];
    for (let d = 0; d < sum.length; d++) {
      sum[d]! += v0 * b[b0 + d]! + v1 * b[b1 + d]! + v2 * b[b2 + d]! + v3 * b[b3 + d]!;
    }
  }
}
