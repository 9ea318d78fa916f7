// the week's stories -> the editor's suggestion: what every reader should see, and the order of the rest; pure.
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';

/** Everybody's picks; a curator changes them in a minute, forty would not be read. */
const pickCount = 4;
/** More than a curator can look over, and enough for every reader's dozen. */
const poolSize = 300;
/** A second pick on a topic needs to be this much better. */
const sameTopicCost = 0.8;
const dayMs = 86_400_000;

export interface Suggestion {
  story: UncarriedStory;
  role: 'pick' | 'pool';
}

/** Picks first, the lead before all, then the pool; each by newsworthiness. Equal worth: the older story first. */
export function suggestStories(stories: readonly UncarriedStory[], now: Date): Suggestion[] {
  const rest = stories
    .map((story) => ({ story, worth: newsworthiness(story, now) }))
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
    ...rest.slice(0, poolSize).map(({ story }) => ({ story, role: 'pool' as const })),
  ];
}

/** How many sources tell it, each by its weight, in how many kinds, and how fresh it is; two sources weigh as much as four days. */
export function newsworthiness({ items }: UncarriedStory, now: Date): number {
  const weights = new Map(items.map(({ sourceId, weight }) => [sourceId, weight]));
  const sources = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const kinds = new Set(items.map(({ kind }) => kind)).size;
  const newest = Math.max(...items.map(({ publishedAt }) => Date.parse(publishedAt)));
  const ageDays = Math.max(0, now.getTime() - newest) / dayMs;
  return Math.log2(sources) + 0.25 * (kinds - 1) + Math.exp(-ageDays / 4);
}
