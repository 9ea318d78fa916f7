// Stories: the items that are about the same thing, which of them speaks for the rest, and since when.
import { sql, type Database, type Queryable } from '../db.ts';
import { TemporaryError } from '../errors.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { toJson } from '../storable.ts';
import { dayMs } from '../time.ts';

/** An item as the finder of stories sees it, with where it is now. */
export interface WindowItem {
  id: number;
  sourceId: number;
  kind: StoryItemKind;
  keys: string[];
  mentions: string[];
  title: string;
  text: string;
  publishedAt: Date;
  /** Old when it arrived: in no story but by a link. */
  isBackground: boolean;
  storyId: number | null;
  why: StoryWhy | null;
  /** True when its story is in an issue that was approved: readers were promised it as it is. */
  promised: boolean;
  /** True when it joined its story a day ago or its story is in an issue: it stays where it is. */
  settled: boolean;
}

/** Why an item is in its story: it started it, shares an identifier, reads alike, or a curator says so. */
export type StoryWhy = 'first' | 'link' | 'near' | 'curator';

/** A story as it stands or is to be. */
export interface Story {
  id: number;
  headlineItemId: number | null;
  /** The curator who chose the headline; null when the rule did. */
  headlineBy: string | null;
  topicId: number | null;
  firstSeen: Date;
}

/** What is to be saved: `id` null for a new story. Its headline is one of its items. */
export interface StoryToSave {
  id: number | null;
  headlineItemId: number;
  firstSeen: Date;
  items: { itemId: number; why: StoryWhy }[];
}

/** A text of fewer characters says no more than its title: "Congrats!", or nothing where a list gives the title only. */
export const tellingLength = 40;

/** Items older than this have found their story, or stay alone; those that arrive when they are older are background. */
const windowDays = 14;

/** After this a story is settled: new items join it, and nothing moves in it but by a shared identifier or a curator. */
const settlingMs = dayMs;

/** The earliest publication or arrival that is still looked at. */
export function windowStart(now: Date): Date {
  return new Date(now.getTime() - windowDays * dayMs);
}

/** True when an item of the window has a vector of `model` and no story. */
export async function hasItemsWithoutStory(
  db: Queryable,
  { model, since }: { model: string; since: Date },
): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (
      select 1 from items join vectors on vectors.item_id = items.id and segment = 0 and model = ${model}
      where (published_at >= ${since} or items.created_at >= ${since}) and not is_background and kind <> 'digest'
        and not exists (select 1 from story_items where story_items.item_id = items.id)) as found`);
  return row!.found;
}

/** The items of the window, everything that shares a story with them, and what of the background they name, as far as they have a vector of `model`. */
export function windowItems(
  db: Queryable,
  { model, since, now }: { model: string; since: Date; now: Date },
): Promise<WindowItem[]> {
  const settledBefore = new Date(now.getTime() - settlingMs);
  return db.rows<WindowItem>(sql`
    with recent as (
      select id, keys, mentions from items where (published_at >= ${since} or created_at >= ${since}) and not is_background
        and kind <> 'digest'),
    touched as (select distinct story_id from story_items join recent on recent.id = item_id),
    named as (
      select array_agg(distinct key) as keys from recent, unnest(keys || mentions) as key
      where key = any(keys) or key ~ '^(arxiv|doi|repo|video):'),
    wanted as (
      select id from recent
      union select item_id from story_items join touched using (story_id)
      union select items.id from items, named where is_background and kind <> 'digest' and items.keys && named.keys),
    carried as (
      select story_id, bool_or(status in ('approved', 'scheduled', 'sending', 'sent')) as promised
      from (select issue_id, story_id from issue_stories join touched using (story_id) where role <> 'removed'
        union all select issue_id, story_id from issue_pool join touched using (story_id)) as held
      join issues on issues.id = held.issue_id group by story_id)
    select items.id, source_id, kind, items.keys, items.mentions, title, left(text, 2000) as text, published_at, is_background,
      story_items.story_id, why,
      coalesce(promised, false) as promised,
      carried.story_id is not null or coalesce(placed_at < ${settledBefore}, false) as settled
    from wanted
    join items on items.id = wanted.id
    join vectors on vectors.item_id = items.id and segment = 0 and model = ${model}
    left join story_items on story_items.item_id = items.id
    left join carried on carried.story_id = story_items.story_id
    order by published_at, guid, items.id`);
}

/** These stories, by id. */
export function storiesById(db: Queryable, ids: readonly number[]): Promise<Story[]> {
  return db.rows<Story>(sql`
    select id, headline_item_id, headline_by, topic_id, first_seen from stories where id = any(${ids}::int[]) order by id`);
}

/** What `saveStories` is based on and does. `seen` is what there was when the stories were found. */
export interface StoryChanges {
  seen: readonly WindowItem[];
  /** New stories and those that changed; the others are left alone. */
  stories: readonly StoryToSave[];
  now: Date;
}

/** Until the transaction ends nobody else changes which items are one story. */
export async function lockStories(tx: Queryable): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('stories'))`);
}

