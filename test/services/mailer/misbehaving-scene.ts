// An issue on its way to a mail server that misbehaves, and what must hold whatever it does.
import { expect, onTestFinished } from 'vitest';
import { openDatabase, sql, type Database } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testDatabase } from '../../database.ts';
import { emptyDatabaseDump } from '../../empty-database.ts';
import { startMisbehavingServer, type MisbehavingServer } from '../../misbehaving-mail-server.ts';
import { renderSample, sendAt, testHouse } from './sending-fixture.ts';

type Misbehave = Parameters<typeof startMisbehavingServer>[0]['misbehave'];

interface Setting {
  db?: Database;
  readers?: number;
  settings?: Record<string, string>;
  pipelining?: boolean;
}

/** An issue of some readers, due, and its server; on the database of all tests unless another is given. */
export async function scene(
  misbehave: Misbehave,
  { db: given, readers = 30, settings = {}, pipelining = true }: Setting = {},
) {
  const db = given ?? (await testDatabase());
  const { issueId } = await renderSample(db, { readers });
  const server = await startMisbehavingServer({ misbehave, pipelining });
  onTestFinished(server.stop);
  const { house, clock } = testHouse(db, {
    SMTP_URL: server.url,
    MAIL_FROM: 'news@example.org',
    MAIL_TIMEOUT_SECONDS: '5',
    ...settings,
  });
  let minutes = 0;
  /** One job, some minutes after the one before. */
  async function ring(after = 0): Promise<unknown> {
    minutes += after;
    clock.now = new Date(sendAt.getTime() + minutes * 60_000);
    return sendIssue(house, issueId, new AbortController().signal).catch((error: unknown) => error);
  }
  return { db, issueId, server, house, clock, ring };
}

/** The ledger balances, nobody got two letters, and who got none is in no doubt. */
export async function expectBalance(
  db: Database,
  issueId: number,
  { server, readers = 30 }: { server: MisbehavingServer; readers?: number },
) {
  const ledger = await countLedger(db, issueId);
  expect(ledger.planned).toBe(readers);
  expect(ledger.submitted + ledger.failed + ledger.unknown + ledger.suppressed + ledger.waiting).toBe(readers);
  expect(new Set(server.taken).size).toBe(server.taken.length);
  const unclear = await db.rows<{ email: string }>(sql`
    select email from deliveries join readers on readers.id = reader_id where state <> 'submitted'`);
  expect(new Set([...server.taken, ...unclear.map(({ email }) => email)]).size).toBe(readers);
  return ledger;
}

/** What mostly waits, all at once, each on a database of its own; the names of those that fail are in the error. */
export async function atOnce<Case extends readonly [string, ...unknown[]]>(
  cases: readonly Case[],
  play: (db: Database, one: Case) => Promise<void>,
): Promise<void> {
  const played = await Promise.allSettled(
    cases.map(async (one) => {
      const db = await openDatabase({ dump: emptyDatabaseDump() });
      await play(db, one).finally(() => db.close());
    }),
  );
  const failed = played.flatMap((one, at) => (one.status === 'rejected' ? [[cases[at]![0], one.reason as Error]] : []));
  expect(failed).toEqual([]);
}
