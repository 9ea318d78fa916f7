// Many small writes -> one statement each few milliseconds.
import { setTimeout as sleep } from 'node:timers/promises';

/** Returns what writes one; all that came within `everyMs`, or while a write was under way, are written together. */
export function coalesceWrites<One, Result>(
  write: (batch: One[]) => Promise<Result>,
  everyMs: number,
): (one: One) => Promise<Result> {
  let waiting: { one: One; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await sleep(everyMs);
      const batch = waiting;
      waiting = [];
      try {
        const result = await write(batch.map(({ one }) => one));
        for (const { resolve } of batch) resolve(result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      void run();
    });
}
