// vectors -> stories -> topics: what the items of the window are about, under ids that last.
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { decisionsAmong, type ItemDecision } from '../../core/store/item-decisions.ts';
import { itemsToPlace, saveStories, storiesById, windowStart, type PlacedItem } from '../../core/store/stories.ts';
import { saveTopicWeek, topicsBefore } from '../../core/store/topic-weeks.ts';
import { saveTopics, topicsById, type TopicToSave } from '../../core/store/topics.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import { weekOf } from '../../core/week.ts';
import { modelInUse } from '../embed/open-embedder.ts';
import { runInThread, untilStopped } from '../threads.ts';
import type { FoundStory, StorySearch } from './find-stories.ts';
import type { Pair } from './linkage.ts';
import { planStories } from './plan-stories.ts';
import type { TopicPlan } from './plan-topics.ts';
import { topicEvents } from './topic-events.ts';

/** Answers `stories.find`. */
export function clusterHandlers(house: House): Handlers {
  return {
    'stories.find': (_nothing, stop) =>
      untilStopped(stop, async () => {
        await findAndSaveStories(house, stop);
        await findAndSaveTopics(house, stop);
      }),
  };
}

interface Window {
  placed: PlacedItem[];
  vectors: Map<number, { vector: Float32Array; segments: Float32Array[] }>;
  model: string;
}

/** Items whose vectors are not there yet stay where they are until the next bell. */
async function loadWindow({ db, now }: House): Promise<Window> {
  const model = await modelInUse({ db });
  const placed = await itemsToPlace(db, { model, since: windowStart(now()), now: now() });
  const stored = await vectorsOf(
    db,
    model,
    placed.map(({ id }) => id),
  );
  const vectors: Window['vectors'] = new Map();
  for (const { itemId, segment, vector } of stored) {
    if (segment === 0) vectors.set(itemId, { vector, segments: [] });
    else vectors.get(itemId)?.segments.push(vector);
  }
  // A refit may have come between the two queries.
  return { placed: placed.filter(({ id }) => vectors.has(id)), vectors, model };
}

async function findAndSaveStories(house: House, stop: AbortSignal): Promise<void> {
  const { db, log, now } = house;
  const started = Date.now();
  const { placed, vectors } = await loadWindow(house);
  const found = await runInThread<StorySearch, FoundStory[]>({
    file: new URL('find-stories.ts', import.meta.url),
    name: 'findStories',
    input: await toSearch(db, placed, vectors),
    stop,
  });
  const before = await storiesById(db, [...new Set(placed.flatMap(({ storyId }) => storyId ?? []))]);
  const stories = planStories({ placed, found, before, now: now() });
  if (stories.length > 0) await saveStories(db, { placed, stories, now: now() });
  log.info({
    event: 'stories.found',
    items: placed.length,
    stories: found.length,
    changed: stories.length,
    ms: Date.now() - started,
  });
}

async function toSearch(db: Queryable, placed: PlacedItem[], vectors: Window['vectors']): Promise<StorySearch> {
  const numbers = new Map(placed.map(({ id }, number) => [id, number]));
  const decisions = await decisionsAmong(db, [...numbers.keys()]);
  const pairsOf = (wanted: ItemDecision['verdict']): Pair[] =>
    decisions
      .filter(({ verdict }) => verdict === wanted)
      .map(({ itemA, itemB }) => [numbers.get(itemA)!, numbers.get(itemB)!]);
  const items = placed.map(({ id, kind, keys, mentions, title, text, promised, settled, storyId }) => {
    const story = settled ? storyId : null;
    return { kind, keys, mentions, words: `${title}. ${text}`, promised, story, ...vectors.get(id)! };
  });
  return { items, together: pairsOf('together'), apart: pairsOf('apart') };
}

async function findAndSaveTopics(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now } = house;
  const started = Date.now();
  const { placed, vectors, model } = await loadWindow(house);
  const { monday } = weekOf(now(), config.TIMEZONE);
  const { last, earlier, means } = await topicsBefore(db, { monday, model });
  const ids = [...new Set(placed.flatMap(({ storyId }) => storyId ?? []))];
  const stories = await storiesById(db, ids);
  const standing = [...stories.flatMap(({ topicId }) => topicId ?? []), ...means.map(({ topicId }) => topicId)];
  const before = await topicsById(db, [...new Set(standing)]);
  const topics = await runInThread<TopicPlan, TopicToSave[]>({
    file: new URL('plan-topics.ts', import.meta.url),
    name: 'planTopics',
    input: { placed, vectors, stories, before, earlier: means },
    stop,
  });
  if (topics.length > 0) {
    const saved = await saveTopics(db, topics, now());
    const week = topics.map(({ storyIds, centroid }, at) => ({ topicId: saved[at]!, storyIds, centroid }));
    const events = topicEvents(last, week, new Set(earlier));
    await saveTopicWeek(db, { monday, model, topics: week, events });
  }
  log.info({ event: 'topics.found', stories: stories.length, topics: topics.length, ms: Date.now() - started });
}
