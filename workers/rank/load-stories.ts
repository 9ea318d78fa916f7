// Story ids -> what the ranker knows of them: terms from their texts, vectors from the model in use.
import type { Queryable } from '../../core/db.ts';
import { storyTexts } from '../../core/store/story-texts.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import type { PoolStory } from './prepare-pool.ts';
import { tokenize } from './tokenize.ts';

export interface LoadedStory extends PoolStory {
  title: string;
}

/** Loads stories in two queries; one that is gone is missing from the map, one without vectors has none. */
export async function loadStories(
  db: Queryable,
  { storyIds, model }: { storyIds: readonly number[]; model: string },
): Promise<Map<number, LoadedStory>> {
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
    texts.map(({ storyId, title, text, itemIds }) => {
      const own = itemIds.flatMap((itemId) => byItem.get(itemId) ?? []);
      return [storyId, { storyId, title, terms: tokenize(text), vectors: own }];
    }),
  );
}
