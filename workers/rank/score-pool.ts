// Query x pool -> scores: exact ones of every story for one reader, and what each facet has in the score of a story.
import { valueAt } from './evidence.ts';
import { productAt } from './inner-product.ts';
import type { Query } from './pose-query.ts';
import type { Pool, PoolRows } from './prepare-pool.ts';
import type { Facet } from './profile.ts';

/** The score of every story of the pool, in standard deviations of this reader's scores: rows x width multiplications. */
export function scorePool({ vector, words, offset }: Query, { rows, stories }: Pool): Float64Array {
  const total = new Float64Array(stories.length);
  for (let story = 0; story < stories.length; story++) {
    let most = -Infinity;
    for (let row = rows.starts[story]!; row < rows.starts[story + 1]!; row++)
      most = Math.max(most, productAt(vector, rows.values, row * rows.width));
    total[story] = most - offset;
  }
  words.places.forEach((place, at) => (total[place]! += words.values[at]!));
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
  facet: Facet,
  { place, row, query, pool }: { place: number; row: number; query: Query; pool: Pool },
): number {
  const { vectorSize, values, width, mean } = pool.rows;
  const words = pool.wordsOf(facet);
  let share = query.scales.words * (valueAt(words, place) - words.mean);
  if (facet.vector && vectorSize > 0)
    share += query.scales.meaning * (productAt(facet.vector, values, row * width) - productAt(facet.vector, mean, 0));
  return facet.weight * share;
}
