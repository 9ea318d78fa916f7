// nearest rows -> the weighted edges of UMAP's fuzzy simplicial set (McInnes, Healy, Melville 2018, section 3.1); pure.
import type { NearestRows } from '../../core/math/exact-nearest-rows.ts';

/** Undirected edges: row numbers and memberships in (0, 1]. */
export interface FuzzyGraph {
  from: Int32Array;
  to: Int32Array;
  weights: Float32Array;
}

/** Each row reaches log2(k) neighbours, the nearest of them wholly; what either side says is joined: a + b - ab. */
export function fuzzyGraph(nearest: NearestRows): FuzzyGraph {
  const { k, rows, distances } = nearest;
  const count = k === 0 ? 0 : rows.length / k;
  const joined = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const own = distances.subarray(row * k, (row + 1) * k);
    const { reach, scale } = smooth(own);
    own.forEach((distance, at) => {
      const weight = Math.exp(-Math.max(0, distance - reach) / scale);
      const other = rows[row * k + at]!;
      const edge = Math.min(row, other) * count + Math.max(row, other);
      const before = joined.get(edge) ?? 0;
      joined.set(edge, before + weight - before * weight);
    });
  }
  const edges = [...joined];
  return {
    from: Int32Array.from(edges, ([edge]) => Math.floor(edge / count)),
    to: Int32Array.from(edges, ([edge]) => edge % count),
    weights: Float32Array.from(edges, ([, weight]) => weight),
  };
}

/** The distance up to which a neighbour counts wholly, and the scale on which memberships then sum to log2(k). */
function smooth(distances: Float32Array): { reach: number; scale: number } {
  const reach = distances.find((distance) => distance > 0) ?? 0;
  const wanted = Math.log2(distances.length + 1);
  let [low, high] = [0, Infinity];
  let scale = 1;
  for (let step = 0; step < 64; step++) {
    const sum = distances.reduce((total, distance) => total + Math.exp(-Math.max(0, distance - reach) / scale), 0);
    if (sum > wanted) high = scale;
    else low = scale;
    scale = high === Infinity ? scale * 2 : (low + high) / 2;
    // All at one distance: every scale is as good.
    if (scale > 1e6) break;
  }
  return { reach, scale: Math.max(scale, 1e-3) };
}
