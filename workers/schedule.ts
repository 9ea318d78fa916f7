// Rings every bell again each half minute: a lost job costs that long, never data. What is due is a row, not a queue entry.
import type { House } from '../core/house.ts';
import { messageOf } from '../core/errors.ts';
import { ringDueSources } from '../core/ring-due-sources.ts';
import { issuesUnderway } from '../core/store/issues.ts';
import { draftsToAsk } from '../core/store/asked-summaries.ts';
import { poolsToLay } from '../core/store/issue-pool.ts';
import { draftsToSort } from '../core/store/section-labels.ts';
import { timeInWeek } from '../core/week.ts';

const everyMs = 30_000;

/** Starts the schedule and returns what stops it. */
export function startSchedule(house: House): () => void {
  const ringAndTell = (): void => {
    ringDue(house).catch((error: unknown) => house.log.error({ event: 'schedule.failed', message: messageOf(error) }));
  };
  ringAndTell();
  const timer = setInterval(ringAndTell, everyMs);
  return () => clearInterval(timer);
}

/** Rings the bells of everything that is due now. */
async function ringDue(house: House): Promise<void> {
  const { config, db, now, queue } = house;
  await ringDueSources(house);
  await queue.ring('transcripts.fetch', {});
  await queue.ring('texts.fetch', {});
  await queue.ring('sources.forget', {});
  await queue.ring('items.embed', {});
  await queue.ring('model.train', {});
  await queue.ring('taste.learn', {});
  await queue.ring('ranking.judge', {});
  await queue.ring('notices.send', {});
  await queue.ring('tables.analyse', {});
  await queue.ring('boards.count', {});
  await queue.ring('ledgers.keep', {});
  await queue.ring('rows.forget', {});
  if (now() >= timeInWeek(config.DRAFT_AT, now(), config.TIMEZONE)) await queue.ring('issue.draft', {});
  if (config.SUMMARY_URL) {
    for (const { id } of await draftsToAsk(db, config.SUMMARY_LIMIT))
      await queue.ring('issue.summarise', { issueId: id });
  }
  for (const { id } of await poolsToLay(db)) await queue.ring('issue.pool', { issueId: id });
  for (const { id } of await draftsToSort(db)) await queue.ring('issue.sort', { issueId: id });
  for (const { id, status, sendAt } of await issuesUnderway(db)) {
    await queue.ring('issue.rank', { issueId: id });
    await queue.ring('issue.render', { issueId: id });
    if (status === 'sending' || (sendAt && sendAt <= now())) await queue.ring('issue.send', { issueId: id });
  }
}
