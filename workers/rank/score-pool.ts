// Query x pool -> scores: those of every story for one reader, and what each facet has in the score of some.
import type { Posed, Query } from './pose-query.ts';
import type { PoolRows } from './lay-rows.ts';
import type { Pool } from './prepare-pool.ts';
import { addAt, empty } from './sparse-sum.ts';

/** The score of every story of the pool, in standard deviations of this reader's scores: rows x width multiplications. */
export function scorePool({ vector, words, offset }: Query, { rows, stories }: Pool): Float64Array {
  const products = rows.board.products(vector, rows.rowStarts);
  const total = new Float64Array(stories.length);
  for (let story = 0; story < stories.length; story++) {
    const most = products.subarray(rows.starts[story], rows.starts[story + 1]).reduce((a, b) => Math.max(a, b));
    total[story] = most - offset + words[story]!;
  }
  return total;
}

/** Where the row begins that a story counts by. */
function bestStart({ vector }: Query, { starts, rowStarts, board }: PoolRows, place: number): number {
  const some = rowStarts.subarray(starts[place], starts[place + 1]);
  if (some.length === 1) return some[0]!;
  const products = board.products(vector, some);
  return some[products.indexOf(Math.max(...products))]!;
}

/**
 * What each facet has in the scores of some stories, places x facets, above what it has in that of the average story: the
 * shares of all facets, of what readers alike add, of the editors' order and their taste make up the score.
 */
export function sharesOf(query: Posed, places: Int32Array, { rows, few }: Pool): Float64Array {
  const { own, scales } = query;
  const shares = new Float64Array(places.length * own.length);
  const starts = new Int32Array(places.length + 1);
  places.forEach((place, at) => {
    starts[at] = bestStart(query, rows, place);
    addAt(few, place, at);
  });
  // The average row comes last.
  starts[places.length] = rows.meanStart;
  own.forEach(({ weight, words, vector }, facet) => {
    const cosines = vector && rows.board.products(vector, starts);
    const less = scales.words * words.mean + (cosines ? scales.meaning * cosines[places.length]! : 0);
    for (let at = 0; at < places.length; at++)
      shares[at * own.length + facet] = weight * ((cosines ? scales.meaning * cosines[at]! : 0) - less);
    // From one end to the other: to look up sixty places among some hundred takes longer.
    for (let at = 0; at < words.places.length; at++) {
      const place = words.places[at]!;
      if (few.isHeld[place] === 1)
        shares[few.sums[place]! * own.length + facet]! += weight * scales.words * words.values[at]!;
    }
  });
  empty(few);
  return shares;
}
