// Enqueues every job again each half minute: a lost job costs that long, never data. What is due is a row, not a queue entry.
import { isTranslated } from '../core/editions/edition-langs.ts';
import type { House } from '../core/house.ts';
import { messageOf } from '../core/errors.ts';
import { enqueueDueSources } from '../core/enqueue-due-sources.ts';
import { followSettings } from '../core/live-config.ts';
import { issuesToCheck } from '../core/store/gate.ts';
import { isDueToSend, issuesUnderway } from '../core/store/issues.ts';
import { draftsToAsk } from '../core/store/asked-summaries.ts';
import { poolsToLay } from '../core/store/issue-pool.ts';
import { draftsToRedo } from '../core/store/redrafts.ts';
import { loadSettings } from '../core/store/settings.ts';
import { draftsToSort } from '../core/store/section-labels.ts';
import { timeInWeek } from '../core/week.ts';

const everyMs = 30_000;

/** Starts the schedule and returns what stops it. */
export function startSchedule(house: House): () => void {
  const enqueueOrLog = (): void => {
    enqueueDue(house).catch((error: unknown) =>
      house.log.error({ event: 'schedule.failed', message: messageOf(error) }),
    );
  };
  enqueueOrLog();
  const timer = setInterval(enqueueOrLog, everyMs);
  return () => clearInterval(timer);
}

/** Enqueues the jobs of everything that is due now. */
async function enqueueDue(house: House): Promise<void> {
  const { config, db, now, queue } = house;
  await enqueueDueSources(house);
  await queue.enqueue('transcripts.fetch', {});
  await queue.enqueue('texts.fetch', {});
  await queue.enqueue('papers.fetch', {});
  await queue.enqueue('sources.forget', {});
  await queue.enqueue('items.embed', {});
  await queue.enqueue('search.index', {});
  await queue.enqueue('model.train', {});
  await queue.enqueue('taste.learn', {});
  await queue.enqueue('ranking.judge', {});
  await queue.enqueue('links.check', {});
  await queue.enqueue('notices.send', {});
  await queue.enqueue('readers.welcome', {});
  await queue.enqueue('tables.analyse', {});
  await queue.enqueue('boards.count', {});
  await queue.enqueue('ledgers.keep', {});
  await queue.enqueue('issue.remind', {});
  await queue.enqueue('figures.count', {});
  await queue.enqueue('issues.picture', {});
  if (config.WEBHOOK_URL) await queue.enqueue('hooks.send', {});
  if (config.WEBSUB_HUB) await queue.enqueue('hub.ping', {});
  await queue.enqueue('rows.forget', {});
  // One that was asked for before its time waits for what is due, and is looked at again.
  const settings = await loadSettings(db);
  followSettings(config, settings);
  const isDraftDue = now() >= timeInWeek(config.DRAFT_AT, now(), config.TIMEZONE);
  if (isDraftDue || settings.draftWait) await queue.enqueue('issue.draft', {});
  for (const { id } of await draftsToRedo(db)) await queue.enqueue('issue.redraft', { issueId: id });
  if (config.SUMMARY_URL) {
    for (const { id } of await draftsToAsk(db, config.SUMMARY_LIMIT))
      await queue.enqueue('issue.summarise', { issueId: id });
  }
  if (isTranslated(config)) {
    for (const { id } of await issuesToCheck(db)) await queue.enqueue('issue.translate', { issueId: id });
  }
  for (const { id } of await poolsToLay(db)) await queue.enqueue('issue.pool', { issueId: id });
  for (const { id } of await draftsToSort(db)) await queue.enqueue('issue.sort', { issueId: id });
  for (const issue of await issuesUnderway(db)) {
    const issueId = issue.id;
    await queue.enqueue('issue.rank', { issueId });
    await queue.enqueue('issue.render', { issueId });
    if (isDueToSend(issue, now())) await queue.enqueue('issue.send', { issueId });
  }
}
