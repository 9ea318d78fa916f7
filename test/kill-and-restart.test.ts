// A mailer is killed in the middle of an issue, in each shape: the queue lets go of what it was doing, and the rest goes out.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '../core/config.ts';
import { openDatabase, sql, type Database } from '../core/db.ts';
import { openHouse } from '../core/house.ts';
import { countLedger, type LedgerCounts } from '../core/store/deliveries.ts';
import { childEnvironment } from './clock/test-clock.ts';
import { emptyDatabaseDirectory } from './empty-database.ts';
import { startMailServer } from './mail-server.ts';
import { talk } from './redis-claim.ts';
import { postgresServer, redisServer } from './servers.ts';
import { renderSample } from './services/mailer/sending-fixture.ts';

/** For so long a job stays with a process that died where processes share a queue, and so often one looks; BullMQ's own are 30 s both. */
const longestLockMs = 5_000;
const longestCheckMs = 2_000;
const readers = 400;
const root = new URL('../', import.meta.url);
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

type Environment = Record<string, string>;

async function startProcess(args: string[], environment: Environment) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: childEnvironment(environment),
  });
  ends.unshift(() => stopped(child, 'SIGKILL'));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('process.started')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return { child, said: () => said };
}

async function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  // With all that it said.
  const exit = once(child, 'close');
  child.kill(signal);
  return (await exit)[0] as number | null;
}

async function openScene(environment: Environment) {
  const directory = mkdtempSync(join(tmpdir(), 'courant-kill-'));
  ends.push(() => rmSync(directory, { recursive: true, force: true }));
  if (!environment['DATABASE_URL']) cpSync(emptyDatabaseDirectory, join(directory, 'db'), { recursive: true });
  const server = await startMailServer();
  ends.unshift(() => server.stop());
  const whole = { DATA_DIR: directory, SMTP_URL: server.url, MAIL_FROM: 'news@example.org', MAIL_PER_SECOND: '5', PORT: '0', ...environment }; // prettier-ignore
  const config = parseConfig({ ...whole, LOG_LEVEL: 'silent' });
  const house = await openHouse(config);
  const { issueId } = await renderSample(house.db, { readers });
  // The processes have the clock of the machine, whatever it says.
  await house.db.run(sql`update issues set send_at = now() - interval '1 hour'`);
  await house.db.run(sql`update readers set confirmed_at = now() - interval '1 day'`);
  return { environment: whole, config, house, server, issueId };
}

/** A letter beyond those that the killed process had handed over, which may still come in. */
async function nextLetter(server: Awaited<ReturnType<typeof startMailServer>>) {
  await sleep(300);
  await server.untilTaken(server.taken.length + 1);
}

/** How long the jobs that are being done are locked from now; 0 when there are none. */
async function lockedMs(db: Database, redisUrl: string | undefined): Promise<number> {
  if (!redisUrl) {
    const locked = await db.row<{ until: string | null }>(sql`select max(locked_until_ms) as until from bullmq.job`);
    return Math.max(0, Number(locked?.until ?? 0) - Date.now());
  }
  return longestTtl(redisUrl, '*:lock');
}

/** Of the keys of a Redis that are named so: how long the last of them stays; 0 when there are none. */
async function longestTtl(redisUrl: string, pattern: string): Promise<number> {
  const script = `local most = 0 for _, key in ipairs(redis.call('KEYS', '${pattern}')) do most = math.max(most, redis.call('PTTL', key)) end return most`;
  const [, most] = await talk(redisUrl, [`SELECT ${new URL(redisUrl).pathname.slice(1)}`, `EVAL "${script}" 0`]);
  return Number(most!.slice(1));
}

/** Nobody got two letters, and nobody may send again what the killed process had begun: one a conversation at most. */
async function expectBalance(db: Database, issueId: number, { killed, to }: { killed: LedgerCounts; to: string[] }) {
  expect(new Set(to).size).toBe(to.length);
  const ledger = await countLedger(db, issueId);
  expect(ledger.planned).toBe(readers);
  expect(ledger.leased + ledger.unknown).toBeLessThanOrEqual(killed.leased + killed.unknown);
  expect(ledger.unknown).toBeLessThanOrEqual(10);
  expect(ledger.failed).toBe(0);
}

const recipients = (server: { taken: { to: string }[] }): string[] => server.taken.map(({ to }) => to);

test('embedded: a killed process goes on at once when it is started again, and stops when it is told to', async () => {
  const { environment, config, house, server, issueId } = await openScene({});
  await house.close();
  const first = await startProcess(['dist/services/main.js', 'all'], environment);
  await server.untilTaken(3);
  await stopped(first.child, 'SIGKILL');
  // The database alone: opening the queue is part of what is tried.
  const between = await openDatabase({ directory: join(config.DATA_DIR, 'db') });
  const killed = await countLedger(between, issueId);
  await between.close();
  const second = await startProcess(['dist/services/main.js', 'all'], environment);
  // What waited for the lock of the job would wait for ten minutes.
  await nextLetter(server);
  expect(await stopped(second.child, 'SIGTERM')).toBe(0);
  expect(first.said() + second.said()).not.toContain('Warning');
  const after = await openHouse(config);
  ends.unshift(() => after.close());
  await expectBalance(after.db, issueId, { killed, to: recipients(server) });
});

const postgresShapes = [
  ['PostgreSQL', ['dist/services/main.js', 'all'], false],
  ['PostgreSQL and Redis', ['dist/services/main.js', 'mailer'], true],
] as const;

test.each(postgresShapes)(
  '%s: when one of two mailers is killed the other goes on, and stops when it is told to',
  async (_shape, args, withRedis) => {
    const postgres = await postgresServer();
    const redis = withRedis ? await redisServer() : undefined;
    if (!postgres || (withRedis && !redis)) return;
    ends.push(() => postgres.stop(), () => redis?.stop()); // prettier-ignore
    const servers = { DATABASE_URL: postgres.url, ...(redis && { REDIS_URL: redis.url }) };
    const { environment, house, server, issueId } = await openScene(servers);
    ends.unshift(() => house.close());
    const first = await startProcess([...args], environment);
    await house.queue.enqueue('issue.send', { issueId });
    await server.untilTaken(3);
    const second = await startProcess(['dist/services/main.js', 'mailer'], environment);
    const locked = async (): Promise<number> => lockedMs(house.db, redis?.url);
    await expect.poll(locked).toBeGreaterThan(0);
    expect(await locked()).toBeLessThanOrEqual(longestLockMs);
    // Both databases of a queue are looked at as often.
    const check = redis ? await longestTtl(redis.url, '*:stalled-check') : 0;
    expect(check).toBeLessThanOrEqual(longestCheckMs);
    await stopped(first.child, 'SIGKILL');
    const killed = await countLedger(house.db, issueId);
    await nextLetter(server);
    expect(await stopped(second.child, 'SIGTERM')).toBe(0);
    expect(first.said() + second.said()).not.toContain('Warning');
    await expectBalance(house.db, issueId, { killed, to: recipients(server) });
  },
);
