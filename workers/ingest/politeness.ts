// Requests to arXiv -> one every three seconds, as it asks; within this process.
import { setTimeout as sleep } from 'node:timers/promises';

/** Returns what waits for the turn of an address; hosts other than arXiv have no queue. */
export function createTurnstile({ everyMs = 3000 } = {}): (url: string, stop: AbortSignal) => Promise<void> {
  let free = 0;
  return async (url, stop) => {
    if (!/(^|\.)arxiv\.org$/.test(new URL(url).hostname)) return;
    const now = Date.now();
    const turn = Math.max(now, free);
    free = turn + everyMs;
    if (turn > now) await sleep(turn - now, undefined, { signal: stop });
  };
}
