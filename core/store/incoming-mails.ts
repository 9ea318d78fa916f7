// Mails at the secret addresses of sources: taken while a sender waits, kept until they are read, from one sender each.
import { sql, type Database, type Queryable } from '../db.ts';
import { mailboxUrl } from '../mail/mailbox.ts';
import { hourMs } from '../time.ts';

/** A mail as it came. */
export interface IncomingMail {
  id: number;
  raw: Uint8Array;
}

export type MailTaking = 'taken' | 'unknown' | 'otherSender' | 'tooMany';

/** A newsletter comes once a day; a mailbox that gets more than this in an hour is being filled by somebody. */
const mostAnHour = 30;
/** Read at once: each may have some megabytes. */
const readAtOnce = 10;

/** Whether mails to this address are taken. */
export async function hasMailbox(db: Queryable, token: string): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from sources where url = ${mailboxUrl(token)} and kind = 'mail' and status = 'active' and deleted_at is null`);
  return row !== undefined;
}

/**
 * Keeps a mail, and makes its source due. The first sender is the only one from then on, unless the mail `asksToConfirm`: such
 * letters often come from another address of the same service. A refused sender is noted on the source.
 */
export async function takeMail(
  db: Database,
  mail: { token: string; sender: string; asksToConfirm: boolean; raw: Uint8Array; at: Date },
): Promise<MailTaking> {
  const { token, sender, asksToConfirm, raw, at } = mail;
  return db.transaction(async (tx) => {
    const source = await tx.row<{ id: number; sender: string | null; mailsAt: Date[] }>(sql`
      select id, options ->> 'sender' as sender, mails_at from sources
      where url = ${mailboxUrl(token)} and kind = 'mail' and status = 'active' and deleted_at is null for update`);
    if (!source) return 'unknown';
    const recent = source.mailsAt.filter((one) => one.getTime() > at.getTime() - hourMs);
    if (recent.length >= mostAnHour) return 'tooMany';
    if (source.sender !== null && source.sender !== sender && !asksToConfirm) {
      const note = `A mail from ${sender} was refused: this source takes mails from ${source.sender}. If the newsletter has changed its sender, forget the old one here.`;
      await tx.run(sql`update sources set note = ${note}, mails_at = ${[...recent, at]} where id = ${source.id}`);
      return 'otherSender';
    }
    const pinned = source.sender ?? (asksToConfirm ? null : sender);
    await tx.run(sql`
      update sources set mails_at = ${[...recent, at]}, next_check_at = least(next_check_at, ${at}),
        options = case when ${pinned}::text is null then options else options || jsonb_build_object('sender', ${pinned}::text) end
      where id = ${source.id}`);
    await tx.run(sql`
      insert into incoming_mails (source_id, sender, raw, received_at) values (${source.id}, ${sender}, ${raw}, ${at})`);
    return 'taken';
  });
}

/** The next mails of a source behind the one with the id `after`; those up to it were read and go. */
export async function nextMails(
  db: Queryable,
  { sourceId, after }: { sourceId: number; after: number },
): Promise<IncomingMail[]> {
  await db.run(sql`delete from incoming_mails where source_id = ${sourceId} and id <= ${after}`);
  return db.rows<IncomingMail>(sql`
    select id, raw from incoming_mails where source_id = ${sourceId} and id > ${after} order by id limit ${readAtOnce}`);
}

/** Says on a source what somebody has to do. */
export async function noteOnSource(
  db: Queryable,
  { sourceId, note }: { sourceId: number; note: string },
): Promise<void> {
  await db.run(sql`update sources set note = ${note} where id = ${sourceId}`);
}

/** Takes the next sender for the right one; 0 when there is no such source, or it has none. */
export function forgetSender(db: Queryable, sourceId: number): Promise<number> {
  return db.run(sql`
    update sources set options = options - 'sender', note = null
    where id = ${sourceId} and kind = 'mail' and options ? 'sender'`);
}
