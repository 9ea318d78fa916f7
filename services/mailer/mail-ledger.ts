// The ledger as a run of mails sees it, and how what happens to mails is written down: many in one write, in their order.
import { setTimeout as sleep } from 'node:timers/promises';
import { coalesceWrites } from './coalesce-writes.ts';
import type { TriedMail } from './server-watch.ts';

/** The rows of one kind of mail. */
export interface MailLedger<Row> {
  lease(limit: number): Promise<Row[]>;
  /** Keeps what is leased. */
  renew(): Promise<void>;
  /** Writes down what came of some, and that others may arrive from now on: all or nothing. Returns of the others those that are still ours. */
  mark(marks: Marked<Row>): Promise<Set<Row>>;
  /** Refusals that are not believed yet. */
  hold(tried: TriedMail<Row>[]): Promise<void>;
}

/** What is written down together. */
interface Marked<Row> {
  settles: TriedMail<Row>[];
  begins: Row[];
}

/** What is written down of a row: that it begins, or what came of it. */
type Mark<Row> = { begins: Row } | { settles: TriedMail<Row> };

/** Marks and outcomes of so many milliseconds are written together. */
const markEveryMs = 2;

/**
 * Returns what writes marks down, in their order: what came of a mail is there before the next one of its conversation
 * begins, so that a kill leaves one `unknown` a conversation. Resolves to the error where a row cannot begin.
 */
export function createMarks<Row extends object>(ledger: MailLedger<Row>, stop: AbortSignal) {
  return coalesceWrites(async (marks: Mark<Row>[]): Promise<Set<Row> | Error> => {
    const settles = marks.flatMap((one) => ('settles' in one ? [one.settles] : []));
    // Of one whose conversation broke meanwhile the outcome is known: one statement must not write a row twice.
    const isSettled = new Set(settles.map(({ row }) => row));
    const begins = marks.flatMap((one) => ('begins' in one && !isSettled.has(one.begins) ? [one.begins] : []));
    try {
      return await ledger.mark({ settles, begins });
    } catch {
      if (settles.length > 0) await untilStored(() => ledger.mark({ settles, begins: [] }), stop);
      if (begins.length === 0) return new Set();
      return ledger.mark({ settles: [], begins }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))); // prettier-ignore
    }
  }, markEveryMs);
}

export type Marks<Row extends object> = ReturnType<typeof createMarks<Row>>;

/** What came of a mail is known to nobody else: written again until it is stored, or the process has to go. */
async function untilStored(write: () => Promise<unknown>, stop: AbortSignal): Promise<void> {
  for (let pauseMs = 100; ; pauseMs = Math.min(5_000, pauseMs * 2)) {
    try {
      return void (await write());
    } catch (error) {
      if (stop.aborted && pauseMs > 1_600) throw error;
      await sleep(pauseMs);
    }
  }
}
