// What the benchmarks of the embedder share: lines of JSON.
import { readFileSync } from 'node:fs';

/** The values of a file of JSON lines. */
export function readLines<Value>(path: string): Value[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Value);
}
