// stories of the window and the topics that stand -> what has to be saved: ids and names kept, labels and means made; pure.
import type { WindowItem, Story } from '../../core/store/stories.ts';
import type { Topic, TopicToSave } from '../../core/store/topics.ts';
import { meanDirection, meanVector } from '../../core/math/vectors.ts';
import { largestTopic } from './divide-topics.ts';
import { findNestedTopics } from './find-topics.ts';
import { gatherNameless } from './gather-nameless.ts';
import { labelTopics } from './labels.ts';
import { nameTopics, worthOfNames } from './name-topics.ts';
import { topicAreas } from './topic-areas.ts';
import { topicIdentities, type EarlierTopic } from './topic-identity.ts';
import { topicNamer } from './topic-name.ts';
import { withoutBoilerplate } from './without-boilerplate.ts';
import { withoutSeries } from './without-series.ts';
import { weighWords } from './word-overlap.ts';

export interface TopicPlan {
  seen: readonly WindowItem[];
  vectors: ReadonlyMap<number, { vector: Float32Array }>;
  stories: readonly Story[];
  /** The topics of the week before, each with its stories. */
  last: readonly { topicId: number; storyIds: readonly number[] }[];
  /** The topics of these stories, and those of the last weeks. */
  before: readonly Topic[];
  /** Means of the topics of the last weeks, the newest first. */
  earlier: readonly EarlierTopic[];
}

/** A story with what it says. */
interface ReadStory {
  id: number;
  topicId: number | null;
  vector: Float32Array;
  title: string;
  text: string;
}

/** The topics of these stories; a new one has no id yet. The same stories give the same topics, in whatever order they come. */
export async function planTopics({ seen, vectors, stories, last, before, earlier }: TopicPlan): Promise<TopicToSave[]> {
  const read = readStories({ seen, vectors, stories });
  const means = read.map(({ vector }) => vector);
  const texts = read.map(({ title, text }) => `${title}\n${text}`);
  const namer = topicNamer(read);
  const nested = await findNestedTopics(means, texts, (parts) => worthOfNames(namer, parts));
  const topics = gatherNameless(nested, { namer, vectors: means, most: largestTopic(means.length) });
  const lastTopics = new Map(last.flatMap(({ topicId, storyIds }) => storyIds.map((id) => [id, topicId] as const)));
  const standsSince = new Set([...last, ...earlier].map(({ topicId }) => topicId));
  const byId = new Map(before.map((topic) => [topic.id, topic]));
  const ids = topicIdentities(topics, {
    lastWeek: read.map(({ id }) => lastTopics.get(id) ?? null),
    thisWeek: read.map(({ topicId }) => (topicId === null || standsSince.has(topicId) ? null : topicId)),
    words: weighWords(texts),
    earlier,
    mean: meanVector(means),
    fits: (topic, id) => {
      const stood = byId.get(id);
      if (!stood || stood.namedBy !== null) return true;
      return (
        namer.fits(stood.name, topics[topic]!.numbers) ||
        namer.candidates(topics[topic]!.numbers, stood.name).length > 0
      );
    },
  });
  const labels = labelTopics(topics.map(({ numbers }) => numbers.map((number) => read[number]!)));
  const named = nameTopics(namer, {
    topics,
    standing: ids.map((id) => (id === null ? undefined : byId.get(id))),
    isKnown: ({ id, namedBy }) => namedBy !== null || standsSince.has(id),
  });
  // Stories that have no word in common are no topic, though they are nearer to each other than to the rest.
  const kept = topics.flatMap((topic, at) => (named[at]!.name === '' ? [] : [{ ...topic, at }]));
  const areas = topicAreas(kept);
  return kept.map(({ numbers, centroid, at }, place) => ({
    ...named[at]!,
    keywords: labels[at]!,
    storyIds: numbers.map((number) => read[number]!.id).toSorted((a, b) => a - b),
    centroid,
    area: areas[place]!,
  }));
}

/** In the order of what they say, so that neither ids nor the way here matter. */
function readStories({ seen, vectors, stories }: Pick<TopicPlan, 'seen' | 'vectors' | 'stories'>): ReadStory[] {
  const items = new Map<number, WindowItem[]>(stories.map(({ id }) => [id, []]));
  const titlesOf = withoutSeries(seen.map(({ title, sourceId }) => ({ title, source: sourceId })));
  seen.forEach((item, at) => item.storyId !== null && items.get(item.storyId)?.push({ ...item, title: titlesOf[at]! }));
  const said = stories.map(({ id, topicId }) => {
    const own = speaking(items.get(id)!).toSorted((a, b) => compare(`${a.title}\n${a.text}`, `${b.title}\n${b.text}`));
    const vector = meanDirection(own.map((item) => vectors.get(item.id)!.vector));
    const once = (texts: string[]): string => [...new Set(texts)].join('\n');
    return { id, topicId, vector, title: once(own.map(({ title }) => title)), text: once(own.map(({ text }) => text)) };
  });
  const titles = withoutBoilerplate(said.map(({ title }) => title));
  const texts = withoutBoilerplate(said.map(({ text }) => text));
  return said
    .map((story, at) => ({ ...story, title: titles[at]!, text: texts[at]! }))
    .toSorted((a, b) => compare(a.title, b.title) || compare(a.text, b.text) || a.id - b.id);
}

/** A paper says what its story is about; what a page adds around its abstract, in whatever language, is that page's. */
function speaking(items: readonly WindowItem[]): readonly WindowItem[] {
  const papers = items.filter(({ kind }) => kind === 'paper');
  return papers.length > 0 ? papers : items;
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
