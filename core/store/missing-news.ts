// What is still to come before a draft may be made: sources that are due, and items that have no story yet.
import { sql, type Queryable } from '../db.ts';
import { hasAired } from './aired.ts';
import { isHeard } from './sources.ts';
import { hasItemsWithoutStory } from './stories.ts';
import { plural } from '../plural.ts';

export interface MissingNews {
  /** Titles of sources that were due and are not checked yet, the first ten by title. */
  sources: string[];
  /** How many such sources there are. */
  due: number;
  /** Items of the window without a vector. */
  unembedded: number;
  /** Whether items with a vector have no story yet. */
  unplaced: boolean;
}

/**
 * What is missing for a draft of what was published since `newsSince`; undefined when nothing is. A source counts when it
 * was due at `waitingSince`, or was added since and never checked: one that is due every five minutes holds nothing up.
 */
export async function missingNews(
  db: Queryable,
  { model, newsSince, waitingSince, now }: { model: string; newsSince: Date; waitingSince: Date; now: Date },
): Promise<MissingNews | undefined> {
  const due = await db.rows<{ title: string }>(sql`
    select title from sources
    where status = 'active' and ${isHeard} and (next_check_at <= ${waitingSince}
      or last_checked_at is null and next_check_at <= ${now}) order by title, id`);
  const row = await db.row<{ unembedded: number }>(sql`
    select count(*)::int as unembedded from items
    join sources on sources.id = source_id and ${isHeard}
    where items.published_at >= ${newsSince} and gone_at is null and not withdrawn and ${hasAired}
      and not exists (select 1 from vectors where vectors.item_id = items.id and segment = 0 and model = ${model})
      and not exists (select 1 from story_items where story_items.item_id = items.id)`);
  const { unembedded } = row!;
  const unplaced = await hasItemsWithoutStory(db, { model, since: newsSince });
  if (due.length === 0 && unembedded === 0 && !unplaced) return undefined;
  return { sources: due.slice(0, 10).map(({ title }) => title), due: due.length, unembedded, unplaced };
}

/** "3 sources were not checked (A, B and C), and 120 items were not read through." */
export function describeMissing({ sources, due, unembedded, unplaced }: MissingNews): string {
  const named = sources.slice(0, 3).join(', ') + (due > 3 ? ' and more' : '');
  const parts = [
    ...(due > 0 ? [`${plural(due, 'source', 'sources')} to be checked (${named})`] : []),
    ...(unembedded > 0 ? [`${plural(unembedded, 'item', 'items')} to be read through`] : []),
    ...(unplaced ? ['stories to be found'] : []),
  ];
  return parts.join(', ');
}
