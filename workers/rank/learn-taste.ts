// Approved issues -> the curators' taste, learned again after each approval.
import type { House } from '../../core/house.ts';
import { issueToLearnFrom, saveTaste, tastedStories } from '../../core/store/tastes.ts';
import { runInThread, untilStopped } from '../../core/threads.ts';

/** Half a year: editors come and go. */
const issuesBack = 26;

/** Learns when an issue was approved that the last taste has not seen. */
export async function learnCuratorsTaste({ db, log, now }: House, stop: AbortSignal): Promise<void> {
  const issueId = await issueToLearnFrom(db);
  if (issueId === undefined) return;
  const started = performance.now();
  const stories = await tastedStories(db, { issues: issuesBack, now: now() });
  if (stories.length === 0) return;
  await untilStopped(stop, async () => {
    const file = new URL('./taste.ts', import.meta.url);
    const taste = await runInThread<typeof import('./taste.ts'), 'learnTaste'>({ file, name: 'learnTaste', pool: 'training', input: stories, stop }); // prettier-ignore
    await saveTaste(db, { ...taste, issueId, madeAt: now() });
    const { choices, pairs, accuracy, kept } = taste;
    log.info({
      event: 'taste.learned',
      issueId,
      choices,
      pairs,
      accuracy,
      kept,
      ms: Math.round(performance.now() - started),
    });
  });
}
