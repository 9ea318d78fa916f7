// An issue goes out while its mailer is killed again and again at random; what each reader got, and what the ledger says.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../core/compiled.ts';
import { openDatabase, sql } from '../../../core/db.ts';
import { countLedger, type LedgerCounts } from '../../../core/store/deliveries.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { renderSample } from './sending-fixture.ts';

const script = fileURLToPath(compiled(new URL('sending-process.ts', import.meta.url)));

export interface KillOutcome {
  duplicates: number;
  /** Readers without a letter of whom the ledger does not say that they may have none. */
  lost: number;
  /** Whom to ask: one a conversation and kill at most. */
  unknown: string[];
  ledger: LedgerCounts;
  kills: number;
}

interface Killing {
  /** A directory of an embedded database, or a postgres:// address, on which `processes` mailers share the issue. */
  place: string;
  processes: number;
  readers: number;
  kills: number;
}

/** Sends an issue; each kill comes after a random number of letters. The last mailer is left to finish. */
export async function killMailers({ place, processes, readers, kills }: Killing): Promise<KillOutcome> {
  const open = () => openDatabase(place.startsWith('postgres') ? { url: place } : { directory: place });
  const server = await startMailServer();
  const mailers = new Set<ReturnType<typeof spawn>>();
  try {
    const before = await open();
    const { issueId } = await renderSample(before, { readers });
    await before.close();
    const start = () => {
      const args = [script, place, server.url, String(issueId), '2000'];
      const child = spawn(process.execPath, args, { env: childEnvironment({}), stdio: 'ignore' });
      mailers.add(child);
      child.once('exit', () => mailers.delete(child));
      return child;
    };
    while (mailers.size < processes) start();
    let done = 0;
    for (; done < kills && (await someMore({ server, mailers }, readers / (kills + 2))); done++) {
      const [victim] = mailers;
      if (!victim) break;
      const exit = once(victim, 'exit');
      victim.kill('SIGKILL');
      await exit;
      start();
    }
    while (mailers.size > 0) await once([...mailers][0]!, 'exit');
    return { ...(await outcome(open, { server, issueId, readers, start, mailers })), kills: done };
  } finally {
    for (const child of mailers) child.kill('SIGKILL');
    await server.stop();
  }
}

/** Waits for up to twice `mean` more letters; false when every mailer ended before. */
async function someMore({ server, mailers }: Pick<Ending, 'server' | 'mailers'>, mean: number): Promise<boolean> {
  const wanted = server.taken.length + 1 + Math.floor(Math.random() * 2 * mean);
  const came = server.untilTaken(wanted).then(() => true);
  const ended = Promise.all([...mailers].map((mailer) => once(mailer, 'exit'))).then(() => false);
  return Promise.race([came, ended]);
}

interface Ending {
  server: MailServer;
  issueId: number;
  readers: number;
  start: () => ReturnType<typeof spawn>;
  mailers: Set<ReturnType<typeof spawn>>;
}

/** What was taken by a killed mailer is free once its lease has ended, which is brought forward; a mailer does the rest. */
async function outcome(open: () => ReturnType<typeof openDatabase>, { server, issueId, readers, start }: Ending) {
  for (let again = 0; again < 30; again++) {
    const db = await open();
    const { leased, waiting } = await countLedger(db, issueId);
    await db.run(sql`update deliveries set lease_until = clock_timestamp() where state = 'leased'`);
    await db.close();
    if (leased + waiting === 0) break;
    await once(start(), 'exit');
  }
  const db = await open();
  const unknown = await db.rows<{ email: string }>(sql`
    select email from deliveries join readers on readers.id = reader_id where issue_id = ${issueId} and state = 'unknown'`);
  const ledger = await countLedger(db, issueId);
  await db.close();
  const recipients = server.taken.map(({ to }) => to);
  const reached = new Set([...recipients, ...unknown.map(({ email }) => email)]);
  const duplicates = recipients.length - new Set(recipients).size;
  return { duplicates, lost: readers - reached.size, unknown: unknown.map(({ email }) => email), ledger };
}
