// Query x pool -> scores: those of every story for one reader, and what each facet has in the score of some.
import type { ExplainableQuery, Query } from './pose-query.ts';
import type { PoolRows } from './lay-rows.ts';
import type { Pool } from './prepare-pool.ts';
import { addAt, clear } from './sparse-sum.ts';

/** The score of every story of the pool, in standard deviations of this reader's scores: rows x width multiplications. */
export function scorePool({ vector, words, offset }: Query, { rows, stories }: Pool): Float64Array {
  const products = rows.memory.products(vector, rows.rowStarts);
  const total = new Float64Array(stories.length);
  for (let story = 0; story < stories.length; story++) {
    const most = products.subarray(rows.starts[story], rows.starts[story + 1]).reduce((a, b) => Math.max(a, b));
    total[story] = most - offset + words[story]!;
  }
  return total;
}

/** The score of one story for one reader, as `scorePool` gives it. */
export function scoreAt({ vector, words, offset }: Query, index: number, { rows }: Pool): number {
  const products = rows.memory.products(vector, rows.rowStarts.subarray(rows.starts[index], rows.starts[index + 1]));
  return products.reduce((most, one) => Math.max(most, one)) - offset + words[index]!;
}

/** Where the row begins that a story counts by. */
function bestStart({ vector }: Query, { starts, rowStarts, memory }: PoolRows, index: number): number {
  const some = rowStarts.subarray(starts[index], starts[index + 1]);
  if (some.length === 1) return some[0]!;
  const products = memory.products(vector, some);
  return some[products.indexOf(Math.max(...products))]!;
}

/**
 * What each facet has in the scores of some stories, stories x facets, above what it has in that of the average story: the
 * shares of all facets, of what readers alike add, of the editors' order and their taste make up the score.
 */
export function sharesOf(query: ExplainableQuery, indices: Int32Array, { rows, few }: Pool): Float64Array {
  const { own, scales } = query;
  const shares = new Float64Array(indices.length * own.length);
  const starts = new Int32Array(indices.length + 1);
  indices.forEach((index, at) => {
    starts[at] = bestStart(query, rows, index);
    addAt(few, index, at);
  });
  // The average row comes last.
  starts[indices.length] = rows.meanStart;
  own.forEach(({ weight, words, vector }, facet) => {
    const cosines = vector && rows.memory.products(vector, starts);
    const less = scales.words * words.mean + (cosines ? scales.meaning * cosines[indices.length]! : 0);
    for (let at = 0; at < indices.length; at++)
      shares[at * own.length + facet] = weight * ((cosines ? scales.meaning * cosines[at]! : 0) - less);
    // From one end to the other: to look up sixty indices among some hundred takes longer.
    for (let at = 0; at < words.indices.length; at++) {
      const index = words.indices[at]!;
      if (few.isHeld[index] === 1)
        shares[few.sums[index]! * own.length + facet]! += weight * scales.words * words.values[at]!;
    }
  });
  clear(few);
  return shares;
}
