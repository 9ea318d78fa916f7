// vectors -> the same without what all of them share; pure.
import { normalise } from '../../core/embedder/embedder.ts';

/** A mean of so few items is mostly these items: it is shrunk as if this many more had a mean of zero. */
const shrinkage = 30;

/** A function that takes the mean of `vectors` away, and returns unit length (Mu, Viswanath 2018). */
export function centreOn(vectors: readonly Float32Array[]): (vector: Float32Array) => Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]!;
  const scale = 1 / (vectors.length + shrinkage);
  for (let at = 0; at < mean.length; at++) mean[at]! *= scale;
  return (vector) => normalise(vector.map((value, at) => value - mean[at]!));
}
