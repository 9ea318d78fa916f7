// What each step over the whole ledger costs at a million letters of one issue: planning, planning again, suppressing, and
// leases that run out; the last line is JSON. `--database embedded`, `--readers 100000`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase, sql, type Database } from '../../../core/db.ts';
import { countLedger, planDeliveries, suppressStopped } from '../../../core/store/deliveries.ts';
import { expireLeases } from '../../../core/store/delivery-leases.ts';
import { analyseChanged } from '../../../core/store/table-statistics.ts';
import { postgresServer } from '../../servers.ts';
import { openCpuClock } from '../pages/cpu-clock.ts';

const { values } = parseArgs({
  options: { database: { type: 'string', default: 'postgres' }, readers: { type: 'string', default: '1000000' } },
});
const readers = Number(values.readers);
const now = new Date();
const issue = { issueId: 1, contentHash: 'hash', now, before: now, stop: new AbortController().signal };
/** So many conversations were going on when a process died. */
const leased = 200;

const server = values.database === 'postgres' ? await postgresServer() : undefined;
const directory = mkdtempSync(join(tmpdir(), 'courant-bench-ledger-'));
const db = await openDatabase(server ? { url: server.url } : { directory: join(directory, 'db') });
try {
  await fill(db);
  await analyseChanged(db, { vacuum: true });
  await measure(db);
} finally {
  await db.close();
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function fill(into: Database): Promise<void> {
  await into.run(sql`insert into issues (number, slug, week, title) values (1, 'one', '2026-01-05', 'One')`);
  await into.run(sql`
    insert into readers (email, status, token, created_at, confirmed_at)
    select 'reader' || n || '@made-up.example', 'active', 'token-' || n, ${now}, ${now} from generate_series(1, ${readers}::int) as n`);
}

async function measure(of: Database): Promise<void> {
  const clock = await openCpuClock(of, server !== undefined);
  const figures: Record<string, { seconds: number; cpuSeconds: number }> = {};
  const step = async (name: string, act: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    const cpuSeconds = round((await clock.spent(1, act)) / 1000);
    const seconds = round((performance.now() - started) / 1000);
    figures[name] = { seconds, cpuSeconds };
    process.stdout.write(`${name.padEnd(44)} ${seconds} s, ${cpuSeconds} s of CPU\n`);
  };
  await step(`plan ${readers} letters`, () => planDeliveries(of, issue));
  await step('plan again, nobody new', () => planDeliveries(of, issue));
  await step('suppress, nobody stopped', () => suppressStopped(of, issue));
  await of.run(sql`update readers set status = 'unsubscribed' where id % 100 = 0`);
  await step('suppress one in a hundred', () => suppressStopped(of, issue));
  await of.run(sql`
    update deliveries set state = 'leased', begun = id % 2 = 0, holder = 'gone', lease_until = now() - interval '1 second'
    where id in (select id from deliveries where state = 'planned' order by id limit ${leased})`);
  await step('leases that run out', () => expireLeases(of, issue));
  await step('leases that run out, none', () => expireLeases(of, issue));
  await step('plan again after a content that is new', () => planDeliveries(of, { ...issue, contentHash: 'new' }));
  await step('count the ledger', async () => void (await countLedger(of, 1)));
  process.stdout.write(`${JSON.stringify({ bench: 'ledger', database: values.database, readers, figures })}\n`);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
