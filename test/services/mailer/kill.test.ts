import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compiled } from '../../../core/compiled.ts';
import { openDatabase, sql } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { releaseAllMails } from '../../../core/store/delivery-leases.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { emptyDatabaseDirectory } from '../../empty-database.ts';
import { startMailServer } from '../../mail-server.ts';
import { renderSample, testHouse } from './sending-fixture.ts';

const script = fileURLToPath(compiled(new URL('sending-process.ts', import.meta.url)));
const readers = 120;

test('after kill -9 in the middle of an issue no reader gets two letters, none is lost, and the ledger balances', async () => {
  const root = mkdtempSync(join(tmpdir(), 'kill-'));
  const directory = join(root, 'db');
  cpSync(emptyDatabaseDirectory, directory, { recursive: true });
  const server = await startMailServer();
  try {
    const first = await openDatabase({ directory });
    const { issueId } = await renderSample(first, { readers });
    await first.close();

    const child = spawn(process.execPath, [script, directory, server.url, String(issueId)]);
    const exit = once(child, 'exit');
    // With all conversations open, so that some of its mails are with the server and not yet in the ledger.
    await Promise.race([server.untilTaken(47), exit]);
    child.kill('SIGKILL');
    expect((await exit)[1]).toBe('SIGKILL');

    const db = await openDatabase({ directory });
    // Nobody else has this directory: opening the house gives back what was not begun.
    await releaseAllMails(db);
    const { house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
    await sendIssue(house, issueId, new AbortController().signal);
    const ledger = await countLedger(db, issueId);
    const recipients = server.taken.map(({ to }) => to);
    expect(new Set(recipients).size).toBe(recipients.length);
    expect(ledger).toMatchObject({ planned: readers, leased: 0, waiting: 0, failed: 0, suppressed: 0 });
    expect(ledger.submitted + ledger.unknown).toBe(readers);
    // One a conversation at most.
    expect(ledger.unknown).toBeLessThanOrEqual(10);
    // Whoever has no letter is one of the unknown: nobody was forgotten without a trace.
    const unknown = await db.rows<{ email: string }>(sql`
      select email from deliveries join readers on readers.id = reader_id where state = 'unknown'`);
    const reached = new Set([...recipients, ...unknown.map(({ email }) => email)]);
    expect(reached.size).toBe(readers);
    expect(await db.row(sql`select status from issues`)).toEqual({ status: 'sent' });
    await db.close();
  } finally {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  }
});
