// Notices: single mails that somebody asked for and waits for, such as a sign-in link; sent by the same ledger rules as
// letters. A row says to whom and why; the mail is written when it is sent, so that no link is ever stored.
import { sql, type Queryable } from '../db.ts';
import { mailboxOf } from '../mail-address.ts';
import { noticeNames, type NoticeKind } from '../notice-kinds.ts';
import { afterAttempt, leaseMs, type Attempt } from './mail-attempts.ts';

/** What a notice is about beside its address. Of a sign-in: which browser asked, and where it is. */
interface NoticeDetail {
  browserHash?: string;
  askedBy?: string;
  isKnown?: boolean;
  [field: string]: unknown;
}

export interface NewNotice {
  kind: NoticeKind;
  email: string;
  detail?: NoticeDetail;
  at: Date;
}

/** What a newer program beside this one plans is left to that one. */
const isKnownKind = sql`kind = any(${noticeNames}::text[])`;

export interface LeasedNotice {
  id: number;
  kind: NoticeKind;
  email: string;
  detail: NoticeDetail;
  attempts: number;
}

/** Plans a mail; enqueue `notices.send` after the commit. Returns its id. */
export async function planNotice(db: Queryable, { kind, email, detail = {}, at }: NewNotice): Promise<number> {
  const row = await db.row<{ id: number }>(sql`
    insert into notices (kind, email, mailbox, detail, created_at)
    values (${kind}, ${email}, ${mailboxOf(email)}, ${JSON.stringify(detail)}::jsonb, ${at}) returning id`);
  return row!.id;
}

/** When mails of a kind were planned for the mailbox behind an address since then, newest first. */
export async function noticesTo(
  db: Queryable,
  { kind, email, since, isKnown = false }: { kind: NoticeKind; email: string; since: Date; isKnown?: boolean },
): Promise<Date[]> {
  const rows = await db.rows<{ createdAt: Date }>(sql`
    select created_at from notices
    where mailbox = ${mailboxOf(email)} and kind = ${kind} and created_at >= ${since}
      and coalesce((detail->>'isKnown')::boolean, false) = ${isKnown}
    order by created_at desc`);
  return rows.map(({ createdAt }) => createdAt);
}

/** How many mails of a kind were planned since then, whoever they are for. */
export async function countNotices(db: Queryable, { kind, since }: { kind: NoticeKind; since: Date }): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from notices where kind = ${kind} and created_at > ${since}`);
  return row!.count;
}

/** How many notices are due, counting those a process took and may have died with. */
export async function countDueNotices(db: Queryable, now: Date): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from notices
    where ${isKnownKind} and (state = 'leased' or (state = 'planned' and coalesce(next_try_at <= ${now}, true)))`);
  return row!.count;
}

/** Takes up to `limit` planned notices for sending; what a dead process had taken becomes `unknown`, and stays so. */
export async function leaseNotices(
  db: Queryable,
  { now, limit }: { now: Date; limit: number },
): Promise<LeasedNotice[]> {
  await db.run(sql`
    update notices set state = 'unknown', lease_until = null where state = 'leased' and lease_until < ${now}`);
  return db.rows<LeasedNotice>(sql`
    update notices set state = 'leased', lease_until = ${new Date(now.getTime() + leaseMs)}
    from (
      select id from notices where ${isKnownKind} and state = 'planned' and coalesce(next_try_at <= ${now}, true)
      order by id limit ${limit} for update skip locked
    ) as next
    where notices.id = next.id
    returning notices.id, kind, email, detail, attempts`);
}

/** Writes down what came of the attempts. */
export async function settleNotices(
  db: Queryable,
  { tried, now }: { tried: { id: number; attempts: number; attempt: Attempt }[]; now: Date },
): Promise<void> {
  const rows = tried.map(({ id, attempts, attempt }) => ({
    id,
    reply: attempt.reply,
    ...afterAttempt(attempt, { attempts, now }),
  }));
  await db.run(sql`
    update notices set state = t.state, attempts = t.attempts, next_try_at = t."nextTryAt", smtp_reply = t.reply,
      lease_until = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(id integer, state text, attempts integer, "nextTryAt" timestamptz, reply text)
    where notices.id = t.id and notices.state in ('leased', 'unknown')`);
}
