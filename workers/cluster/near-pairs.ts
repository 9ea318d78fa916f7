// items with vectors and words -> the pairs that are more alike than chance; pure.
import { centreOn } from './centre.ts';
import type { Edge } from './graph.ts';
import { withoutFaint, type LikePair } from './faint-pairs.ts';
import { chanceFloor } from './floor.ts';
import { innerProduct } from '../../core/math/vectors.ts';
import { findNeighbours } from '../../core/math/find-neighbours.ts';
import { pairMap, type PairMap } from './pair-map.ts';
import { overlapsWith, wordNeighbours } from './word-neighbours.ts';
import { weighWords, wordOverlap } from './word-overlap.ts';

/** An item's words and vector, and the vectors of the stretches of its transcript. */
export interface Embedded {
  words: string;
  vector: Float32Array;
  segments: readonly Float32Array[];
}

/** Near pairs, and how any two items stand to what chance would have: 1 is at the floor, 0 is nothing in common. */
export interface Nearness {
  pairs: Edge[];
  aboveChance: (a: number, b: number) => number;
}

interface NearOptions {
  /** How many neighbours of an item are looked at, by vector and by words. */
  k: number;
  /** What the shared words count beside the vectors, 0 to 1. */
  wordShare: number;
}

/**
 * The pairs above their floor among each item's nearest by vector and by words, nearest first, but
 * for the faint ones; a weight is how far above.
 * Likeness is the mean of two cosines: vectors know synonyms, rare words (names, methods, numbers with a unit) know
 * which of two alike things is meant. A talk is as near as its best stretch: the mean of an hour says little (R@1 .365
 * against .074). Only pairs with an item of `asked` are looked for.
 */
export async function nearPairs(
  items: readonly Embedded[],
  asked: ReadonlySet<number>,
  { k, wordShare }: NearOptions,
): Promise<Nearness> {
  const centre = centreOn(items.map(({ vector }) => vector));
  const vectors = items.map(({ vector }) => centre(vector));
  const words = weighWords(items.map((item) => item.words));
  const mix = (overlap: number, meaning: number): number => wordShare * overlap + (1 - wordShare) * meaning;
  const floor = chanceFloor(words.lengths, (others) => {
    const overlaps = overlapsWith(words, others);
    return (item) =>
      overlaps(item).map((overlap, at) => mix(overlap, innerProduct(vectors[item]!, vectors[others[at]!]!)));
  });
  const meanings = await byMeaning(items, vectors, { asked, k, centre });
  const list = [...asked];
  const shared = wordNeighbours(words, list, k);
  shared.targets.forEach((target, at) => {
    if (target < 0) return;
    const item = list[Math.floor(at / k)]!;
    if (meanings.get(item, target) === undefined)
      meanings.set(item, target, innerProduct(vectors[item]!, vectors[target]!));
  });
  const near: (Edge & LikePair)[] = [];
  meanings.forEach((a, b, meaning) => {
    const likeness = mix(wordOverlap(words, a, b), meaning);
    const weight = likeness - floor(a, b, likeness);
    if (weight > 0) near.push({ a, b, likeness, weight });
  });
  const nearestFirst = near.toSorted((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
  return {
    pairs: withoutFaint(nearestFirst, items.length),
    aboveChance: (a, b) => {
      const meaning = meanings.get(a, b) ?? innerProduct(vectors[a]!, vectors[b]!);
      return mix(wordOverlap(words, a, b), meaning) / floor(a, b);
    },
  };
}

/** Pairs of near neighbours and the best cosine of each, of whole items or of a stretch of a talk. */
async function byMeaning(
  items: readonly Embedded[],
  vectors: readonly Float32Array[],
  { asked, k, centre }: { asked: ReadonlySet<number>; k: number; centre: (vector: Float32Array) => Float32Array },
): Promise<PairMap> {
  const askers = [...items.keys()].filter((item) => asked.has(item) || items[item]!.segments.length > 0);
  const owners = askers.flatMap((item) => [item, ...items[item]!.segments.map(() => item)]);
  const queries = askers.flatMap((item) => [vectors[item]!, ...items[item]!.segments.map(centre)]);
  const found = await findNeighbours({ queries, targets: vectors, k, excluded: owners });
  // Room for those by words, too.
  const best = pairMap(found.targets.length + asked.size * k);
  found.targets.forEach((target, at) => {
    const owner = owners[Math.floor(at / k)]!;
    if (target < 0 || (!asked.has(owner) && !asked.has(target))) return;
    best.set(owner, target, Math.max(found.cosines[at]!, best.get(owner, target) ?? -1));
  });
  return best;
}
