// two items -> the likeness above which they are nearer than chance would have them; pure.
import { seededRandom } from '../embed/seeded-random.ts';

/** Of two long texts, before what is usual for each of them is added; the optimum of all our gold sets is .34 to .38. */
const base = 0.355;
/** Two short texts on one thing share fewer words: their floor begins at this share of the base. */
const shortShare = 0.6;
/** From so many terms on (about 100 words) a text is long. */
const longText = 200;
const sampled = 200;

/**
 * The floor of a pair: the base, less for short texts, plus the 75th percentile of the likeness of each to random
 * others. Papers of one field are all alike, a story on football among them is not: one floor for both would join
 * papers or cut stories (pairwise F1 .83 instead of .86 on a week of papers and news).
 */
export function chanceFloor(
  lengths: readonly number[],
  likenessTo: (others: readonly number[]) => (item: number) => Float32Array,
): (a: number, b: number) => number {
  const random = seededRandom(1);
  const count = lengths.length;
  const others = Array.from({ length: Math.min(sampled, count) }, (_, at) =>
    count <= sampled ? at : Math.floor(random() * count),
  );
  const likeness = likenessTo(others);
  const usual = new Map<number, number>();
  const usualOf = (item: number): number => {
    if (!usual.has(item)) usual.set(item, thirdQuartile(likeness(item).filter((_, at) => others[at] !== item)));
    return usual.get(item)!;
  };
  const share = (item: number): number => Math.min(1, lengths[item]! / longText);
  return (a, b) => {
    const long = (share(a) * share(b)) ** 0.25;
    return base * (shortShare + (1 - shortShare) * long) + usualOf(a) + usualOf(b);
  };
}

function thirdQuartile(values: Float32Array): number {
  const sorted = values.toSorted();
  return Math.max(0, sorted[Math.floor(sorted.length * 0.75)] ?? 0);
}
