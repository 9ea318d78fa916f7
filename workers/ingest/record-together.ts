// What comes of many checks at once -> one statement: whatever comes within a moment is written together.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '../../core/db.ts';
import { recordChecks, type SourceCheck } from '../../core/store/sources.ts';

/** While many checks end, some ten of them: a statement for each takes 2 ms, with PGlite of this very thread. */
const gatherMs = 25;

/** Tells of a check; resolves when it is on its row. */
export type RecordCheck = (check: SourceCheck) => Promise<void>;

/** Opens the recording of one process. */
export function createRecord(db: Queryable): RecordCheck {
  let waiting: SourceCheck[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function write(after: Promise<void>): Promise<void> {
    // Callers wait for what became of those before.
    await Promise.all([sleep(gatherMs), after.catch(() => undefined)]);
    const checks = waiting;
    waiting = [];
    next = undefined;
    await recordChecks(db, checks);
  }

  return (check) => {
    waiting.push(check);
    next ??= last = write(last);
    return next;
  };
}
