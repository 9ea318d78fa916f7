// stored items and vectors -> the window in which stories still grow.
import type { House } from '../../core/house.ts';
import { windowItems, windowStart, type WindowItem } from '../../core/store/stories.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import { modelInUse } from '../../core/embedder/open-embedder.ts';

/** The items of the last two weeks with what shares a story with them, and their vectors by item. */
export interface Window {
  items: WindowItem[];
  vectors: Map<number, { vector: Float32Array; segments: Float32Array[] }>;
  model: string;
}

/** Items whose vectors are not there yet stay where they are until the next job. */
export async function loadWindow({ db, now }: House): Promise<Window> {
  const model = await modelInUse({ db });
  const items = await windowItems(db, { model, since: windowStart(now()), now: now() });
  const stored = await vectorsOf(
    db,
    model,
    items.map(({ id }) => id),
  );
  const vectors: Window['vectors'] = new Map();
  for (const { itemId, segment, vector } of stored) {
    if (segment === 0) vectors.set(itemId, { vector, segments: [] });
    else vectors.get(itemId)?.segments.push(vector);
  }
  // A refit may have come between the two queries.
  return { items: items.filter(({ id }) => vectors.has(id)), vectors, model };
}
