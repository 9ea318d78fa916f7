// What the benchmarks of the embedder share: lines of JSON, and the dot product.
import { readFileSync } from 'node:fs';

/** The values of a file of JSON lines. */
export function readLines<Value>(path: string): Value[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Value);
}

/** Cosine of two vectors of length 1. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
