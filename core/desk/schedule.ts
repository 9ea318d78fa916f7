// When an approved issue goes out, set and taken back; at once where the moment has come. Desk, demo and tests call this.
import type { House } from '../house.ts';
import { recordAudit } from '../store/curators.ts';
import { scheduleIssue, unscheduleIssue } from '../store/issues.ts';

type Desk = Pick<House, 'db' | 'queue' | 'now'>;

/** Throws PermanentError for an issue that is not approved. What is due by now is sent; `sendAt` left out is now. */
export async function schedule(
  { db, queue, now }: Desk,
  { issueId, by, sendAt = now() }: { issueId: number; by: string; sendAt?: Date },
): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    await scheduleIssue(tx, { issueId, sendAt });
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
