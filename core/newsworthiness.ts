// A story without a reader -> how much it is news: for drafts, for boards, and for readers nobody knows yet; pure.

export interface NewsFacts {
  /** The weight of each source that tells it, once however often it does; from `voicesOf`. */
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
/** What is two weeks old is half as fresh: the Monday and the Friday of a week, .8 and .95, are the same week. */
const halfLifeDays = 14;
const dayMs = 86_400_000;

/** The formula as a page shows it. */
export const newsFormula =
  'log2(sources, each by its weight) + ¼ (kinds − 1) + ½ log2(1 + saves) + ½ ^ (age of the newest item / 14 days)';

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

/** Where an item comes from, and what it is known by. */
interface Told {
  sourceId: number;
  /** As how many sources its own counts. */
  weight: number;
  keys: readonly string[];
  kind: string;
}

/** The weights of the independent sources behind some items: a paper is one however many lists of arXiv have its number. */
export function voicesOf(items: readonly Told[]): number[] {
  const voices = new Map<string, number>();
  for (const { sourceId, weight, keys, kind } of items) {
    const paper = kind === 'paper' ? keys.find((key) => key.startsWith('arxiv:')) : undefined;
    const voice = paper ?? `source ${sourceId}`;
    voices.set(voice, Math.max(voices.get(voice) ?? 0, weight));
  }
  return [...voices.values()];
}
