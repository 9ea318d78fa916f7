// Mails that people wrote to us: the subscribe address, and replies to letters. Which were heeded, and what a person has yet to read.
import { sql, type Queryable } from '../db.ts';
import { mailboxOf } from '../mail/mail-address.ts';
import { toStorable } from '../storable.ts';
import { hourMs } from '../time.ts';

/** What one mailbox may have us do in a day, and all of them together in an hour; what is proven is counted apart, so that forgers keep nobody out. */
const mostADay = 20;
const mostAnHour = 600;
/** What others have passed on through one reader's reply address in a day: who passes a letter on gives the address away. */
const mostThrough = 5;

export interface ReaderMail {
  /** Equal for a mail that comes again. */
  key: string;
  mailbox: string;
  readerId: number | null;
  proven: boolean;
  /** Whose reply address it came to, where it is for a person and not proven to be that reader's; else null. */
  through: number | null;
  at: Date;
}

/** `known`: it was heeded before. `tooMany`: it has to wait. */
export type NotedMail = { is: 'new'; id: number } | { is: 'known' } | { is: 'tooMany' };

/** Lets one process heed a mail at a time, until the transaction ends: what is counted decides what is written. */
export async function lockReaderMails(tx: Queryable): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('reader mails'))`);
}

/**
 * What can be said of a mail before it is read: `nobody` when the reader whose address it came to is gone, `tooMany` when neither
 * a proven mail nor another one would be heeded.
 */
export async function mailRefusal(
  db: Queryable,
  { readerId, at }: { readerId: number | null; at: Date },
): Promise<'nobody' | 'tooMany' | undefined> {
  const row = await db.row<{ isThere: boolean; proven: number; others: number }>(sql`
    select ${readerId}::int is null or exists (select 1 from readers where id = ${readerId}) as is_there,
      count(*) filter (where proven)::int as proven, count(*) filter (where not proven)::int as others
    from reader_mails where at > ${new Date(at.getTime() - hourMs)}`);
  if (!row!.isThere) return 'nobody';
  return row!.proven >= mostAnHour && row!.others >= mostAnHour ? 'tooMany' : undefined;
}

/** Writes down that a mail came, under the lock. */
export async function noteReaderMail(tx: Queryable, mail: ReaderMail): Promise<NotedMail> {
  const { key, mailbox, readerId, proven, through, at } = mail;
  const counts = await tx.row<{ isKnown: boolean; own: number; all: number; passed: number }>(sql`
    select exists (select 1 from reader_mails where key = ${key}) as is_known,
      (select count(*)::int from reader_mails
       where mailbox = ${mailbox} and proven = ${proven} and at > ${new Date(at.getTime() - 24 * hourMs)}) as own,
      (select count(*)::int from reader_mails where proven = ${proven} and at > ${new Date(at.getTime() - hourMs)}) as all,
      (select count(*)::int from reader_mails
       where reader_id = ${through} and is_through and at > ${new Date(at.getTime() - 24 * hourMs)}) as passed`);
  if (counts!.isKnown) return { is: 'known' };
  if (counts!.own >= mostADay || counts!.all >= mostAnHour || counts!.passed >= mostThrough) return { is: 'tooMany' };
  const row = await tx.row<{ id: number }>(sql`
    insert into reader_mails (key, mailbox, reader_id, proven, is_through, at)
    values (${key}, ${mailbox}, ${readerId}, ${proven}, ${through !== null}, ${at}) returning id`);
  return { is: 'new', id: row!.id };
}

/** How many replies were planned: to the mailbox behind an address in 24 hours, and to all in an hour. The links of `leave` are counted apart. */
export async function countReplies(
  db: Queryable,
  { email, isLeaveLink, at }: { email: string; isLeaveLink: boolean; at: Date },
): Promise<{ own: number; all: number }> {
  const sameKind = sql`kind = 'mail-reply'
    and (coalesce(detail->>'says', '') = 'check' and coalesce(detail->>'command', '') = 'leave') = ${isLeaveLink}`;
  const counts = await db.row<{ own: number; all: number }>(sql`
    select (select count(*)::int from notices
            where ${sameKind} and mailbox = ${mailboxOf(email)} and created_at >= ${new Date(at.getTime() - 24 * hourMs)}) as own,
      (select count(*)::int from notices where ${sameKind} and created_at > ${new Date(at.getTime() - hourMs)}) as all`);
  return counts!;
}

export interface MailWords {
  sender: string;
  subject: string;
  words: string;
}

/** Keeps what a person is to read. */
export async function keepMailWords(tx: Queryable, id: number, { sender, subject, words }: MailWords): Promise<void> {
  await tx.run(sql`
    update reader_mails set sender = ${toStorable(sender)}, subject = ${toStorable(subject)}, words = ${toStorable(words)}
    where id = ${id} returning id`);
}

/** What a person is to read; undefined when its reader had everything deleted. */
export function mailWords(db: Queryable, id: number): Promise<(MailWords & { readerId: number | null }) | undefined> {
  return db.row(sql`select sender, subject, words, reader_id from reader_mails where id = ${id} and words is not null`);
}
