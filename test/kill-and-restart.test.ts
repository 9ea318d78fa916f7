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
import { postgresServer, redisServer } from './servers.ts';
import { renderSample } from './services/mailer/sending-fixture.ts';

/** By design 9 s where processes share a queue and none where one has it; BullMQ's own locks take 30 to 90 s. */
const longestSeconds = 25;
const readers = 400;
const root = new URL('../', import.meta.url);
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

type Environment = Record<string, string>;

async function startProcess(args: string[], environment: Environment) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
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
  const exit = once(child, 'exit');
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

/** How long it takes from now until the next letter; the most that was waited for is `longestSeconds`. */
async function secondsToNextLetter(server: Awaited<ReturnType<typeof startMailServer>>, shape: string) {
  const started = performance.now();
  // What the killed process had handed over may still come in.
  await sleep(300);
  await server.untilTaken(server.taken.length + 1);
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${shape}: goes on after ${seconds.toFixed(1)} s\n`);
  return seconds;
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
  const first = await startProcess(['services/main.ts', 'all'], environment);
  await server.untilTaken(3);
  await stopped(first.child, 'SIGKILL');
  // The database alone: opening the queue is part of what is tried.
  const between = await openDatabase({ directory: join(config.DATA_DIR, 'db') });
  const killed = await countLedger(between, issueId);
  await between.close();
  const second = await startProcess(['services/main.ts', 'all'], environment);
  expect(await secondsToNextLetter(server, 'embedded')).toBeLessThan(longestSeconds);
  expect(await stopped(second.child, 'SIGTERM')).toBe(0);
  expect(first.said() + second.said()).not.toContain('Warning');
  const after = await openHouse(config);
  ends.unshift(() => after.close());
  await expectBalance(after.db, issueId, { killed, to: recipients(server) });
}, 120_000);

const postgresShapes = [
  ['PostgreSQL', ['services/main.ts', 'all'], false],
  ['PostgreSQL and Redis', ['services/main.ts', 'mailer'], true],
] as const;

test.each(postgresShapes)(
  '%s: when one of two mailers is killed the other goes on, and stops when it is told to',
  async (shape, args, withRedis) => {
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
    const second = await startProcess(['services/main.ts', 'mailer'], environment);
    await stopped(first.child, 'SIGKILL');
    const killed = await countLedger(house.db, issueId);
    expect(await secondsToNextLetter(server, shape)).toBeLessThan(longestSeconds);
    expect(await stopped(second.child, 'SIGTERM')).toBe(0);
    expect(first.said() + second.said()).not.toContain('Warning');
    await expectBalance(house.db, issueId, { killed, to: recipients(server) });
  },
  120_000,
);
