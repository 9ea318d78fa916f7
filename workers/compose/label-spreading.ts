// seeds and a graph of neighbours -> labels spread over it (Zhou et al. 2004, local and global consistency); pure.
import type { NearestRows } from '../../core/math/exact-nearest-rows.ts';

/** What a node takes from its neighbours instead of its own seed; .96 on BBC with .8 to .95 alike. */
const spreadShare = 0.9;
/** .9 to the 60th is .002. */
const rounds = 60;

/**
 * Row-major rows x `width` in, the same out: F = a S F + (1 - a) Y, with S the symmetric graph whose weights are cosines
 * (of unit-length rows, 1 - d^2 / 2), normalised by degree on both sides.
 */
export function spreadLabels(
  seeds: Float32Array,
  { width, nearest }: { width: number; nearest: NearestRows },
): Float32Array {
  const edges = symmetricEdges(nearest, seeds.length / width);
  let spread = Float32Array.from(seeds);
  for (let round = 0; round < rounds; round++) {
    const next = seeds.map((value) => value * (1 - spreadShare));
    for (const { a, b, weight } of edges) {
      for (let at = 0; at < width; at++) {
        next[a * width + at]! += spreadShare * weight * spread[b * width + at]!;
        next[b * width + at]! += spreadShare * weight * spread[a * width + at]!;
      }
    }
    spread = next;
  }
  return spread;
}

interface Edge {
  a: number;
  b: number;
  weight: number;
}

function symmetricEdges({ k, rows, distances }: NearestRows, count: number): Edge[] {
  const edges = new Map<number, Edge>();
  rows.forEach((b, at) => {
    const a = Math.floor(at / k);
    const weight = 1 - distances[at]! ** 2 / 2;
    if (weight > 0) edges.set(Math.min(a, b) * count + Math.max(a, b), { a, b, weight });
  });
  const degrees = new Float64Array(count);
  for (const { a, b, weight } of edges.values()) {
    degrees[a]! += weight;
    degrees[b]! += weight;
  }
  return [...edges.values()].map(({ a, b, weight }) => ({
    a,
    b,
    weight: weight / Math.sqrt(degrees[a]! * degrees[b]!),
  }));
}
