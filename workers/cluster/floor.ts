// two items -> the likeness above which they are nearer than chance would have them; pure.
import { seededRandom } from '../../core/math/seeded-random.ts';

/** Of two long texts, before what is usual for each of them is added; a logistic regression on pairs of our gold sets puts it at .4 to .6. */
const base = 0.48;
/** Two short texts on one thing share fewer words: their floor begins at this share of the base. */
const shortShare = 0.3;
/** From so many terms on (about 100 words) a text is long. */
const longText = 200;
const sampled = 200;

/**
 * The floor of a pair: the base, less for short texts, plus the 75th percentile of the likeness of each to random
 * others. Papers of one field are all alike, a story on football among them is not: one floor for both would join
 * papers or cut stories (pairwise F1 .83 instead of .87 on a week of papers and news). Where `likeness` is not above the
 * base, what is usual is not asked for: that is most pairs, and a third of the time.
 */
export function chanceFloor(
  lengths: readonly number[],
  likenessTo: (others: readonly number[]) => (item: number) => Float32Array,
): (a: number, b: number, likeness?: number) => number {
  const random = seededRandom(1);
  const count = lengths.length;
  const others = Array.from({ length: Math.min(sampled, count) }, (_, at) =>
    count <= sampled ? at : Math.floor(random() * count),
  );
  const likenessOf = likenessTo(others);
  const usual = new Map<number, number>();
  const usualOf = (item: number): number => {
    if (!usual.has(item)) usual.set(item, thirdQuartile(likenessOf(item).filter((_, at) => others[at] !== item)));
    return usual.get(item)!;
  };
  const share = (item: number): number => Math.min(1, lengths[item]! / longText);
  return (a, b, likeness = Infinity) => {
    const long = Math.sqrt(share(a) * share(b));
    const least = base * (shortShare + (1 - shortShare) * long);
    return likeness <= least ? least : least + usualOf(a) + usualOf(b);
  };
}

function thirdQuartile(values: Float32Array): number {
  const sorted = values.toSorted();
  return Math.max(0, sorted[Math.floor(sorted.length * 0.75)] ?? 0);
}
