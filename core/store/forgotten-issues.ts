// Issues that nobody approved when their time comes: whom to remind, and how often that was done.
import { sql, type Queryable } from '../db.ts';

/**
 * Counts a reminder of the issue of a week, so that each is sent once, however many processes look; undefined when the issue
 * is approved by now, or was reminded of as often already.
 */
export function takeReminder(
  tx: Queryable,
  { monday, nth, at }: { monday: string; nth: number; at: Date },
): Promise<{ id: number; number: number } | undefined> {
  return tx.row(sql`
    update issues set reminders = ${nth}, over_at = case when ${nth}::int = 2 then ${at}::timestamptz end
    where week = ${monday} and status in ('draft', 'in_review') and reminders < ${nth} returning id, number`);
}

/** The addresses of those who may approve. */
export async function approvers(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ email: string }>(sql`
    select email from curators where role in ('owner', 'editor') order by id`);
  return rows.map(({ email }) => email);
}

const isForgotten = sql`status in ('draft', 'in_review') and skipped_at is null`;

/** The issue whose time was found to be over before that moment, the newest first; undefined when all were approved or settled. */
export function forgottenIssue(
  db: Queryable,
  { before }: { before: Date },
): Promise<{ id: number; overAt: Date } | undefined> {
  return db.row(sql`
    select id, over_at from issues
    where ${isForgotten} and over_at <= ${before} and pool_asked_at is null and ${notEditedSince(before)}
    order by number desc limit 1`);
}

const notEditedSince = (since: Date) => sql`not exists (
  select 1 from issue_edits where issue_id = issues.id and issue_edits.at > ${since})`;

/** Passes an issue over; 0 when somebody approved or edited it meanwhile. */
export function skipForgotten(
  tx: Queryable,
  { issueId, at, editedBefore }: { issueId: number; at: Date; editedBefore: Date },
): Promise<number> {
  return tx.run(sql`
    update issues set skipped_at = ${at}
    where id = ${issueId} and ${isForgotten} and ${notEditedSince(editedBefore)} returning id`);
}

/** Takes an issue to send it as it was suggested, and says so at the head of its intro; 0 when somebody approved or edited it meanwhile. */
export function takeForgotten(
  tx: Queryable,
  { issueId, words, editedBefore }: { issueId: number; words: string; editedBefore: Date },
): Promise<number> {
  return tx.run(sql`
    update issues set intro = concat_ws(E'\n\n', ${words}::text, nullif(intro, ''))
    where id = ${issueId} and ${isForgotten} and ${notEditedSince(editedBefore)} returning id`);
}
