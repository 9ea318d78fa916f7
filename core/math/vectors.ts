// Dense vectors: what is done with one or two of them, and the mean of some; for many at once see kernels/. Pure.

/**
 * The inner product of two vectors of one length, in double precision: their cosine when both have length 1. Four sums, since one
 * would wait for itself (a third of the time).
 */
export function innerProduct(vector: Float32Array, other: Float32Array): number {
  const size = vector.length;
  const whole = size & ~3;
  // No destructuring here: it costs as much as the products.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < whole; at += 4) {
    a += vector[at]! * other[at]!;
    b += vector[at + 1]! * other[at + 1]!;
    c += vector[at + 2]! * other[at + 2]!;
    d += vector[at + 3]! * other[at + 3]!;
  }
  for (let at = whole; at < size; at++) a += vector[at]! * other[at]!;
  return a + b + (c + d);
}

/** The inner product of two vectors whose numbers are kept in double precision. */
export function innerProduct64(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** The cosine of two vectors of any length, from -1 to 1; 0 when one of them is all zeros. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const product = innerProduct(a, b);
  return product === 0 ? 0 : product / Math.sqrt(innerProduct(a, a) * innerProduct(b, b));
}

/** Scales a vector to length 1 in place; a vector of zeros stays as it is. */
export function normalise(vector: Float32Array): Float32Array {
  return scaleTo(vector, 1);
}

/** Scales a vector to `length` in place; a vector of zeros stays as it is. */
export function scaleTo(vector: Float32Array, length: number): Float32Array {
  const squared = innerProduct(vector, vector);
  if (squared === 0) return vector;
  const scale = length / Math.sqrt(squared);
  for (let at = 0; at < vector.length; at++) vector[at]! *= scale;
  return vector;
}

/** Adds scale x other to `sum` in place. */
export function addScaled(sum: Float32Array, other: Float32Array, scale: number): Float32Array {
  for (let at = 0; at < sum.length; at++) sum[at]! += scale * other[at]!;
  return sum;
}

/** The mean of vectors of one length; a vector of no numbers for none. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) addScaled(mean, vector, 1 / vectors.length);
  return mean;
}

/** The mean of vectors, at length 1: the direction that they have in common. */
export function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  return normalise(meanVector(vectors));
}
