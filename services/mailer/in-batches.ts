// Many small writes -> one statement each few milliseconds.
import { setTimeout as sleep } from 'node:timers/promises';

interface Batching<One> {
  /** What came within so long a time, or while a write was under way, is written together. */
  everyMs: number;
  /** Whether somebody waits for it. Others go along with the next that is, or by themselves after `laterMs`. */
  isUrgent: (one: One) => boolean;
  laterMs: number;
}

/** Returns what writes one. */
export function inBatches<One, Result>(
  write: (batch: One[]) => Promise<Result>,
  { everyMs, isUrgent, laterMs }: Batching<One>,
): (one: One) => Promise<Result> {
  let waiting: { one: One; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  let isRunning = false;
  let hurry = (): void => undefined;

  function untilUrgent(): Promise<void> | undefined {
    if (waiting.some(({ one }) => isUrgent(one))) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, laterMs);
      hurry = () => (clearTimeout(timer), resolve());
    });
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await untilUrgent();
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
      if (isUrgent(one)) hurry();
      if (isRunning) return;
      isRunning = true;
      void run();
    });
}
