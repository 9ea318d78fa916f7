// vectors -> the same without what all of them share; pure.
import { meanVector, normalise } from '../../core/math/vectors.ts';

/** A mean of so few items is mostly these items: it is shrunk as if this many more had a mean of zero. */
const shrinkage = 30;

/** A function that takes the mean of `vectors` away, and returns unit length (Mu, Viswanath 2018). */
export function centreOn(vectors: readonly Float32Array[]): (vector: Float32Array) => Float32Array {
  const mean = meanVector(vectors);
  const share = vectors.length / (vectors.length + shrinkage);
  return (vector) => normalise(vector.map((value, at) => value - share * mean[at]!));
}
