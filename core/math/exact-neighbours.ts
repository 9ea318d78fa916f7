// vectors -> their nearest neighbours, exactly; pure, quick enough to about 5,000 vectors.
import { innerProduct } from './vectors.ts';

/** Row-major queries x k: the numbers of the nearest targets and their cosines, nearest first; -1 where there are fewer. */
export interface Neighbours {
  k: number;
  targets: Int32Array;
  cosines: Float32Array;
}

/** What is asked: the `k` targets nearest to each query. `excluded[query]` is the target a query must not find: itself. */
export interface Search {
  queries: readonly Float32Array[];
  targets: readonly Float32Array[];
  k: number;
  excluded: readonly number[];
}

/** No neighbours yet, for `count` queries. */
export function noNeighbours(count: number, k: number): Neighbours {
  return { k, targets: new Int32Array(count * k).fill(-1), cosines: new Float32Array(count * k).fill(-Infinity) };
}

/** Puts a neighbour of `query` in its place when it is among the `k` nearest so far. */
export function keepNearest({ k, targets, cosines }: Neighbours, query: number, found: [number, number]): void {
  const [target, likeness] = found;
  const start = query * k;
  let at = start + k - 1;
  if (likeness <= cosines[at]!) return;
  for (; at > start && cosines[at - 1]! < likeness; at--) {
    cosines[at] = cosines[at - 1]!;
    targets[at] = targets[at - 1]!;
  }
  cosines[at] = likeness;
  targets[at] = target;
}

/** Targets at a time: as many vectors of 640 numbers as the second cache holds. */
const tile = 256;

/** Every query against every target. */
export function exactNeighbours({ queries, targets, k, excluded }: Search): Neighbours {
  const nearest = noNeighbours(queries.length, k);
  for (let start = 0; start < targets.length; start += tile) {
    const end = Math.min(start + tile, targets.length);
    queries.forEach((query, number) => {
      for (let target = start; target < end; target++) {
        const likeness = innerProduct(query, targets[target]!);
        if (likeness > nearest.cosines[number * k + k - 1]! && target !== excluded[number]) {
          keepNearest(nearest, number, [target, likeness]);
        }
      }
    });
  }
  return nearest;
}
