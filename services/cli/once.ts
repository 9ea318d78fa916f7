// Commands that do one piece of work and end: the workers run in this process until every job is done.
import { readConfig } from '../../core/config.ts';
import { openHouse, type House } from '../../core/house.ts';
import type { QueueName } from '../../core/jobs.ts';
import { countLeasedSources } from '../../core/store/source-leases.ts';
import { startWorkers } from '../../workers/start.ts';
import { waitFor, type Progress } from './progress.ts';

/** Opens the house, starts the workers without their schedule, runs `work`, and closes both. */
export async function workOnce(work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(readConfig({ defaults: { LOG_LEVEL: 'error' } }));
  const workers = await startWorkers(house, { scheduled: false });
  try {
    await work(house);
  } finally {
    await workers.stop();
    await house.close();
  }
}

/**
 * Waits until no job of these queues waits or runs, and, where sources are read, nobody holds a due one:
 * another process may be checking it, and what it finds is still to come. Says meanwhile what `detail` finds.
 */
export async function waitUntilQuiet(
  house: House,
  queueNames: QueueName[],
  { progress, detail, timeoutMs = 120_000 }: { progress: Progress; detail: () => Promise<string>; timeoutMs?: number },
): Promise<void> {
  let quietLooks = 0;
  await waitFor(
    async () => {
      const counts = await house.queue.counts();
      const isChecking = queueNames.includes('ingest') && (await countLeasedSources(house.db, house.now())) > 0;
      const busy = isChecking || queueNames.some((name) => counts[name].waiting + counts[name].active > 0);
      // A handler enqueues the next job before its own is done, so two quiet looks are the end of the chain.
      quietLooks = busy ? 0 : quietLooks + 1;
      return { done: quietLooks >= 2, detail: await detail() };
    },
    { timeoutMs, tell: (text) => progress.at(text) },
  );
}
