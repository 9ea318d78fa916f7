// How much there is of everything, in one query: for the demo, the doctor and the desk.
import { sql, type Queryable } from '../db.ts';

export interface Totals {
  sources: number;
  brokenSources: number;
  lateSources: number;
  items: number;
  /** Items without a vector of any model yet. */
  itemsWithoutVector: number;
  transcripts: number;
  stories: number;
  /** Stories with items of more than one source. */
  joinedStories: number;
  /** Those that stand: with stories, and neither faded nor part of another by now. */
  topics: number;
  activeReaders: number;
  /** Mails that the SMTP server, or the outbox, has taken. */
  submittedMails: number;
}

/** Counts everything; reads indexes and small tables only. */
export async function loadTotals(db: Queryable): Promise<Totals> {
  const row = await db.row<Totals>(sql`
    select
      (select count(*) from sources where deleted_at is null) as sources,
      (select count(*) from sources where health = 'broken' and deleted_at is null) as broken_sources,
      (select count(*) from sources where health = 'late' and deleted_at is null) as late_sources,
      (select count(*) from items) as items,
      (select count(*) from items where not exists (
        select 1 from vectors where vectors.item_id = items.id and segment = 0)) as items_without_vector,
      (select count(*) from items where transcript_state = 'ok') as transcripts,
      (select count(*) from stories) as stories,
      (select count(*) from (
        select story_id from story_items join items on items.id = item_id
        group by story_id having count(distinct source_id) > 1) as joined) as joined_stories,
      (select count(*) from topics where exists (select 1 from stories where topic_id = topics.id)
        and not exists (select 1 from (
          select kind from topic_events where topic_id = topics.id order by week desc limit 1) as latest
          where kind in ('merged', 'faded'))) as topics,
      (select count(*) from readers where status = 'active') as active_readers,
      (select count(*) from deliveries where state = 'submitted') as submitted_mails`);
  return row!;
}

/** New items that are in no story, by why. */
interface ItemsWithoutStory {
  /** Older than what makes news, or of a first reading that cannot be dated. */
  background: number;
  /** Newsletters: what they link to counts for the stories of others. */
  digests: number;
}

/** Items of these sources that came since `since` and are in no story: for whoever has sources read at the command line. */
export async function countItemsWithoutStory(
  db: Queryable,
  { sourceIds, since }: { sourceIds: readonly number[]; since: Date },
): Promise<ItemsWithoutStory> {
  const row = await db.row<ItemsWithoutStory>(sql`
    select count(*) filter (where is_background and kind <> 'digest')::int as background,
      count(*) filter (where kind = 'digest')::int as digests
    from items where source_id = any(${sourceIds}::int[]) and created_at >= ${since}
      and not exists (select 1 from story_items where item_id = items.id)`);
  return row!;
}
