// Query x pool -> scores: exact ones of every story for one reader, and what each facet has in the score of a story.
import { productAt, productsAt, productTable, rowsOf } from './inner-product.ts';
import type { Posed, Query } from './pose-query.ts';
import type { Pool, PoolRows } from './prepare-pool.ts';
import { addAt, empty } from './sparse-sum.ts';

/** The score of every story of the pool, in standard deviations of this reader's scores: rows x width multiplications. */
export function scorePool({ vector, words, offset }: Query, { rows, stories }: Pool): Float64Array {
  const products = productsAt(vector, rowsOf(rows.values, rows.width));
  const total = new Float64Array(stories.length);
  for (let story = 0; story < stories.length; story++) {
    const most = products.subarray(rows.starts[story], rows.starts[story + 1]).reduce((a, b) => Math.max(a, b));
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
 * What each facet has in the scores of some stories, places x facets, above what it has in that of the average story: the
 * shares of all facets, of what readers alike add, of the editors' order and their taste make up the score.
 */
export function sharesOf(query: Posed, places: Int32Array, { rows, few }: Pool): Float64Array {
  const { own, vectors, scales } = query;
  const starts = places.map((place) => bestRow(query, rows, place) * rows.width);
  const facets = rowsOf(vectors, rows.vectorSize);
  const shares =
    rows.vectorSize > 0
      ? productTable({ values: rows.values, starts }, facets, rows.vectorSize)
      : new Float64Array(places.length * own.length);
  own.forEach(({ mean, words }, facet) => {
    const fixed = scales.meaning * mean + scales.words * words.mean;
    for (let at = facet; at < shares.length; at += own.length) shares[at] = scales.meaning * shares[at]! - fixed;
  });
  places.forEach((place, at) => addAt(few, place, at));
  own.forEach(({ words }, facet) => {
    // From one end to the other: to look up sixty places among some hundred takes longer.
    for (let at = 0; at < words.places.length; at++) {
      const place = words.places[at]!;
      if (few.isHeld[place] === 0) continue;
      shares[few.sums[place]! * own.length + facet]! += scales.words * words.values[at]!;
    }
  });
  empty(few);
  for (let at = 0; at < shares.length; at++) shares[at]! *= own[at % own.length]!.weight;
  return shares;
}
