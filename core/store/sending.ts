// Pausing, resuming and stopping an issue that goes out, and sending again to those whom it did not reach.
import { sql, type Queryable } from '../db.ts';
import { PermanentError } from '../errors.ts';
import { bounceReaders } from './delivery-marks.ts';

export interface Pause {
  at: Date;
  /** A curator's name, or "Courant". */
  by: string;
  reason: string;
}

/** Stops sending until somebody resumes it; what is under way is finished. False when it was paused already, or is not going out. */
export async function pauseIssue(
  db: Queryable,
  { issueId, by, reason, at }: Pause & { issueId: number },
): Promise<boolean> {
  const changed = await db.run(sql`
    update issues set paused_at = ${at}, paused_by = ${by}, pause_reason = ${reason}
    where id = ${issueId} and status in ('scheduled', 'sending') and paused_at is null`);
  return changed > 0;
}

/** Goes on at once, with what waited for the server's sake too. */
export async function resumeIssue(db: Queryable, issueId: number): Promise<void> {
  const changed = await db.run(sql`
    update issues set paused_at = null, paused_by = null, pause_reason = null where id = ${issueId} and paused_at is not null`);
  if (changed === 0) throw new PermanentError(`issue ${issueId} is not paused`);
  await db.run(sql`
    update deliveries set next_try_at = null, reason = null
    where issue_id = ${issueId} and state = 'planned' and reason in ('policy', 'rate', 'connection', 'mailbox', 'message')`);
}

/** How many letters wait because the server said "no such mailbox" to so many in a row that it may be about us. */
export async function countHeldMailboxes(db: Queryable, issueId: number): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from deliveries where issue_id = ${issueId} and state = 'planned' and reason = 'mailbox'`);
  return row!.count;
}

/** A curator believes these refusals: the readers are bounced, their addresses get no more mail. Returns how many. */
export async function acceptGone(tx: Queryable, { issueId, at }: { issueId: number; at: Date }): Promise<number> {
  const gone = await tx.rows<{ id: number }>(sql`
    update deliveries set state = 'failed', attempts = attempts + 1, changed_at = ${at}
    where issue_id = ${issueId} and state = 'planned' and reason = 'mailbox' returning id`);
  await bounceReaders(tx, { deliveryIds: gone.map(({ id }) => id), now: at });
  return gone.length;
}

/** Ends it: who has no letter yet gets none, unless it is sent to them again. */
export async function stopIssue(db: Queryable, { issueId, at }: { issueId: number; at: Date }): Promise<number> {
  await db.run(sql`
    update issues set paused_at = null, paused_by = null, pause_reason = null where id = ${issueId} and status = 'sending'`);
  return db.run(sql`
    update deliveries set state = 'failed', reason = 'stopped', changed_at = ${at}
    where issue_id = ${issueId} and state = 'planned'`);
}

/** How the issue is paused; undefined when it is not. */
export function pauseOf(db: Queryable, issueId: number): Promise<Pause | undefined> {
  return db.row<Pause>(sql`
    select paused_at as at, paused_by as by, pause_reason as reason from issues
    where id = ${issueId} and paused_at is not null`);
}

/** Letters that did not arrive, or of which nobody knows, by reason. */
export interface Failures {
  state: 'failed' | 'unknown';
  reason: string | null;
  count: number;
  /** Of the last answer only its code, since servers repeat the address in their words. */
  code: string | null;
}

/** The failed and unknown letters of an issue by reason, the most first. */
export function failuresOf(db: Queryable, issueId: number): Promise<Failures[]> {
  return db.rows<Failures>(sql`
    select state, reason, count(*)::int as count, max(substring(smtp_reply from '^[0-9]{3}')) as code from deliveries
    where issue_id = ${issueId} and state in ('failed', 'unknown')
    group by state, reason order by count(*) desc, state, reason`);
}

/**
 * Plans again what failed for `reason`, or is unknown, and lets the issue go out once more. Not for readers without a
 * mailbox: their address is suppressed, and stays so. Returns how many.
 */
export async function sendAgain(
  tx: Queryable,
  { issueId, state, reason, at }: { issueId: number; state: 'failed' | 'unknown'; reason: string | null; at: Date },
): Promise<number> {
  const again = await tx.run(sql`
    update deliveries set state = 'planned', begun = false, attempts = 0, first_tried_at = null, next_try_at = null,
      reason = null, changed_at = ${at}
    from readers
    where issue_id = ${issueId} and state = ${state} and reason is not distinct from ${reason}
      and readers.id = reader_id and readers.status = 'active'
      and not exists (select 1 from suppressions where suppressions.email = readers.email)`);
  if (again > 0)
    await tx.run(sql`update issues set status = 'sending', sent_at = null where id = ${issueId} and status = 'sent'`);
  return again;
}

/** The issues that wait because somebody, or the mail server's answers, paused them. */
export function pausedIssues(db: Queryable): Promise<{ id: number; number: number }[]> {
  return db.rows(
    sql`select id, number from issues where paused_at is not null and status in ('scheduled', 'sending') order by id`,
  );
}
