// Due sources -> checked many at once: taken by lease in batches, so that a check costs no job and no statement of its own.
import type { House } from '../../core/house.ts';
import { leaseDueSources, releaseLeases, renewSourceLeases } from '../../core/store/source-leases.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import { checkSource } from './check-source.ts';
import type { FetchContext } from './fetch-source.ts';
import type { FollowUpJob } from './source-kind.ts';

/** Checks under way in one job; they wait for the network most of the time. */
const atOnce = 12;
const batchSize = 48;
/** Of one host that are taken at a time: two are asked, two wait. */
const perHost = 4;
const renewEveryMs = 30_000;
const enqueueEveryMs = 2000;

/** Checks what is due until nothing is, or `stop` comes; leases that are left then are given back. */
export async function checkDue(house: House, checking: FetchContext): Promise<void> {
  const { db, now } = house;
  const { stop } = checking;
  const taken = new Map<number, SourceToCheck>();
  const ready: SourceToCheck[] = [];
  const followUps = createFollowUps(house);
  let taking: Promise<void> | undefined;

  async function take(): Promise<void> {
    const busyHosts = busyAmong([...taken.values()]);
    const sources = await leaseDueSources(db, { now: now(), limit: batchSize, busyHosts });
    for (const source of sources) taken.set(source.id, source);
    ready.push(...sources);
  }

  async function nextSource(): Promise<SourceToCheck | undefined> {
    // One that began before this check ended took its host for busy: when it finds nothing, that says nothing about now.
    await taking;
    if (ready.length === 0) await (taking ??= take().finally(() => (taking = undefined)));
    return stop.aborted ? undefined : ready.shift();
  }

  async function work(): Promise<void> {
    for (let source = await nextSource(); source; source = await nextSource()) {
      await followUps.enqueue(await checkSource(house, source, checking));
      if (!stop.aborted) taken.delete(source.id);
    }
  }

  const renewing = setInterval(() => {
    // One that fails shows in the next statement.
    renewSourceLeases(db, { ids: [...taken.keys()], now: now() }).catch(() => undefined);
  }, renewEveryMs);
  try {
    // All of them: who still checks when another fails would check what was given back, beside whoever takes it next.
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    clearInterval(renewing);
    if (taken.size > 0) await releaseLeases(db, [...taken.keys()]);
    await followUps.enqueueAll();
  }
}

function busyAmong(sources: readonly SourceToCheck[]): string[] {
  const counts = new Map<string, number>();
  for (const { url } of sources) {
    const host = url.split('/')[2] ?? '';
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= perHost).map(([host]) => host);
}

/** The jobs that follow are enqueued every two seconds, not by every source. */
function createFollowUps({ queue }: House) {
  const due = new Set<FollowUpJob>();
  let enqueuedAt = -Infinity;
  async function enqueueAll(): Promise<void> {
    const names = [...due];
    due.clear();
    for (const name of names) await queue.enqueue(name, {});
  }
  return {
    enqueueAll,
    async enqueue(names: readonly FollowUpJob[]): Promise<void> {
      for (const name of names) due.add(name);
      if (due.size === 0 || performance.now() - enqueuedAt < enqueueEveryMs) return;
      enqueuedAt = performance.now();
      await enqueueAll();
    },
  };
}
