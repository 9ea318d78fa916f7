// When an approved issue goes out, set and taken back; at once where the moment has come. Desk, demo and tests call this.
import type { House } from '../house.ts';
import { recordAudit } from '../store/curators.ts';
import { scheduleIssue, unscheduleIssue } from '../store/issue-times.ts';

type Desk = Pick<House, 'db' | 'queue' | 'now'>;

/**
 * Throws PermanentError for an issue that is not approved, and for another content than the one that was said yes to. What is due
 * by now is sent; `sendAt` left out is now. Of two who send it at once the first one did.
 */
export async function schedule(
  { db, queue, now }: Desk,
  { issueId, by, sendAt = now(), approvedHash }: { issueId: number; by: string; sendAt?: Date; approvedHash?: string },
): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const isNew = await scheduleIssue(tx, { issueId, sendAt, at, ...(approvedHash !== undefined && { approvedHash }) });
    if (isNew)
      await recordAudit(tx, { actor: by, action: 'schedule', subject: `issue ${issueId}`, after: { sendAt }, at });
  });
  if (sendAt <= at) await queue.enqueue('issue.send', { issueId });
}

/** Takes the time away; the approval stays. Throws PermanentError for an issue that has none, or is on its way. */
export async function unschedule({ db, now }: Desk, { issueId, by }: { issueId: number; by: string }): Promise<void> {
  await db.transaction(async (tx) => {
    await unscheduleIssue(tx, issueId);
    await recordAudit(tx, { actor: by, action: 'unschedule', subject: `issue ${issueId}`, at: now() });
  });
}
