// Candidates without any library: some rows at a time, as many as the second cache holds, against each of some readers.
import { topK } from '../top-k.ts';
import { layWords, type FindCandidates } from './candidates.ts';

const readersAtOnce = 32;
/** 512 rows of 400 numbers are 800 KB. */
const rowsAtOnce = 512;

/** The highest rows of each reader by tiles; pure but for the promise. */
export const tiledTop: FindCandidates = async ({ queries, rows, stories, keep }) => {
  const { count, memory, rowStarts } = rows;
  const found: Int32Array[] = [];
  const scores = new Float32Array(readersAtOnce * count);
  const held = new Float32Array(count);
  for (let start = 0; start < queries.length; start += readersAtOnce) {
    const batch = queries.slice(start, start + readersAtOnce);
    for (let row = 0; row < count; row += rowsAtOnce) {
      const some = rowStarts.subarray(row, row + rowsAtOnce);
      batch.forEach(({ vector }, at) => scores.set(memory.products(vector, some), at * count + row));
    }
    batch.forEach(({ words }, at) => {
      const own = scores.subarray(at * count, (at + 1) * count);
      layWords(held, words, stories);
      for (let index = 0; index < count; index++) own[index]! += held[index]!;
      found.push(topK(own, keep));
    });
  }
  return found;
};
