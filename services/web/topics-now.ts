// The topics of today, as the first page and the form name them: one source for weather, chips, labels and the map; pure.
import type { Card } from '../../core/store/issue-content.ts';
import type { TopicWeather } from '../../core/store/topic-weeks.ts';
import { inNewestWeek } from '../topic-weather.ts';

/** For people who do not know yet what to ask for. */
const offered = 6;

/** The largest of the newest week; before topics were found, those that the newest issue names. */
export function topicsToOffer(weather: readonly TopicWeather[], ofIssue: readonly string[]): string[] {
  const { topics } = inNewestWeek(weather);
  return topics.length === 0 ? [...ofIssue] : topics.slice(0, offered).map(({ name }) => name);
}

/** Cards under what their stories' topics are called today; an issue keeps the names of its day. */
export function nameAnew(cards: readonly Card[], names: ReadonlyMap<number, string>): Card[] {
  return cards.map((card) => ({ ...card, topic: names.get(card.storyId) ?? card.topic }));
}

/** The topics of stories as they are today, and the way each topic goes. */
export interface TopicsToday {
  ofStories: ReadonlyMap<number, { id: number; name: string }>;
  lines: ReadonlyMap<number, { line: string; words: string }>;
}

/** The topic that most of these stories are in today; undefined when most are in none. */
export function topicToday(
  storyIds: readonly number[],
  ofStories: TopicsToday['ofStories'],
): { id: number; name: string } | undefined {
  const counts = new Map<number | undefined, number>();
  for (const storyId of storyIds) {
    const id = ofStories.get(storyId)?.id;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, m], [, n]) => n - m)[0] ?? [];
  return most === undefined ? undefined : [...ofStories.values()].find(({ id }) => id === most);
}
