// the stories of the window and the topics of this week -> is it time to find topics anew; pure.

/** Finding the topics of so many takes about two seconds, and a few stories may still change what they are. */
const fewStories = 2_000;
/** What joined since is this share of what was found: another topic may be among it. */
const mostJoined = 0.25;

interface TopicState {
  /** Whether sources brought something since the last search: what a curator split or joined is no other week. */
  changed: boolean;
  /** How many stories the window has, and how many of them no search and no vote has looked at yet. */
  stories: number;
  fresh: number;
  /** The topics of this week with vectors of the set in use: how many stories each has, and had when it was found. */
  week: readonly { stories: number; found: number }[];
}

/** Never where nothing came. Else true on a small window, in a new week or with new vectors (`week` is empty), and when a quarter of the stories is new. */
export function isTopicSearchDue({ changed, stories, fresh, week }: TopicState): boolean {
  if (!changed) return false;
  if (stories < fewStories || week.length === 0) return true;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const found = sum(week.map((topic) => topic.found));
  const joined = sum(week.map((topic) => topic.stories)) - found;
  return joined + fresh > found * mostJoined;
}
