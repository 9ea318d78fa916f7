// vectors -> the cosine below which two of them are no nearer than chance; pure.
import { seededRandom } from '../embed/seeded-random.ts';
import { cosine } from './knn.ts';

const sampledPairs = 40_000;
/** A handful of items says little about chance; below this cosine no embedder we know means "the same". */
const lowest = 0.25;

/**
 * Median + `spread` x (90th percentile - median) of the cosines of random pairs, all pairs when there are few.
 * Each embedder has its own scale, so the floor is read from the data; these two quantiles stay where they are
 * however many true pairs a week holds, which the 99.5th does not (0.2 to 1.2% of the pairs in our three gold sets).
 */
export function cosineFloor(vectors: readonly Float32Array[], spread: number): number {
  const count = vectors.length;
  const cosines = (count * (count - 1)) / 2 <= sampledPairs ? allPairs(vectors) : somePairs(vectors);
  cosines.sort();
  const at = (share: number): number => cosines[Math.floor(cosines.length * share)] ?? 0;
  return Math.max(lowest, at(0.5) + spread * (at(0.9) - at(0.5)));
}

function allPairs(vectors: readonly Float32Array[]): Float32Array {
  const count = vectors.length;
  const cosines = new Float32Array((count * (count - 1)) / 2);
  let at = 0;
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) cosines[at++] = cosine(vectors[a]!, vectors[b]!);
  return cosines;
}

function somePairs(vectors: readonly Float32Array[]): Float32Array {
  const random = seededRandom(1);
  const pick = (below: number): number => Math.floor(random() * below);
  return Float32Array.from({ length: sampledPairs }, () => {
    const a = pick(vectors.length);
    return cosine(vectors[a]!, vectors[(a + 1 + pick(vectors.length - 1)) % vectors.length]!);
  });
}
