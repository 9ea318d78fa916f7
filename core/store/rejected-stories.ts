// Stories that a curator rejected and no issue has: their pages stay, search engines and feeds are not told of them.
import { sql, type Queryable } from '../db.ts';

/** A condition on `stories`. A link that was left out was not rejected. */
export const isRejected = sql`(
  exists (select 1 from issue_stories as out where out.story_id = stories.id and out.role = 'removed' and out.left_out_at is null)
  and not exists (select 1 from issue_stories as kept where kept.story_id = stories.id and kept.role <> 'removed'))`;

/** Those of these stories that were rejected. */
export async function rejectedAmong(db: Queryable, storyIds: readonly number[]): Promise<Set<number>> {
  const rows = await db.rows<{ id: number }>(
    sql`select id from stories where id = any(${storyIds}::int[]) and ${isRejected}`,
  );
  return new Set(rows.map(({ id }) => id));
}
