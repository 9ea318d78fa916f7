// items -> vectors: what every embedder is, whatever makes the vectors.

/** Turns texts into unit-length vectors; vectors of two embedders with different names must never be compared. */
export interface Embedder {
  /** Names the model and the fit, such as "embedded/1b9c02fe"; stored beside every vector. */
  name: string;
  dimension: number;
  /** What it can read, in words for a person. */
  languages: string;
  embed(texts: string[]): Promise<Float32Array[]>;
}

/** Scales a vector to length 1 in place; a vector of zeros stays as it is. */
export function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum > 0) {
    const scale = 1 / Math.sqrt(sum);
    for (let index = 0; index < vector.length; index++) vector[index]! *= scale;
  }
  return vector;
}

/** Adds scale x other to `sum` in place. */
export function addScaled(sum: Float32Array, other: Float32Array, scale: number): Float32Array {
  for (let at = 0; at < sum.length; at++) sum[at]! += scale * other[at]!;
  return sum;
}
