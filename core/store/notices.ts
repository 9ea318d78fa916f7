// Notices: single mails that somebody asked for and waits for, such as a sign-in link; sent by the same ledger rules as
// letters. A row says to whom and why; the mail is written when it is sent, so that no link is ever stored.
import { prepared, sql, type Queryable } from '../db.ts';
import { mailboxOf } from '../mail/mail-address.ts';
import { noticeNames, type NoticeKind } from '../mail/notice-kinds.ts';
import { endLeases } from './delivery-leases.ts';
import { afterAttempt, giveUpAfterMs, leaseSeconds, type Attempt } from './mail-attempts.ts';
import { toJson } from '../storable.ts';

/** What a notice is about beside its address. Of a sign-in: which browser asked, and where it is. Of a pause: which issue, and why. */
interface NoticeDetail {
  browserHash?: string;
  askedBy?: string;
  isKnown?: boolean;
  issueId?: number;
  why?: string;
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
  firstTriedAt: Date | null;
}

/** Plans a mail; enqueue `notices.send` after the commit. Returns its id. */
export async function planNotice(db: Queryable, { kind, email, detail = {}, at }: NewNotice): Promise<number> {
  const row = await db.row<{ id: number }>(sql`
    insert into notices (kind, email, mailbox, detail, created_at)
    values (${kind}, ${email}, ${mailboxOf(email)}, ${toJson(detail)}::jsonb, ${at}) returning id`);
  return row!.id;
}

/** What became of the last mail of a kind to an address, about an issue; undefined where there is none. */
export function lastNotice(
  db: Queryable,
  { kind, email, issueId }: { kind: NoticeKind; email: string; issueId: number },
): Promise<{ state: string; reason: string | null; smtpReply: string | null; createdAt: Date } | undefined> {
  return db.row(prepared`
    select state, reason, smtp_reply, created_at from notices
    where mailbox = ${mailboxOf(email)} and kind = ${kind} and (detail ->> 'issueId')::int = ${issueId}
    order by id desc limit 1`);
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

const leaseEnd = sql`clock_timestamp() + ${leaseSeconds}::int * interval '1 second'`;

/**
 * Takes up to `limit` planned notices for sending, first those that were never tried: what was refused or put off holds up no other. What a dead process had begun becomes `unknown`, and stays so; the rest
 * of what it had taken is planned again.
 */
export async function leaseNotices(
  db: Queryable,
  { now, limit, holder }: { now: Date; limit: number; holder: string },
): Promise<LeasedNotice[]> {
  await db.run(sql`${endLeases(sql`notices`)} and lease_until < clock_timestamp()`);
  return db.rows<LeasedNotice>(sql`
    with next as materialized (
      select id from notices where ${isKnownKind} and state = 'planned' and coalesce(next_try_at <= ${now}, true)
      order by next_try_at nulls first, id limit ${limit} for update skip locked
    )
    update notices set state = 'leased', begun = false, holder = ${holder}, lease_until = ${leaseEnd}
    from next where notices.id = next.id
    returning notices.id, kind, email, detail, attempts, first_tried_at`);
}

/** Keeps what `holder` has leased. */
export async function renewNotices(db: Queryable, holder: string): Promise<void> {
  await db.run(sql`update notices set lease_until = ${leaseEnd} where state = 'leased' and holder = ${holder}`);
}

/** Writes down that these may arrive from now on; returns the ids of those that `holder` still has. */
export async function beginNotices(
  db: Queryable,
  { ids, holder }: { ids: number[]; holder: string },
): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    update notices set begun = true where id = any(${ids}) and state = 'leased' and holder = ${holder} returning id`);
  return rows.map(({ id }) => id);
}

type TriedNotice = Pick<LeasedNotice, 'id' | 'attempts' | 'firstTriedAt'> & { attempt: Attempt };

/** Writes down what came of the attempts. */
export async function settleNotices(
  db: Queryable,
  { tried, now, holder }: { tried: TriedNotice[]; now: Date; holder: string },
): Promise<void> {
  const rows = tried.map(({ id, attempts, firstTriedAt, attempt }) => ({
    id,
    reply: attempt.reply,
    isTried: attempt.outcome !== 'unsent',
    ...afterAttempt(attempt, { attempts, firstTriedAt, now }),
  }));
  await db.run(sql`
    update notices set state = t.state, attempts = t.attempts, next_try_at = t."nextTryAt", smtp_reply = t.reply,
      reason = t.reason, first_tried_at = case when t."isTried" then coalesce(first_tried_at, ${now}) else first_tried_at end,
      lease_until = null
    from jsonb_to_recordset(${toJson(rows)}::jsonb)
      as t(id integer, state text, attempts integer, "nextTryAt" timestamptz, reason text, "isTried" boolean, reply text)
    where notices.id = t.id and holder = ${holder} and notices.state in ('leased', 'unknown', 'planned')`);
}

/** How long a refusal that may be about us waits at least; then as long again as since the first. */
const heldMs = 15 * 60_000;

/**
 * Plans notices again whose refusal may be about us; `settleNotices` of the same holder may still say otherwise. What is refused
 * for days has failed.
 */
export async function holdNotices(
  db: Queryable,
  { tried, now, holder }: { tried: TriedNotice[]; now: Date; holder: string },
): Promise<void> {
  const rows = tried.map(({ id, firstTriedAt, attempt }) => {
    const ageMs = now.getTime() - (firstTriedAt ?? now).getTime();
    const state = ageMs >= giveUpAfterMs ? 'failed' : 'planned';
    const nextTryAt = new Date(now.getTime() + Math.max(heldMs, ageMs));
    return { id, state, nextTryAt, reply: attempt.reply, reason: attempt.reason ?? null };
  });
  await db.run(sql`
    update notices set state = t.state, begun = false, attempts = attempts + 1, reason = t.reason, smtp_reply = t.reply, lease_until = null,
      next_try_at = t."nextTryAt", first_tried_at = coalesce(first_tried_at, ${now})
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as t(id integer, state text, "nextTryAt" timestamptz, reason text, reply text)
    where notices.id = t.id and holder = ${holder} and notices.state = 'leased'`);
}
