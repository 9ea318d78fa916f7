// items with vectors -> the pairs that read more alike than chance; pure.
import { cosineFloor } from './floor.ts';
import type { Edge } from './communities.ts';
import { nearestNeighbours } from './knn.ts';

/** An item's vector, and those of the stretches of its transcript. */
export interface Embedded {
  vector: Float32Array;
  segments: readonly Float32Array[];
}

/**
 * The pairs above the floor among each item's `k` nearest, nearest first; an edge's weight is its cosine.
 * A talk is as near as its best stretch, since the mean of an hour says little (R@1 .365 against .074).
 */
export function nearPairs(
  items: readonly Embedded[],
  { k, spread }: { k: number; spread: number },
): { pairs: Edge[]; floor: number } {
  const targets = items.map(({ vector }) => vector);
  const floor = cosineFloor(targets, spread);
  const owners = items.flatMap(({ segments }, item) => [item, ...segments.map(() => item)]);
  const queries = items.flatMap(({ vector, segments }) => [vector, ...segments]);
  const found = nearestNeighbours(queries, targets, { k, excluded: owners });
  const best = new Map<number, Edge>();
  found.targets.forEach((target, at) => {
    const weight = found.cosines[at]!;
    const owner = owners[Math.floor(at / k)]!;
    if (target < 0 || weight <= floor || weight <= 0) return;
    const [a, b] = owner < target ? [owner, target] : [target, owner];
    const key = a * items.length + b;
    if (weight > (best.get(key)?.weight ?? 0)) best.set(key, { a, b, weight });
  });
  const pairs = [...best.values()].toSorted((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
  return { pairs, floor };
}
