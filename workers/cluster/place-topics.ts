// stories of the window -> topics: new ones join those of the week, until it is time to find topics anew.
import { measureElapsed } from '../../core/elapsed.ts';
import type { House } from '../../core/house.ts';
import { windowItems, storiesById, windowStart } from '../../core/store/stories.ts';
import {
  changedSinceTopics,
  joinTopicWeek,
  saveTopicWeek,
  topicsBefore,
  topicsInWeek,
} from '../../core/store/topic-weeks.ts';
import { saveTopics, storyTopics, topicsById, type StoryTopic } from '../../core/store/topics.ts';
import { weekOf } from '../../core/week.ts';
import { runInThread } from '../../core/threads.ts';
import { meanDirection } from '../../core/math/vectors.ts';
import { isTopicSearchDue } from './is-topic-search-due.ts';
import type { Window } from './load-window.ts';
import { topicEvents } from './topic-events.ts';

type Placing = Pick<Window, 'vectors' | 'model'> & { monday: string; stop: AbortSignal };

/** Gives the stories of the window their topics. */
export async function placeTopics(house: House, { vectors, model }: Window, stop: AbortSignal): Promise<void> {
  const { config, db, now } = house;
  const { monday } = weekOf(now(), config.TIMEZONE);
  const stories = await storyTopics(db, [...vectors.keys()]);
  const week = await topicsInWeek(db, { monday, model });
  const placing = { vectors, model, monday, stop };
  const fresh = stories.filter((story) => isFresh(story, week));
  const changed = await changedSinceTopics(db, { itemIds: [...vectors.keys()], model });
  if (isTopicSearchDue({ changed, stories: stories.length, fresh: fresh.length, week })) await findAnew(house, placing);
  else await joinNew(house, { ...placing, stories, fresh, ids: new Set(week.map(({ topicId }) => topicId)) });
}

/** A story that the last search left without a topic is none's; one that came since may be. */
function isFresh({ topicId, changedAt }: StoryTopic, week: readonly { seenAt: Date }[]): boolean {
  return topicId === null && week.some(({ seenAt }) => seenAt <= changedAt);
}

async function findAnew(house: House, { vectors, model, monday, stop }: Placing): Promise<void> {
  const { db, log, now } = house;
  const elapsedMs = measureElapsed();
  const seen = await windowItems(db, { model, since: windowStart(now()), now: now() });
  const items = seen.filter(({ id }) => vectors.has(id));
  const { last, earlier, means } = await topicsBefore(db, { monday, model });
  const stories = await storiesById(db, [...new Set(items.flatMap(({ storyId }) => storyId ?? []))]);
  // An earlier search of this week may have given all stories of a topic of last week to others: it can still be continued.
  const earlierIds = [...last, ...means].map(({ topicId }) => topicId);
  const before = await topicsById(db, [
    ...new Set([...stories.flatMap(({ topicId }) => topicId ?? []), ...earlierIds]),
  ]);
  const topics = await runInThread<typeof import('./plan-topics.ts'), 'planTopics'>({
    file: new URL('plan-topics.ts', import.meta.url),
    name: 'planTopics',
    pool: 'stories',
    input: { seen: items, vectors, stories, last, before, earlier: means },
    stop,
  });
  if (topics.length > 0) {
    const members = new Set(topics.flatMap(({ storyIds }) => storyIds));
    const apart = stories.flatMap(({ id }) => (members.has(id) ? [] : [id]));
    const saved = await saveTopics(db, topics, { apart, now: now() });
    const week = topics.map(({ storyIds, centroid }, at) => ({ topicId: saved[at]!, storyIds, centroid }));
    const events = topicEvents(last, week, new Set(earlier));
    await saveTopicWeek(db, { monday, model, topics: week, events });
  }
  log.info({ event: 'topics.found', stories: stories.length, topics: topics.length, ms: elapsedMs() });
}

async function joinNew(
  { db, log, now }: House,
  { vectors, monday, stop, stories, fresh, ids }: Placing & { stories: StoryTopic[]; fresh: StoryTopic[]; ids: ReadonlySet<number> }, // prettier-ignore
): Promise<void> {
  const elapsedMs = measureElapsed();
  const known = stories.filter(({ topicId }) => topicId !== null && ids.has(topicId));
  if (fresh.length === 0 || known.length === 0) return;
  const meanOf = ({ itemIds }: StoryTopic) => meanDirection(itemIds.map((id) => vectors.get(id)!.vector));
  const joined = await runInThread<typeof import('./join-topics.ts'), 'joinTopics'>({
    file: new URL('join-topics.ts', import.meta.url),
    name: 'joinTopics',
    pool: 'stories',
    input: { known: known.map(meanOf), topics: known.map(({ topicId }) => topicId!), fresh: fresh.map(meanOf) },
    stop,
  });
  const members = fresh.map(({ storyId }, at) => ({ storyId, topicId: joined[at]! }));
  await joinTopicWeek(db, { monday, members, now: now() });
  log.info({ event: 'topics.joined', stories: fresh.length, among: known.length, ms: elapsedMs() });
}
