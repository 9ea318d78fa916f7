// Interests: what readers say they want, in their own words.
import { sql, type Database, type Queryable } from '../db.ts';
import { lockReader } from './reader-lock.ts';

/** How many interests a reader may state. */
export const maxInterests = 20;
/** How many characters one interest may have. */
export const maxInterestLength = 200;

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
      from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) with ordinality as given(words, place)
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
