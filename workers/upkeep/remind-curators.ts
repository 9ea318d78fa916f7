// The issue of this week, unapproved when its time nears or is over -> a mail to those who may approve, each once.
import type { House } from '../../core/house.ts';
import { approvers, takeReminder } from '../../core/store/forgotten-issues.ts';
import { planNotice } from '../../core/store/notices.ts';
import { timeInWeek, weekGoingOut } from '../../core/week.ts';
import { hourMs } from '../../core/time.ts';

/** Ahead of its time there is a working morning to look at it. */
const aheadMs = 6 * hourMs;

/** Plans the mails that are due; none when the issue is approved. */
export async function remindCurators({ config, db, now, queue }: House): Promise<void> {
  const at = now();
  const sendAt = timeInWeek(config.SEND_AT, at, config.TIMEZONE);
  const isOver = at >= sendAt;
  if (at.getTime() < sendAt.getTime() - aheadMs) return;
  const monday = weekGoingOut(at, config);
  const planned = await db.transaction(async (tx) => {
    const issue = await takeReminder(tx, { monday, nth: isOver ? 2 : 1, at });
    const emails = issue ? await approvers(tx) : [];
    for (const email of emails) await planNotice(tx, { kind: 'issue-forgotten', email, detail: { issueId: issue!.id, isOver }, at }); // prettier-ignore
    return emails.length;
  });
  if (planned > 0) await queue.enqueue('notices.send', {});
}
