// One edit of an issue: it brings the issue back to review, stands in the audit, and is ranked for the proofs.
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import type { Curator } from '../../core/store/curators.ts';
import { editIssue } from '../../core/store/issues.ts';
import { note } from './desk.ts';

interface Edit {
  /** Of the issue. */
  id: number;
  curator: Curator;
  action: string;
  before: unknown;
  after: unknown;
  change: (tx: Queryable) => Promise<void>;
}

/** Makes the change and its line in the audit in one transaction, then has the issue ranked. */
export async function noteEdit({ db, now, queue }: House, { id, curator, change, ...entry }: Edit): Promise<void> {
  await editIssue(db, id, async (tx) => {
    await change(tx);
    await note(tx, curator, { ...entry, subject: `issue ${id}`, at: now() });
  });
  await queue.enqueue('issue.rank', { issueId: id });
}
