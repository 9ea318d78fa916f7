// Candidates without any library: the products of four readers with all rows at a time, then the highest of each.
import { highest } from '../highest.ts';
import { productTable, rowsOf } from '../inner-product.ts';
import { layWords, type FindCandidates } from './candidates.ts';

const readersAtOnce = 4;

/** The highest rows of each reader by tiles of typed arrays; pure but for the promise. */
export const tiledTop: FindCandidates = async ({ queries, rows, stories, keep }) => {
  const { width, count, values } = rows;
  const found: Int32Array[] = [];
  const held = new Float32Array(count);
  for (let start = 0; start < queries.length; start += readersAtOnce) {
    const batch = queries.slice(start, start + readersAtOnce);
    const readers = new Float32Array(batch.length * width);
    batch.forEach(({ vector }, at) => readers.set(vector, at * width));
    const products = productTable(rowsOf(readers, width), rowsOf(values, width), width);
    batch.forEach(({ words }, at) => {
      const own = products.subarray(at * count, (at + 1) * count);
      layWords(held, words, stories);
      for (let place = 0; place < count; place++) own[place]! += held[place]!;
      found.push(highest(own, keep));
    });
  }
  return found;
};
