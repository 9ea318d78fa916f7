// stored items and vectors -> the window in which stories still grow.
import type { House } from '../../core/house.ts';
import { itemsToPlace, windowStart, type PlacedItem } from '../../core/store/stories.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import { modelInUse } from '../../core/embedder/open-embedder.ts';

/** The items of the last two weeks with what shares a story with them, and their vectors by item. */
export interface Window {
  placed: PlacedItem[];
  vectors: Map<number, { vector: Float32Array; segments: Float32Array[] }>;
  model: string;
}

/** Items whose vectors are not there yet stay where they are until the next bell. */
export async function loadWindow({ db, now }: House): Promise<Window> {
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
