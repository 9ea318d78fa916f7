// Leased ledger rows -> mails -> settled rows: the loop that letters and notices share. It sees a ledger and a transport, no database.
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { Attempt } from '../../core/store/mail-attempts.ts';
import type { Pace } from './pace.ts';
import type { OutgoingMail, Transport } from './transport.ts';

/** The rows of one kind of mail. A leased row whose process dies is never sent again, so few are leased at a time. */
interface MailLedger<Row> {
  lease(limit: number): Promise<Row[]>;
  settle(tried: { row: Row; attempt: Attempt }[]): Promise<void>;
}

export interface Delivering<Row> {
  ledger: MailLedger<Row>;
  /** Assembles the mail; a PermanentError here fails this mail alone. */
  write: (row: Row) => OutgoingMail;
  transport: Transport;
  pace: Pace;
  perSecond: number;
  stop: AbortSignal;
}

/** How many mails are `unknown` at most after a kill. */
const leasedAtOnce = 20;

/**
 * Sends until nothing is left to lease or `stop` says so; returns how many mails were tried.
 * Throws the transport's error when the server cannot be used, after settling what was leased.
 */
export async function deliver<Row>({
  ledger,
  write,
  transport,
  pace,
  perSecond,
  stop,
}: Delivering<Row>): Promise<number> {
  // No more than a minute's worth, so that a slow pace does not outlast the lease.
  const limit = Math.max(1, Math.min(leasedAtOnce, Math.floor(perSecond * 60)));
  const troubles: unknown[] = [];

  async function tryOnce(row: Row): Promise<{ row: Row; attempt: Attempt }> {
    try {
      await pace();
      if (stop.aborted || troubles.length > 0) return { row, attempt: { outcome: 'unsent', reply: 'not tried' } };
      const mail = writeOrRefuse(write, row);
      if ('outcome' in mail) return { row, attempt: mail };
      return { row, attempt: await transport.send(mail) };
    } catch (error) {
      troubles.push(error);
      return { row, attempt: { outcome: 'unsent', reply: messageOf(error) } };
    }
  }

  let tried = 0;
  while (!stop.aborted) {
    const leased = await ledger.lease(limit);
    if (leased.length === 0) break;
    await ledger.settle(await Promise.all(leased.map(tryOnce)));
    tried += leased.length;
    if (troubles.length > 0) throw troubles[0];
  }
  return tried;
}

function writeOrRefuse<Row>(write: (row: Row) => OutgoingMail, row: Row): OutgoingMail | Attempt {
  try {
    return write(row);
  } catch (error) {
    if (error instanceof PermanentError) return { outcome: 'refused', reply: error.message };
    throw error;
  }
}
