// Sources that a curator took off the desk: what goes with them, how they come back, and what is forgotten in the end.
import { sql, type Database, type Queryable, type Sql } from '../db.ts';
import { sourceColumns, type Source } from './sources.ts';

/** How long a deleted source can be brought back. */
export const keptDays = 30;

/** What hangs on a source. */
export interface SourceTies {
  items: number;
  /** Of its items, those whose story an issue has carried. */
  carried: number;
}

/** Whether an issue has carried a story: a curator saw it there, or somebody was given it from the pool. */
const wasCarried = (storyId: Sql): Sql => sql`(
  exists (select 1 from issue_stories where issue_stories.story_id = ${storyId})
  or exists (select 1 from picked_stories where picked_stories.story_id = ${storyId}))`;

/** Counts what hangs on a source, for whoever is about to delete it. */
export async function sourceTies(db: Queryable, sourceId: number): Promise<SourceTies> {
  const row = await db.row<SourceTies>(sql`
    select count(*)::int as items, (count(*) filter (where exists (
      select 1 from story_items where item_id = items.id and ${wasCarried(sql`story_items.story_id`)})))::int as carried
    from items where source_id = ${sourceId}`);
  return row!;
}

/** Deletes a source: nothing of it is lost yet, but it is not read and comes into no draft; 0 when it is gone already. */
export function deleteSource(db: Queryable, { sourceId, at }: { sourceId: number; at: Date }): Promise<number> {
  return db.run(sql`update sources set deleted_at = ${at} where id = ${sourceId} and deleted_at is null`);
}

/** Brings a deleted source back as it was, and makes it due; 0 when there is none. */
export function restoreSource(db: Queryable, { sourceId, now }: { sourceId: number; now: Date }): Promise<number> {
  return db.run(sql`
    update sources set deleted_at = null, next_check_at = ${now}, options = options - 'forgotten'
    where id = ${sourceId} and deleted_at is not null`);
}

/** The sources that can be brought back, the last deleted first. */
export function deletedSources(db: Queryable, now: Date): Promise<Source[]> {
  return db.rows<Source>(sql`
    select ${sourceColumns} from sources
    where deleted_at > ${now}::timestamptz - ${keptDays} * interval '1 day' order by deleted_at desc, id`);
}

/**
 * Forgets the sources deleted more than 30 days ago: their secrets and headers, and every item whose story no issue has
 * carried and no reader has said a word about. What was carried keeps its story, its page and the name of its source;
 * a source with nothing left goes altogether.
 */
export async function forgetDeletedSources(db: Database, now: Date): Promise<{ items: number; sources: number }> {
  const isOver = sql`deleted_at <= ${now}::timestamptz - ${keptDays} * interval '1 day'`;
  const due = await db.row(sql`
    select 1 as due from sources where ${isOver} and not coalesce((options ->> 'forgotten')::boolean, false) limit 1`);
  if (!due) return { items: 0, sources: 0 };
  return db.transaction(async (tx) => {
    const items = await tx.run(sql`
      delete from items using sources where sources.id = source_id and ${isOver} and not exists (
        select 1 from story_items where item_id = items.id and (
          ${wasCarried(sql`story_items.story_id`)}
          or exists (select 1 from signals where signals.story_id = story_items.story_id)))`);
    await tx.run(sql`
      delete from stories where not exists (select 1 from story_items where story_id = stories.id)
        and not ${wasCarried(sql`stories.id`)}
        and not exists (select 1 from signals where story_id = stories.id)`);
    await tx.run(sql`delete from deadlines using sources where sources.id = source_id and ${isOver}`);
    await tx.run(sql`
      update sources set secret = null, secret_header = null, headers = '{}', user_agent = null,
        options = '{"forgotten": true}' where ${isOver}`);
    const sources = await tx.run(sql`
      delete from sources where ${isOver} and not exists (select 1 from items where source_id = sources.id)`);
    return { items, sources };
  });
}
