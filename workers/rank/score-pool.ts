// Query x pool -> scores: exact ones of every story for one reader, and what each facet has in the score of a story.
import { valueAt } from './evidence.ts';
import { productAt } from './inner-product.ts';
import type { Part, Posed, Query } from './pose-query.ts';
import type { Pool, PoolRows } from './prepare-pool.ts';

/** The score of every story of the pool, in standard deviations of this reader's scores: rows x width multiplications. */
export function scorePool({ vector, words, offset }: Query, { rows, stories }: Pool): Float64Array {
  const total = new Float64Array(stories.length);
  for (let story = 0; story < stories.length; story++) {
    let most = -Infinity;
    for (let row = rows.starts[story]!; row < rows.starts[story + 1]!; row++)
      most = Math.max(most, productAt(vector, rows.values, row * rows.width));
    total[story] = most - offset + words[story]!;
  }
  return total;
}

/** The row a story counts by. */
export function bestRow({ vector }: Query, { starts, values, width }: PoolRows, place: number): number {
  let [best, most] = [starts[place]!, -Infinity];
  if (starts[place + 1]! - best === 1) return best;
  for (let row = best; row < starts[place + 1]!; row++) {
    const score = productAt(vector, values, row * width);
    if (score > most) [best, most] = [row, score];
  }
  return best;
}

/**
 * What one facet has in the score of a story, above what it has in that of the average story: the shares of all facets, of
 * what readers alike add, of the editors' order and their taste make up the score. `row` is the row the story counts by.
 */
export function shareOf(
  { weight, words, vector, mean }: Part,
  { place, row, scales, rows }: { place: number; row: number; scales: Posed['scales']; rows: PoolRows },
): number {
  const share = scales.words * (valueAt(words, place) - words.mean);
  if (!vector) return weight * share;
  return weight * (share + scales.meaning * (productAt(vector, rows.values, row * rows.width) - mean));
}
