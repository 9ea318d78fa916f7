// A story without a reader -> how much it is news: for drafts, for boards, and for readers nobody knows yet; pure.

export interface NewsFacts {
  /** The weight of each source that tells it, once however often it does. */
  weights: readonly number[];
  /** How many kinds of items it has: paper, video, post. */
  kinds: number;
  /** How many readers saved it. */
  saves: number;
  /** When its newest item was published. */
  newest: Date;
}

/** A kind more is worth a quarter of a doubling of sources. */
const kindWorth = 0.25;
/** Three saves are worth a doubling of sources. */
const saveWorth = 0.5;
/** What is three days old is half as fresh. */
const halfLifeDays = 3;
const dayMs = 86_400_000;

/** The formula as a page shows it. */
export const newsFormula =
  'log2(sources, each by its weight) + ¼ (kinds − 1) + ½ log2(1 + saves) + ½ ^ (age of the newest item / 3 days)';

/**
 * log2(sum of weights) + kinds, saves and freshness as above; about -3 to 10. Logarithms, since the step from one source
 * to two tells more than the one from nine to ten; freshness adds at most 1, so that a great story outlives its week.
 */
export function newsworthiness({ weights, kinds, saves, newest }: NewsFacts, now: Date): number {
  const sources = weights.reduce((sum, weight) => sum + weight, 0);
  const ageDays = Math.max(0, now.getTime() - newest.getTime()) / dayMs;
  return (
    Math.log2(sources) + kindWorth * (kinds - 1) + saveWorth * Math.log2(1 + saves) + 0.5 ** (ageDays / halfLifeDays)
  );
}
