// stories of the window and the topics that stand -> what has to be saved: ids and names kept, labels and means made; pure.
import type { WindowItem, Story } from '../../core/store/stories.ts';
import type { Topic, TopicToSave } from '../../core/store/topics.ts';
import { singular, wordsOf } from '../../core/text/terms.ts';
import { findTopics } from './find-topics.ts';
import { innerProduct, meanDirection } from '../../core/math/vectors.ts';
import { labelTopics } from './labels.ts';
import { topicIdentities, type EarlierTopic } from './topic-identity.ts';
import { nameTopic } from './topic-name.ts';

export interface TopicPlan {
  seen: readonly WindowItem[];
  vectors: ReadonlyMap<number, { vector: Float32Array }>;
  stories: readonly Story[];
  /** The topics of these stories, and those of the last weeks. */
  before: readonly Topic[];
  /** Means of the topics of the last weeks, the newest first. */
  earlier: readonly EarlierTopic[];
}

/** So many titles at the middle of a topic speak for it. */
const titlesAtMiddle = 8;

/** The topics of these stories; a new one has no id yet. */
export async function planTopics({ seen, vectors, stories, before, earlier }: TopicPlan): Promise<TopicToSave[]> {
  const items = new Map<number, WindowItem[]>(stories.map(({ id }) => [id, []]));
  for (const item of seen) if (item.storyId !== null) items.get(item.storyId)?.push(item);
  const means = stories.map(({ id }) => meanDirection(items.get(id)!.map((item) => vectors.get(item.id)!.vector)));
  const words = stories.map(({ id }) => wordsOfStory(items.get(id)!));
  const found = await findTopics(
    means,
    words.map(({ title, text }) => `${title}\n${text}`),
  );
  const topics = found.map((numbers) => ({
    numbers,
    members: numbers.map((number) => stories[number]!.topicId),
    centroid: meanDirection(numbers.map((number) => means[number]!)),
  }));
  const labels = labelTopics(topics.map(({ numbers }) => numbers.map((number) => words[number]!)));
  const ids = topicIdentities(topics, earlier);
  const standing = new Map(before.map((topic) => [topic.id, topic]));
  const taken = new Set<string>();
  return topics.map(({ numbers, centroid }, index) => {
    const keywords = labels[index]!;
    const stood = ids[index] === null ? undefined : standing.get(ids[index]!);
    const middle = numbers
      .toSorted((a, b) => innerProduct(means[b]!, centroid) - innerProduct(means[a]!, centroid) || a - b)
      .slice(0, titlesAtMiddle);
    const titles = middle.map((number) => titleOf(stories[number]!, items.get(stories[number]!.id)!));
    const keepsName = stood && (stood.namedBy !== null || stillFits(stood.name, keywords));
    const name = keepsName ? stood.name : nameTopic(keywords, titles, taken);
    taken.add(name);
    return {
      id: stood?.id ?? null,
      name,
      keywords,
      storyIds: numbers.map((number) => stories[number]!.id),
      centroid,
    };
  });
}

function wordsOfStory(items: readonly WindowItem[]): { title: string; text: string } {
  return { title: items.map(({ title }) => title).join('\n'), text: items.map(({ text }) => text).join('\n') };
}

function titleOf({ headlineItemId }: Story, items: readonly WindowItem[]): string {
  return (items.find(({ id }) => id === headlineItemId) ?? items[0])?.title ?? '';
}

/** A name stays while every word of it is still among the keywords: readers know the topic by it. */
function stillFits(name: string, keywords: readonly string[]): boolean {
  const known = new Set(keywords.flatMap(wordsOf).map(singular));
  return wordsOf(name).every((word) => known.has(singular(word)));
}
