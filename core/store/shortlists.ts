// Shortlists: the stories that a reading group shares by a link, and the day it meets.
import { sql, type Database, type Queryable } from '../db.ts';
import { storiesNow } from './addresses.ts';
import { lockReader } from './reader-lock.ts';
import { newToken } from './readers.ts';

export interface Shortlist {
  id: number;
  token: string;
  name: string;
  /** As 2026-12-04. */
  day: string;
}

export interface ShortlistStory {
  storyId: number;
  title: string;
  lang: string;
  source: string;
}

/** Of one reader, and of stories on one list. */
export const maxShortlists = 20;
export const maxShortlistStories = 100;

const columns = sql`id, token, name, to_char(day, 'YYYY-MM-DD') as day`;

/** Makes one; undefined when the reader has as many as there may be. */
export async function createShortlist(
  db: Database,
  { readerId, name, day, at }: { readerId: number; name: string; day: string; at: Date },
): Promise<Shortlist | undefined> {
  return db.transaction(async (tx) => {
    await lockReader(tx, readerId);
    return tx.row<Shortlist>(sql`
      insert into shortlists (token, reader_id, name, day, created_at)
      select ${newToken()}, ${readerId}, ${name}, ${day}, ${at}
      where (select count(*) from shortlists where reader_id = ${readerId}) < ${maxShortlists}
      returning ${columns}`);
  });
}

/** The one with this link; undefined when there is none, or none any more. */
export function shortlistByToken(db: Queryable, token: string): Promise<Shortlist | undefined> {
  return db.row<Shortlist>(sql`select ${columns} from shortlists where token = ${token}`);
}

/** Those that a reader made, by their day. */
export function shortlistsOf(db: Queryable, readerId: number): Promise<Shortlist[]> {
  return db.rows<Shortlist>(
    sql`select ${columns} from shortlists where reader_id = ${readerId} order by shortlists.day, id`,
  );
}

/** Ends one of this reader's; false when it is not theirs or there is none. */
export async function endShortlist(
  db: Queryable,
  { readerId, token }: { readerId: number; token: string },
): Promise<boolean> {
  return (await db.run(sql`delete from shortlists where token = ${token} and reader_id = ${readerId}`)) > 0;
}

/** Adds a story, once; false when the list is full of stories that are still there. */
export async function addToShortlist(
  db: Database,
  { id, storyId, readerId, at }: { id: number; storyId: number; readerId: number; at: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Two who add at once wait for each other; of one that has just ended nothing is left to add to.
    const list = await tx.row(sql`select id from shortlists where id = ${id} for update`);
    if (!list) return false;
    const { length } = await storiesOfShortlist(tx, id);
    await tx.run(sql`
      insert into shortlist_stories (shortlist_id, story_id, reader_id, added_at)
      select ${id}, ${storyId}, ${readerId}, ${at} where ${length}::int < ${maxShortlistStories}
      -- What was taken off comes back at the end.
      on conflict (shortlist_id, story_id) do update set reader_id = excluded.reader_id, added_at = excluded.added_at, removed_at = null
      where shortlist_stories.removed_at is not null`);
    const row = await tx.row(sql`
      select 1 from shortlist_stories where shortlist_id = ${id} and story_id = ${storyId} and removed_at is null`);
    return row !== undefined;
  });
}

interface Listed {
  readerId: number;
  token: string;
  storyId: number;
}

/** Takes a story off one of this reader's lists; false when it is not theirs, or not on it. */
export function removeFromShortlist(db: Queryable, { at, ...listed }: Listed & { at: Date }): Promise<boolean> {
  return markListed(db, listed, at);
}

/** Puts what was taken off back in its place; false when there is no such list or story, or the list is full meanwhile. */
export function putBackOnShortlist(db: Database, listed: Listed): Promise<boolean> {
  return db.transaction(async (tx) => {
    const list = await tx.row<{ id: number }>(
      sql`select id from shortlists where token = ${listed.token} and reader_id = ${listed.readerId} for update`,
    );
    if (!list || (await storiesOfShortlist(tx, list.id)).length >= maxShortlistStories) return false;
    return markListed(tx, listed, null);
  });
}

/** A story that was joined to another may be on the list under either number. */
async function markListed(
  db: Queryable,
  { readerId, token, storyId }: Listed,
  removedAt: Date | null,
): Promise<boolean> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from shortlist_stories join shortlists on shortlists.id = shortlist_id where token = ${token} and shortlists.reader_id = ${readerId}`);
  const ids = rows.map((row) => row.storyId);
  return (
    (await db.run(sql`
      update shortlist_stories set removed_at = ${removedAt} from shortlists
      where shortlists.id = shortlist_id and token = ${token} and shortlists.reader_id = ${readerId}
        and (removed_at is null) = ${removedAt !== null}::boolean
        and shortlist_stories.story_id in (select asked_id from (${storiesNow(ids)}) as now where now.story_id = ${storyId})`)) >
    0
  );
}

/** Its stories in the order they came, each where it is now; those that are gone are left out. */
export async function storiesOfShortlist(db: Queryable, id: number): Promise<ShortlistStory[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from shortlist_stories where shortlist_id = ${id} and removed_at is null order by added_at, story_id`);
  const ids = rows.map(({ storyId }) => storyId);
  return db.rows<ShortlistStory>(sql`
    select now.story_id, items.title, items.lang, sources.title as source
    from (select story_id, min(array_position(${ids}::int[], asked_id)) as place from (${storiesNow(ids)}) as now group by story_id) as now
    join stories on stories.id = now.story_id
    join items on items.id = headline_item_id
    join sources on sources.id = source_id
    order by now.place`);
}
