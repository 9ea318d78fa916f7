// Talks in stories -> the second at which each speaks of what its story is about.
import { sql, type Queryable } from '../db.ts';
import { toFloats } from './vectors.ts';

interface SegmentRow {
  itemId: number;
  startS: number;
  spoken: Uint8Array;
  headline: Uint8Array;
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
  const rows = await db.rows<SegmentRow>(sql`
    select segments.item_id, start_s, spoken.vector as spoken, headline.vector as headline
    from story_items
    join stories on stories.id = story_id and headline_item_id <> item_id
    join segments on segments.item_id = story_items.item_id
    join vector_sets on status = 'in_use'
    join vectors spoken on spoken.model = vector_sets.model
      and spoken.item_id = segments.item_id and spoken.segment = segments.position
    join vectors headline on headline.model = vector_sets.model
      and headline.item_id = headline_item_id and headline.segment = 0
    where story_id = any(${storyIds}::int[]) order by segments.item_id, position`);
  const best = new Map<number, number>();
  for (const itemId of new Set(rows.map((row) => row.itemId))) {
    const startS = outstanding(rows.filter((row) => row.itemId === itemId));
    if (startS !== undefined) best.set(itemId, startS);
  }
  return best;
}

function outstanding(parts: readonly SegmentRow[]): number | undefined {
  if (parts.length < leastSegments) return undefined;
  const scores = parts.map(({ spoken, headline }) => cosine(toFloats(spoken), toFloats(headline)));
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  const top = Math.max(...scores);
  const { startS } = parts[scores.indexOf(top)]!;
  return top > mean + deviation && startS >= earliestS ? startS : undefined;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, lengthA, lengthB] = [0, 0, 0];
  a.forEach((value, at) => {
    product += value * b[at]!;
    lengthA += value * value;
    lengthB += b[at]! * b[at]!;
  });
  return product === 0 ? 0 : product / Math.sqrt(lengthA * lengthB);
}
