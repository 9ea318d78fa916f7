// Items that came just now and are in no story, and why: for whoever has sources read at the command line.
import { sql, type Queryable } from '../db.ts';

export interface UntoldItems {
  /** Older than what makes news, or of a first reading that cannot be dated. */
  background: number;
  /** Newsletters: what they link to counts for the stories of others. */
  digests: number;
}

/** Of these sources, since `since`. */
export async function countUntoldItems(
  db: Queryable,
  { sourceIds, since }: { sourceIds: readonly number[]; since: Date },
): Promise<UntoldItems> {
  const row = await db.row<UntoldItems>(sql`
    select count(*) filter (where is_background and kind <> 'digest')::int as background,
      count(*) filter (where kind = 'digest')::int as digests
    from items where source_id = any(${sourceIds}::int[]) and created_at >= ${since}
      and not exists (select 1 from story_items where item_id = items.id)`);
  return row!;
}
