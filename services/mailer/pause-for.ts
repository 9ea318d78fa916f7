// An issue that the mail server will not take -> paused, and told to those who can do something about it.
import type { House } from '../../core/house.ts';
import { listCurators } from '../../core/store/curators.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import { planNotice } from '../../core/store/notices.ts';
import { pauseIssue } from '../../core/store/sending.ts';

/** Pauses the issue and plans a mail to each owner and editor, in one transaction; once, however many processes saw it. */
export async function pauseFor(house: House, { issue, words }: { issue: ApprovedIssue; words: string }): Promise<void> {
  const { db, log, now, queue } = house;
  const at = now();
  const isNew = await db.transaction(async (tx) => {
    if (!(await pauseIssue(tx, { issueId: issue.id, by: 'Courant', reason: words, at }))) return false;
    const curators = (await listCurators(tx)).filter(({ role }) => role !== 'reviewer');
    for (const { email } of curators) {
      await planNotice(tx, { kind: 'issue-paused', email, detail: { issueId: issue.id, why: words }, at });
    }
    return true;
  });
  if (!isNew) return;
  log.error({ event: 'issue.paused', issueId: issue.id, why: words });
  await queue.enqueue('notices.send', {});
}
