// Story ids -> what the ranker knows of them: texts or their terms, vectors from the model in use.
import type { Queryable } from '../../core/db.ts';
import { storyTexts } from '../../core/store/story-texts.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import type { PoolStory } from './lay-rows.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';

/** A story as the database has it: splitting its text into terms is left to a thread. */
export interface StoryToRead {
  title: string;
  text: string;
  topic: string;
  /** How many independent sources tell it. */
  sources?: number;
  /** Of its items and their segments, unit length; empty before they were embedded. */
  vectors: Float32Array[];
}

export interface LoadedStory extends PoolStory {
  title: string;
}

interface Wanted {
  storyIds: readonly number[];
  model: string;
}

/** Loads stories in two queries; one that is gone is missing from the map, one without vectors has none. */
export async function loadTexts(db: Queryable, { storyIds, model }: Wanted): Promise<Map<number, StoryToRead>> {
  if (storyIds.length === 0) return new Map();
  const texts = await storyTexts(db, storyIds);
  const vectors = await vectorsOf(
    db,
    model,
    texts.flatMap(({ itemIds }) => itemIds),
  );
  const byItem = new Map<number, Float32Array[]>();
  for (const { itemId, vector } of vectors) byItem.set(itemId, [...(byItem.get(itemId) ?? []), vector]);
  return new Map(
    texts.map(({ storyId, title, text, topic, sources, itemIds }) => {
      const own = itemIds.flatMap((itemId) => byItem.get(itemId) ?? []);
      return [storyId, { title, text, topic, sources, vectors: own }];
    }),
  );
}

/** The same with the terms of their texts. */
export async function loadStories(db: Queryable, wanted: Wanted): Promise<Map<number, LoadedStory>> {
  const texts = await loadTexts(db, wanted);
  return new Map(
    [...texts].map(([storyId, { title, text, topic, vectors }]) => [
      storyId,
      { storyId, title, terms: tokenize(`${topic}\n${text}`), vectors },
    ]),
  );
}
