// stories of the window and the topics that stand -> what has to be saved: ids and, where they still fit, names kept; pure.
import type { PlacedItem, Story } from '../../core/store/stories.ts';
import type { Topic, TopicToSave } from '../../core/store/topics.ts';
import { singular, wordsOf } from '../embed/terms.ts';
import { findTopics, meanVector } from './find-topics.ts';
import { keepIdentity } from './keep-identity.ts';
import { labelTopics, type Label } from './labels.ts';

export interface TopicPlan {
  placed: readonly PlacedItem[];
  vectors: ReadonlyMap<number, { vector: Float32Array }>;
  stories: readonly Story[];
  before: readonly Topic[];
}

/** The topics of these stories; a new one has no id yet. */
export async function planTopics({ placed, vectors, stories, before }: TopicPlan): Promise<TopicToSave[]> {
  const items = new Map<number, PlacedItem[]>(stories.map(({ id }) => [id, []]));
  for (const item of placed) if (item.storyId !== null) items.get(item.storyId)?.push(item);
  const means = stories.map(({ id }) => meanVector(items.get(id)!.map((item) => vectors.get(item.id)!.vector)));
  const topics = (await findTopics(means)).map((topic) => topic.map((story) => stories[story]!));
  const labels = labelTopics(topics.map((topic) => topic.map(({ id }) => wordsOfStory(items.get(id)!))));
  const ids = keepIdentity(topics.map((topic) => topic.map(({ topicId }) => topicId)));
  const standing = new Map(before.map((topic) => [topic.id, topic]));
  return topics.map((topic, index) => {
    const label = labels[index]!;
    const earlier = ids[index] === null ? undefined : standing.get(ids[index]!);
    return {
      id: earlier?.id ?? null,
      name: earlier && stillFits(earlier.name, label) ? earlier.name : label.name,
      keywords: label.keywords,
      storyIds: topic.map(({ id }) => id),
    };
  });
}

function wordsOfStory(items: readonly PlacedItem[]): { title: string; text: string } {
  return { title: items.map(({ title }) => title).join('\n'), text: items.map(({ text }) => text).join('\n') };
}

/** A name stays while every word of it is still among the keywords: readers know the topic by it. */
function stillFits(name: string, { keywords }: Label): boolean {
  const known = new Set(keywords.flatMap(wordsOf).map(singular));
  return wordsOf(name).every((word) => known.has(singular(word)));
}
