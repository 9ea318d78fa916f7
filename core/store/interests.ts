// Interests: what readers say they want, in their own words.
import { sql, type Database, type Queryable } from '../db.ts';
import { lockReader } from './reader-lock.ts';
import { toJson } from '../storable.ts';

/** How many interests a reader may state. */
export const maxInterests = 20;
/** How many characters one interest may have. */
export const maxInterestLength = 200;

/** How much an interest counts, in percent: `core/schema/0093_reader_wishes.sql`. */
export const leastWeight = 10;
export const fullWeight = 100;

export interface Interest {
  words: string;
  /** `leastWeight` to `fullWeight`, in percent. */
  weight: number;
}

/** What a reader said they want and how much it counts, in the order they said it. */
export function weighedInterests(db: Queryable, readerId: number): Promise<Interest[]> {
  return db.rows<Interest>(sql`
    select words, weight from interests where reader_id = ${readerId} order by created_at, words`);
}

/** Sets how much these interests count; one that the reader has not is left out. */
export async function weighInterests(db: Queryable, readerId: number, interests: readonly Interest[]): Promise<number> {
  return db.run(sql`
    update interests set weight = given.weight
    from jsonb_to_recordset(${toJson(interests)}::jsonb) as given(words text, weight smallint)
    where reader_id = ${readerId} and interests.words = given.words returning interests.words`);
}

/** What a reader said they want, in the order they said it. */
export async function listInterests(db: Queryable, readerId: number): Promise<string[]> {
  const rows = await db.rows<{ words: string }>(sql`
    select words from interests where reader_id = ${readerId} order by created_at, words`);
  return rows.map(({ words }) => words);
}

/** Adds interests up to the limit of a reader; those already there, and those above the limit, are left out. */
export function addInterests(db: Database, readerId: number, words: string[]): Promise<number> {
  return db.transaction((tx) => insertInterests(tx, readerId, words));
}

/** The same within a transaction. Those of one reader are counted one after another: two at once would pass the limit. */
export async function insertInterests(tx: Queryable, readerId: number, words: string[]): Promise<number> {
  await lockReader(tx, readerId);
  return tx.run(sql`
    insert into interests (reader_id, words)
    select ${readerId}, wanted.words
    from (
      select distinct on (lower(given.words)) given.words, given.place
      from jsonb_array_elements_text(${toJson(words)}::jsonb) with ordinality as given(words, place)
      where not exists (
        select 1 from interests where reader_id = ${readerId} and lower(interests.words) = lower(given.words))
      order by lower(given.words), given.place
    ) as wanted
    order by wanted.place
    limit greatest(0, ${maxInterests} - (select count(*) from interests where reader_id = ${readerId})::int)
    on conflict do nothing returning words`);
}

/** Removes one interest. */
export function removeInterest(db: Queryable, readerId: number, words: string): Promise<number> {
  return db.run(sql`delete from interests where reader_id = ${readerId} and words = ${words} returning words`);
}
