// The token in a reader's links: it is renewed when the reader leaves or asks for it; replaced tokens can only unsubscribe.
import { sql, type Database, type Queryable } from '../db.ts';
import { lockReader } from './reader-lock.ts';
import { newToken, readerByToken, type Reader } from './readers.ts';
import { hourMs } from '../time.ts';

/** How long the page that says "you are unsubscribed" can take it back. */
const undoMs = hourMs;
/** More than anybody has mails of; older ones lead nowhere. */
const keptTokens = 50;

/** Who may leave by a link, and whether that link may also take it back and show whose it is. */
export interface Leaver {
  reader: Reader;
  /** The link is the one in use, or was until its holder left by it just now. */
  isOwn: boolean;
}

/** Gives the reader's links a new token (192 random bits). Returns it. */
export async function renewToken(
  tx: Queryable,
  { readerId, why, at }: { readerId: number; why: 'left' | 'renewed'; at: Date },
): Promise<string> {
  await lockReader(tx, readerId);
  const token = newToken();
  await tx.run(sql`
    insert into ended_tokens (token, reader_id, why, ended_at)
    select token, id, ${why}, ${at} from readers where id = ${readerId}`);
  await tx.run(sql`
    delete from ended_tokens where reader_id = ${readerId} and token in (
      select token from ended_tokens where reader_id = ${readerId} order by ended_at desc, token offset ${keptTokens})`);
  await tx.run(sql`update readers set token = ${token} where id = ${readerId}`);
  return token;
}

/** Ends all links of a reader's mails so far, and returns the token of the new ones. */
export function endOldLinks(db: Database, { readerId, at }: { readerId: number; at: Date }): Promise<string> {
  return db.transaction((tx) => renewToken(tx, { readerId, why: 'renewed', at }));
}

/**
 * Gives back the token that the last leaving ended, within a transaction: who takes the leaving back has mails whose links work again. Links
 * that the reader ended themselves since stay ended. Returns the token in use.
 */
export async function restoreToken(tx: Queryable, { readerId, at }: { readerId: number; at: Date }): Promise<string> {
  await lockReader(tx, readerId);
  const last = await tx.row<{ token: string; why: 'left' | 'renewed' }>(sql`
    select token, why from ended_tokens where reader_id = ${readerId} order by ended_at desc, token limit 1`);
  if (last?.why === 'left') {
    await tx.run(sql`delete from ended_tokens where token = ${last.token}`);
    await tx.run(sql`
      insert into ended_tokens (token, reader_id, why, ended_at)
      select token, id, 'renewed', ${at} from readers where id = ${readerId}`);
    await tx.run(sql`update readers set token = ${last.token} where id = ${readerId}`);
  }
  return (await tx.row<{ token: string }>(sql`select token from readers where id = ${readerId}`))!.token;
}

/** Who may leave by this token: its reader, also when the link has ended; an old mail must never keep anybody subscribed. */
export async function leaverByToken(
  db: Queryable,
  { token, now }: { token: string; now: Date },
): Promise<Leaver | undefined> {
  const own = await readerByToken(db, token);
  if (own) return { reader: own, isOwn: true };
  const ended = await db.row<{ token: string; isOwn: boolean }>(sql`
    select readers.token, why = 'left' and ended_at > ${new Date(now.getTime() - undoMs)} as is_own
    from ended_tokens join readers on readers.id = reader_id where ended_tokens.token = ${token}`);
  const reader = ended && (await readerByToken(db, ended.token));
  return reader && { reader, isOwn: ended.isOwn };
}
