// What comes of many checks at once -> one statement: whatever is told while the last is being written is written together.
import type { Queryable } from '../../core/db.ts';
import { recordChecks, type SourceCheck } from '../../core/store/sources.ts';

/** Tells of a check; resolves when it is on its row. */
export type RecordCheck = (check: SourceCheck) => Promise<void>;

/** Opens the recording of one process. */
export function createRecord(db: Queryable): RecordCheck {
  let waiting: SourceCheck[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function write(after: Promise<void>): Promise<void> {
    // What became of those before is told to who waits for them.
    await after.catch(() => undefined);
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
