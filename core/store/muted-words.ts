// Phrases that the desk muted: a story whose title says one is in no draft and in no pool.
import { sql, type Queryable } from '../db.ts';

export interface MutedWords {
  id: number;
  words: string;
  by: string;
  at: Date;
}

/** All of them, the newest first. */
export function listMutedWords(db: Queryable): Promise<MutedWords[]> {
  return db.rows<MutedWords>(sql`select id, words, by, at from muted_words order by id desc`);
}

/** Mutes a phrase; one that is muted already stays as it is. */
export async function muteWords(tx: Queryable, { words, by, at }: Omit<MutedWords, 'id'>): Promise<void> {
  await tx.run(
    sql`insert into muted_words (words, by, at) values (${words}, ${by}, ${at}) on conflict (words) do nothing`,
  );
}

/** Takes a phrase back; undefined when it is not there. */
export async function unmuteWords(tx: Queryable, id: number): Promise<string | undefined> {
  return (await tx.row<{ words: string }>(sql`delete from muted_words where id = ${id} returning words`))?.words;
}
