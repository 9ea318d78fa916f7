// Talks in stories -> the second at which each speaks of what its story is about.
import { sql, type Queryable } from '../db.ts';
import { cosine } from '../math/vectors.ts';
import { setInUse } from './vector-sets.ts';
import { vectorsOf, type StoredVector } from './vectors.ts';

interface Part {
  startS: number;
  vector: Float32Array;
}

/** Fewer parts than this are a short talk, in which there is nothing to look for. */
const leastSegments = 3;
/** A part that begins this early is the talk's beginning. */
const earliestS = 30;

/**
 * For the talks beside the headline of these stories, by item: the start of the part nearest to the headline. A talk that
 * speaks of it all along, no part standing out by a standard deviation, has none.
 */
export async function bestSegments(db: Queryable, storyIds: readonly number[]): Promise<Map<number, number>> {
  const talks = await db.rows<{ itemId: number; headlineItemId: number; starts: Record<number, number> }>(sql`
    select item_id, headline_item_id, timed.starts
    from story_items join stories on stories.id = story_id and headline_item_id <> item_id
    cross join lateral (
      select jsonb_object_agg(position, start_s) as starts from segments
      where segments.item_id = story_items.item_id and start_s is not null) as timed
    where story_id = any(${storyIds}::int[]) and timed.starts is not null
    order by item_id`);
  const set = talks.length > 0 ? await setInUse(db) : undefined;
  if (!set) return new Map();
  // By item, in a statement without a join: a planner that does not know the tables joined 42 million rows.
  const ids = new Set(talks.flatMap(({ itemId, headlineItemId }) => [itemId, headlineItemId]));
  const vectors = await vectorsByItem(db, set.model, [...ids]);
  const best = new Map<number, number>();
  for (const { itemId, headlineItemId, starts } of talks) {
    const headline = vectors.get(headlineItemId)?.find(({ segment }) => segment === 0);
    const spoken = (vectors.get(itemId) ?? []).filter(({ segment }) => segment in starts);
    const parts = spoken.map(({ segment, vector }) => ({ startS: starts[segment]!, vector }));
    const startS = headline && outstanding(parts, headline.vector);
    if (startS !== undefined) best.set(itemId, startS);
  }
  return best;
}

/** What is said in the parts of talks that begin at these seconds, by item. */
export async function spokenAt(db: Queryable, starts: ReadonlyMap<number, number>): Promise<Map<number, string>> {
  const rows = await db.rows<{ itemId: number; text: string }>(sql`
    select segments.item_id, left(segments.text, ${longestPart}) as text
    from unnest(${[...starts.keys()]}::int[], ${[...starts.values()]}::int[]) as one(item_id, start_s)
    join segments on segments.item_id = one.item_id and segments.start_s = one.start_s`);
  return new Map(rows.map(({ itemId, text }) => [itemId, text]));
}
/** Some two minutes of speech. */
const longestPart = 2_000;

async function vectorsByItem(db: Queryable, model: string, itemIds: number[]): Promise<Map<number, StoredVector[]>> {
  const byItem = new Map<number, StoredVector[]>(itemIds.map((id) => [id, []]));
  for (const vector of await vectorsOf(db, model, itemIds)) byItem.get(vector.itemId)!.push(vector);
  return byItem;
}

function outstanding(parts: readonly Part[], headline: Float32Array): number | undefined {
  if (parts.length < leastSegments) return undefined;
  const scores = parts.map(({ vector }) => cosine(vector, headline));
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  const top = Math.max(...scores);
  const { startS } = parts[scores.indexOf(top)]!;
  return top > mean + deviation && startS >= earliestS ? startS : undefined;
}
