// two groups of items -> are they as near to one another as the items of one story are; pure.

/** Likeness of two items by number: 1 where chance would have it no higher. */
type AboveChance = (a: number, b: number) => number;

/** The mean over two groups that are one story; below it a chain of neighbours would make one story of two. */
const leastMean = 0.5;
/** Groups stay two when they are less than this share as near to one another as the looser is within (compare Felzenszwalb, Huttenlocher 2004). */
const shareOfWithin = 0.45;
/** Of large groups the newest members speak for all: a story of 300 posts would ask 90,000 questions. */
const mostAsked = 12;

/** A test whether two groups, as lists that only grow, cohere. */
export function cohesionBy(aboveChance: AboveChance): (left: readonly number[], right: readonly number[]) => boolean {
  const known = new WeakMap<readonly number[], { size: number; mean: number }>();
  const within = (members: readonly number[]): number => {
    const before = known.get(members);
    if (before?.size === members.length) return before.mean;
    const some = members.slice(-mostAsked);
    const mean = meanOf(some.flatMap((a, at) => some.slice(0, at).map((b) => aboveChance(a, b))));
    known.set(members, { size: members.length, mean });
    return mean;
  };
  return (left, right) => {
    const [some, others] = [left.slice(-mostAsked), right.slice(-mostAsked)];
    const between = meanOf(some.flatMap((a) => others.map((b) => aboveChance(a, b))));
    if (between < leastMean) return false;
    // One item alone is as near to itself as can be: it sets no measure.
    const own = [left, right].filter(({ length }) => length > 1).map(within);
    return own.length === 0 || between >= shareOfWithin * Math.min(...own);
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
