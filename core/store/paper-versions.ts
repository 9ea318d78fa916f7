// What papers said in each version that was here: what each was is in its history, what it is in its row.
import { sql, type Queryable } from '../db.ts';

export interface PaperVersion {
  itemId: number;
  /** As arXiv counts; null where it was not told. */
  version: number | null;
  title: string;
  text: string;
  /** When something else took its place; null of what it says today. */
  until: Date | null;
}

/** Abstracts have 2,000 characters at most by arXiv's rules; a full text is no abstract, and is compared as far as this. */
const longestText = 6_000;
/** Versions before it; papers have 1.6 on average. */
const mostEarlier = 5;

/** Of those of these items that are papers and were replaced: every version, oldest first, the one of today last. */
export function paperVersions(db: Queryable, itemIds: readonly number[]): Promise<PaperVersion[]> {
  return db.rows<PaperVersion>(sql`
    select * from (
      select id as item_id, version, title, left(text, ${longestText}) as text, null::timestamptz as until from items
      where id = any(${itemIds}::int[]) and kind = 'paper' and exists (select 1 from item_history where item_id = items.id)
      union all
      select earlier.* from items cross join lateral (
        select item_id, item_history.version, item_history.title, left(item_history.text, ${longestText}) as text, at
        from item_history where item_id = items.id order by at desc limit ${mostEarlier}) as earlier
      where items.id = any(${itemIds}::int[]) and kind = 'paper') as every
    order by item_id, until nulls last`);
}
