// A story without a reader -> how much it is news: for drafts, for boards, and for readers nobody knows yet; pure.
import { dayMs } from './time.ts';

export interface NewsFacts {
  /** The weight of each source that tells it, once however often it does; as `voicesOf` finds them. */
  weights: readonly number[];
  /** How many newsletters and link lists mention it without telling it. */
  newsletters: number;
  /** The most points that a community of readers gave to an item of it. */
  points: number;
  /** How many kinds of items it has: paper, video, post. */
  kinds: number;
  /** How many readers saved it. */
  saves: number;
  /** When its newest item was published. */
  newest: Date;
}

/** A mention says that somebody found it worth a line: half of what telling it says. */
export const mentionWorth = 0.5;
/** A hundred points are worth another source, ten a mention, a thousand half a source more. */
export const pointsWorth = 0.5;
/** A kind more is worth a quarter of a doubling of sources. */
export const kindWorth = 0.25;
/** Three saves are worth a doubling of sources. */
const saveWorth = 0.5;
/** What is two weeks old is half as fresh: the Monday and the Friday of a week, .8 and .95, are the same week. */
export const halfLifeDays = 14;

/**
 * As boards show it (`boards.hypeFormula` of `templates/words`): log2(sum of weights, mentions and points) + kinds, saves and freshness as above; about -3 to 10. Logarithms, since the step from one source
 * to two tells more than the one from nine to ten; freshness adds at most 1, so that a great story outlives its week.
 */
export function newsworthiness({ weights, newsletters, points, kinds, saves, newest }: NewsFacts, now: Date): number {
  const others = mentionWorth * newsletters + pointsWorth * Math.log10(1 + points);
  const sources = weights.reduce((sum, weight) => sum + weight, others);
  const ageDays = Math.max(0, now.getTime() - newest.getTime()) / dayMs;
  return (
    Math.log2(sources) + kindWorth * (kinds - 1) + saveWorth * Math.log2(1 + saves) + 0.5 ** (ageDays / halfLifeDays)
  );
}

/** Where an item comes from, what it is known by, and when it was published (ISO 8601). */
interface SourcedItem {
  sourceId: number;
  /** As how many sources its own counts. */
  weight: number;
  keys: readonly string[];
  kind: string;
  publishedAt: string;
}

/** A story by its items, at least one, the newsletters that mention it and its points; nobody was shown it, so nobody saved it. */
export function newsworthinessOf(
  { items, newsletters, points }: { items: readonly SourcedItem[]; newsletters: number; points: number },
  now: Date,
): number {
  const voices = voicesOf(items);
  return newsworthiness(
    {
      weights: voices.map(({ weight }) => weight),
      newsletters,
      points,
      kinds: new Set(items.map(({ kind }) => kind)).size,
      saves: 0,
      newest: new Date(Math.max(...voices.map(({ at }) => Date.parse(at)))),
    },
    now,
  );
}

/** An independent source behind a story, and when it told it first. */
export interface Voice {
  weight: number;
  at: string;
}

/** The independent sources behind some items: a paper is one however many lists of arXiv announce its number, on whatever days. */
export function voicesOf(items: readonly SourcedItem[]): Voice[] {
  const voices = new Map<string, Voice>();
  for (const { sourceId, weight, keys, kind, publishedAt } of items) {
    const paper = kind === 'paper' ? keys.find((key) => key.startsWith('arxiv:')) : undefined;
    const voice = paper ?? `source ${sourceId}`;
    const known = voices.get(voice) ?? { weight, at: publishedAt };
    const isEarlier = Date.parse(publishedAt) < Date.parse(known.at);
    voices.set(voice, { weight: Math.max(known.weight, weight), at: isEarlier ? publishedAt : known.at });
  }
  return [...voices.values()];
}
