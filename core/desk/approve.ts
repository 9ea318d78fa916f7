// A curator's word on what they saw: the issue is approved, audited and handed to the ranker. Desk, demo and tests call this.
import type { House } from '../house.ts';
import { recordAudit } from '../store/curators.ts';
import { keepFound, saveGateReasons, type GateReason, type KeptFinding } from '../store/gate.ts';
import { approveIssue } from '../store/issues.ts';

export interface Approval {
  issueId: number;
  /** Of the content that was seen. */
  seenHash: string;
  /** The curator's name. */
  by: string;
  /** Why what the gate found may stay. */
  reasons?: readonly GateReason[];
  /** What the gate found, as far as it was asked. */
  found?: readonly KeptFinding[];
}

/** Throws PermanentError as `approveIssue` does. Approval, reasons and audit are one transaction; the job comes after it. */
export async function approve(
  { db, queue, now }: Pick<House, 'db' | 'queue' | 'now'>,
  { issueId, seenHash, by, reasons = [], found }: Approval,
): Promise<void> {
  const at = now();
  await approveIssue(db, { issueId, seenHash, approvedBy: by, at }, async (tx) => {
    await saveGateReasons(tx, { issueId, reasons: [...reasons], at });
    await keepFound(tx, issueId, found ?? null);
    const why = Object.fromEntries(reasons.map(({ checkName, reason }) => [checkName, reason]));
    const after = { hash: seenHash, ...(reasons.length > 0 && { why }) };
    await recordAudit(tx, { actor: by, action: 'approve', subject: `issue ${issueId}`, after, at });
  });
  await queue.enqueue('issue.rank', { issueId });
}
