// last week's topics and this week's -> what became of each: born, split, returned, merged, faded; pure.

/** A topic and its stories. */
export interface TopicStories {
  topicId: number;
  storyIds: readonly number[];
}

export interface TopicChange {
  topicId: number;
  kind: 'born' | 'split' | 'returned' | 'merged' | 'faded';
  /** The topic it came from (split) or became part of (merged). */
  otherId: number | null;
}

/** What has to come from, or go to, one other topic for it to be the whole story. */
const half = 0.5;

/**
 * The events of a week, none before the second. `earlier` are the ids of topics of any week before the last.
 * Stories that both weeks know tell where a topic came from and went to.
 */
export function topicEvents(
  before: readonly TopicStories[],
  now: readonly TopicStories[],
  earlier: ReadonlySet<number>,
): TopicChange[] {
  if (before.length === 0) return [];
  const [wasHere, isHere] = [before, now].map((topics) => new Set(topics.map(({ topicId }) => topicId)));
  const come = now
    .filter(({ topicId }) => !wasHere!.has(topicId))
    .map(({ topicId, storyIds }): TopicChange => {
      if (earlier.has(topicId)) return { topicId, kind: 'returned', otherId: null };
      const origin = mainShare(storyIds, before);
      return origin !== undefined && isHere!.has(origin)
        ? { topicId, kind: 'split', otherId: origin }
        : { topicId, kind: 'born', otherId: null };
    });
  const gone = before
    .filter(({ topicId }) => !isHere!.has(topicId))
    .map(({ topicId, storyIds }): TopicChange => {
      const heir = mainShare(storyIds, now);
      return heir === undefined
        ? { topicId, kind: 'faded', otherId: null }
        : { topicId, kind: 'merged', otherId: heir };
    });
  return [...come, ...gone];
}

/** The topic that holds at least half of those stories that any of the topics holds, and two of them; undefined when none does. */
function mainShare(storyIds: readonly number[], topics: readonly TopicStories[]): number | undefined {
  const wanted = new Set(storyIds);
  const shares = topics
    .map(({ topicId, storyIds: own }) => ({ topicId, size: own.filter((id) => wanted.has(id)).length }))
    .toSorted((a, b) => b.size - a.size || a.topicId - b.topicId);
  const known = shares.reduce((sum, { size }) => sum + size, 0);
  const [largest] = shares;
  return largest && largest.size >= 2 && largest.size >= known * half ? largest.topicId : undefined;
}
