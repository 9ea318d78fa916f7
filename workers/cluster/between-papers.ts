// near pairs -> groups that are as near to one paper as to another, and so about neither; pure.
import type { Edge } from './graph.ts';
import type { StoryCandidate } from './rules.ts';

/** A post on a data set is near every paper that was measured on it; a post on a paper is nearer to it than to others. */
const asNear = 0.9;

interface Papers {
  items: readonly Pick<StoryCandidate, 'kind'>[];
  pairs: readonly Edge[];
  aboveChance: (a: number, b: number) => number;
}

/** A test whether a group without a paper is all but as near to a paper outside as to those of the group it would join. */
export function isBetweenPapers({
  items,
  pairs,
  aboveChance,
}: Papers): (left: readonly number[], right: readonly number[]) => boolean {
  const isPaper = (item: number): boolean => items[item]!.kind === 'paper';
  const papersNear = new Map<number, number[]>();
  const note = (item: number, paper: number): void => {
    if (!papersNear.has(item)) papersNear.set(item, []);
    papersNear.get(item)!.push(paper);
  };
  for (const { a, b } of pairs) {
    if (isPaper(b)) note(a, b);
    if (isPaper(a)) note(b, a);
  }
  const isBetween = (group: readonly number[], home: readonly number[]): boolean => {
    const papers = home.filter(isPaper);
    if (papers.length === 0 || group.some(isPaper)) return false;
    const near = Math.max(...group.flatMap((item) => papers.map((paper) => aboveChance(item, paper))));
    return group.some((item) =>
      (papersNear.get(item) ?? []).some((paper) => !home.includes(paper) && aboveChance(item, paper) >= asNear * near),
    );
  };
  return (left, right) => isBetween(left, right) || isBetween(right, left);
}
