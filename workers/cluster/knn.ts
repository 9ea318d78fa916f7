// vectors -> their nearest neighbours, exactly; pure, quick enough to about 5,000 vectors.

/** Row-major queries x k: the numbers of the nearest targets and their cosines, nearest first; -1 where there are fewer. */
export interface Neighbours {
  k: number;
  targets: Int32Array;
  cosines: Float32Array;
}

/** The cosine of two vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** The `k` targets nearest to each query. `excluded[query]` is the target a query must not find: itself. */
export function nearestNeighbours(
  queries: readonly Float32Array[],
  targets: readonly Float32Array[],
  { k, excluded }: { k: number; excluded: readonly number[] },
): Neighbours {
  const found = new Int32Array(queries.length * k).fill(-1);
  const cosines = new Float32Array(queries.length * k).fill(-Infinity);
  queries.forEach((query, number) => {
    const start = number * k;
    const last = start + k - 1;
    targets.forEach((target, candidate) => {
      if (candidate === excluded[number]) return;
      const likeness = cosine(query, target);
      if (likeness <= cosines[last]!) return;
      let at = last;
      for (; at > start && cosines[at - 1]! < likeness; at--) {
        cosines[at] = cosines[at - 1]!;
        found[at] = found[at - 1]!;
      }
      cosines[at] = likeness;
      found[at] = candidate;
    });
  });
  return { k, targets: found, cosines };
}
