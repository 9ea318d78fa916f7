// When an approved issue goes out: set, and taken back.
import { sql, type Queryable } from '../db.ts';
import { PermanentError } from '../errors.ts';
import { changedSinceSeen } from './issues.ts';

/**
 * Sets when an approved issue goes out; false when it goes out at once anyway, as it would now. Throws PermanentError for one that
 * is not approved, or on its way, and for another content than `approvedHash` where that is given.
 */
export async function scheduleIssue(
  tx: Queryable,
  { issueId, sendAt, at = sendAt, approvedHash }: { issueId: number; sendAt: Date; at?: Date; approvedHash?: string },
): Promise<boolean> {
  const issue = await tx.row<{ status: string; sendAt: Date | null; approvedHash: string | null }>(sql`
    select status, send_at, approved_hash from issues where id = ${issueId} for update`);
  if (issue?.status === 'sending' || issue?.status === 'sent')
    throw new PermanentError(`issue ${issueId} is ${issue.status}; it goes out once`);
  if (issue?.status !== 'approved' && issue?.status !== 'scheduled')
    throw new PermanentError(`issue ${issueId} is not approved; approve it, then schedule it`);
  // What somebody said yes to is not what would go out.
  if (approvedHash !== undefined && issue.approvedHash !== approvedHash) throw changedSinceSeen(issueId);
  if (sendAt <= at && issue.sendAt !== null && issue.sendAt <= at) return false;
  await tx.run(sql`update issues set status = 'scheduled', send_at = ${sendAt} where id = ${issueId}`);
  return true;
}

/** Takes the time of a scheduled issue away; its approval stays. Throws PermanentError for one that has none, or is on its way. */
export async function unscheduleIssue(db: Queryable, issueId: number): Promise<void> {
  const changed = await db.run(sql`
    update issues set status = 'approved', send_at = null where id = ${issueId} and status = 'scheduled'`);
  if (changed === 0)
    throw new PermanentError(`issue ${issueId} is not scheduled, or goes out already; look at it again`);
}
