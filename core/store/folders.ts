// What a look into a folder says beyond its items: which are gone or back, and which files were passed over.
import { sql, type Queryable } from '../db.ts';

/**
 * Marks the items of a folder whose guid is not among `present` as gone, and those that are back as here again; their
 * stories count as changed. `note` is the sentence for the source's row, null for none. Returns how many went or came.
 */
export async function recordFolder(
  db: Queryable,
  folder: { sourceId: number; present: readonly string[]; note: string | null; at: Date },
): Promise<number> {
  const { sourceId, present, note, at } = folder;
  await db.run(sql`update sources set note = ${note} where id = ${sourceId} and note is distinct from ${note}`);
  const moved = await db.rows(sql`
    with turned as (
      update items set gone_at = case when gone_at is null then ${at}::timestamptz end
      where source_id = ${sourceId} and (gone_at is null) <> (guid = any(${present}::text[])) returning id
    ), moved as (
      update stories set changed_at = ${at} from story_items join turned on item_id = turned.id where stories.id = story_id
    )
    select id from turned`);
  return moved.length;
}
