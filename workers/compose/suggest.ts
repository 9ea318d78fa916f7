// the week's stories -> the editor's suggestion: what every reader should see, and the order of the rest; pure.
import { newsworthiness } from '../../core/newsworthiness.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';

/** Everybody's picks; a curator changes them in a minute, forty would not be read. */
const pickCount = 4;
/** How many stories are put before the curator, picks among them; all others are the pool. */
export const candidateCount = 40;
/** A second pick on a topic needs to be this much better. */
const sameTopicCost = 0.8;

export interface Suggestion {
  story: UncarriedStory;
  role: 'pick' | 'pool';
}

/** All stories: picks first, the lead before all, then the pool; each by newsworthiness. Equal worth: the older story first. */
export function suggestStories(stories: readonly UncarriedStory[], now: Date): Suggestion[] {
  const rest = stories
    .map((story) => ({ story, worth: worthOf(story, now) }))
    .toSorted((a, b) => b.worth - a.worth || a.story.id - b.story.id);
  const picks: UncarriedStory[] = [];
  while (picks.length < pickCount && rest.length > 0) {
    const costOf = ({ topicId }: UncarriedStory): number =>
      picks.filter((pick) => topicId !== null && pick.topicId === topicId).length * sameTopicCost;
    const best = rest.reduce((a, b) => (b.worth - costOf(b.story) > a.worth - costOf(a.story) ? b : a));
    picks.push(best.story);
    rest.splice(rest.indexOf(best), 1);
  }
  return [
    ...picks.map((story) => ({ story, role: 'pick' as const })),
    ...rest.map(({ story }) => ({ story, role: 'pool' as const })),
  ];
}

/** A story that no issue carried was shown to nobody, so nobody saved it. */
export function worthOf({ items }: UncarriedStory, now: Date): number {
  return newsworthiness(
    {
      weights: [...new Map(items.map(({ sourceId, weight }) => [sourceId, weight])).values()],
      kinds: new Set(items.map(({ kind }) => kind)).size,
      saves: 0,
      newest: new Date(Math.max(...items.map(({ publishedAt }) => Date.parse(publishedAt)))),
    },
    now,
  );
}
