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