/**
 * Saves stories in one transaction of a few statements, and deletes those that lost all their items.
 * Throws TemporaryError when another process moved one of the items since they were read.
 */
export async function saveStories(db: Database, { seen: known, stories, now }: StoryChanges): Promise<void> {
  await db.transaction(async (tx) => {
    await lockStories(tx);
    await refuseMoved(tx, known);
    const rows = await withIds(tx, stories, now);
    await tx.run(sql`
      update stories set headline_item_id = s."headlineItemId",
        headline_by = case when stories.headline_item_id = s."headlineItemId" then headline_by end, first_seen = s."firstSeen", changed_at = ${now}
      from jsonb_to_recordset(${toJson(rows)}::jsonb)
        as s(id integer, "headlineItemId" integer, "firstSeen" timestamptz)
      where stories.id = s.id`);
    const members = rows.flatMap(({ id, items }) => items.map((item) => ({ storyId: id, ...item })));
    await tx.run(sql`
      insert into story_items (item_id, story_id, why, placed_at)
      select m."itemId", m."storyId", m.why, ${now}
      from jsonb_to_recordset(${toJson(members)}::jsonb) as m("itemId" integer, "storyId" integer, why text)
      on conflict (item_id) do update set story_id = excluded.story_id, why = excluded.why,
        placed_at = case when story_items.story_id = excluded.story_id then story_items.placed_at
          else excluded.placed_at end`);
    const before = [...new Set(known.flatMap(({ storyId }) => storyId ?? []))];
    await tx.run(sql`
      delete from stories where id = any(${before}::int[])
        and not exists (select 1 from story_items where story_items.story_id = stories.id)`);
  });
}

async function refuseMoved(tx: Queryable, known: readonly WindowItem[]): Promise<void> {
  const seen = toJson(known.map(({ id, storyId }) => ({ id, storyId })));
  const moved = await tx.row<{ count: number }>(sql`
    select count(*)::int as count
    from jsonb_to_recordset(${seen}::jsonb) as s(id integer, "storyId" integer)
    left join story_items on story_items.item_id = s.id
    left join items on items.id = s.id
    where story_items.story_id is distinct from s."storyId" or items.id is null`);
  if (moved!.count > 0) throw new TemporaryError(`${moved!.count} items moved while stories were found; looking again`);
}

/** Creates the new ones; an item heads one story only, so it tells which new row is whose. */
async function withIds(
  tx: Queryable,
  stories: readonly StoryToSave[],
  now: Date,
): Promise<(StoryToSave & { id: number })[]> {
  const created = await tx.rows<{ id: number; headlineItemId: number }>(sql`
    insert into stories (headline_item_id, first_seen, changed_at)
    select s."headlineItemId", s."firstSeen", ${now}
    from jsonb_to_recordset(${toJson(stories.filter(({ id }) => id === null))}::jsonb)
      as s("headlineItemId" integer, "firstSeen" timestamptz)
    returning id, headline_item_id`);
  const ids = new Map(created.map(({ id, headlineItemId }) => [headlineItemId, id]));
  return stories.map((story) => ({ ...story, id: story.id ?? ids.get(story.headlineItemId)! }));
}
