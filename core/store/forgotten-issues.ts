// Issues that nobody approved when their time comes: whom to remind, and how often that was done.
import { sql, type Queryable } from '../db.ts';

/**
 * Counts a reminder of the issue of a week, so that each is sent once, however many processes look; undefined when the issue
 * is approved by now, or was reminded of as often already.
 */
export function takeReminder(
  tx: Queryable,
  { monday, nth }: { monday: string; nth: number },
): Promise<{ id: number; number: number } | undefined> {
  return tx.row(sql`
    update issues set reminders = ${nth}
    where week = ${monday} and status in ('draft', 'in_review') and reminders < ${nth} returning id, number`);
}

/** The addresses of those who may approve. */
export async function approvers(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ email: string }>(sql`
    select email from curators where role in ('owner', 'editor') order by id`);
  return rows.map(({ email }) => email);
}
