// Real servers for tests: a private PostgreSQL, a private Redis, and where Chromium is.
// A missing program skips the test with a line that says what to install; REQUIRE_SERVERS=1 (CI) makes it fail instead.
import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { openServerPool } from '../core/db.ts';
import { serverClock } from './clock/test-clock.ts';
import { freePort } from '../core/network/free-port.ts';
import { claimRedisDatabase } from './redis-claim.ts';

const debianPostgres = '/usr/lib/postgresql';

export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

/** An empty PostgreSQL database: a new one on TEST_DATABASE_URL, else (and under TEST_CLOCK) on a server of its own; undefined without one. */
export async function postgresServer(): Promise<TestServer | undefined> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given && !process.env['TEST_CLOCK']) return createDatabase(given);
  const clock = serverClock();
  if (!clock) return missing('PostgreSQL stays out of TEST_CLOCK without libfaketime (apt-get install faketime)');
  const initdb = findProgram('initdb', 'PostgreSQL is not installed (apt-get install postgresql)');
  return initdb ? startPostgres(initdb, clock) : undefined;
}

/** An empty Redis: a free logical database on TEST_REDIS_URL, else a server of its own; undefined without one. */
export async function redisServer(): Promise<TestServer | undefined> {
  const given = process.env['TEST_REDIS_URL'];
  if (given) return claimRedisDatabase(given);
  const program = findProgram('redis-server', 'redis-server is not installed (apt-get install redis-server)');
  return program ? startRedis(program) : undefined;
}

/** Where Chromium is, for playwright-core; undefined without one. */
export function chromiumPath(): string | undefined {
  return (
    // It draws the same pages with a tenth less CPU: no window, no profile.
    search('chromium-headless-shell') ??
    search('chromium') ??
    search('google-chrome') ??
    findProgram('chromium-browser', 'Chromium is not installed (apt-get install chromium)')
  );
}

/** Debian keeps the server's programs out of PATH, one directory for each version. */
function search(name: string): string | undefined {
  const versions = existsSync(debianPostgres)
    ? readdirSync(debianPostgres).toSorted((a, b) => Number(b) - Number(a))
    : [];
  const servers = versions.map((version) => join(debianPostgres, version, 'bin'));
  return [...(process.env['PATH'] ?? '').split(delimiter), ...servers]
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function findProgram(name: string, otherwise: string): string | undefined {
  return search(name) ?? missing(otherwise);
}

function missing(what: string): undefined {
  if (process.env['REQUIRE_SERVERS'] === '1') throw new Error(`REQUIRE_SERVERS=1, but ${what}`);
  process.stderr.write(`skip: ${what}\n`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function createDatabase(serverUrl: string): Promise<TestServer> {
  const name = `courant_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => onServer(serverUrl, `drop database ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const pool = openServerPool(url, { max: 1, searchPath: 'public' });
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}

async function startPostgres(initdb: string, clock: Record<string, string>): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'courant-postgres-'));
  const options = { cwd: directory, ...unprivileged(directory) };
  const data = join(directory, 'data');
  execFileSync(initdb, ['-D', data, '-U', 'courant', '-A', 'trust', '-E', 'UTF8', '-N'], {
    ...options,
    stdio: 'pipe',
  });
  const port = await freePort();
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`];
  const program = initdb.replace(/initdb$/, 'postgres');
  const server = spawn(program, ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])], {
    ...options,
    env: { ...process.env, ...clock },
  });
  const stop = await untilReady(server, { says: 'ready to accept connections', directory, stopSignal: 'SIGINT' });
  return { url: `postgres://courant@127.0.0.1:${port}/postgres`, stop };
}

async function startRedis(program: string): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'courant-redis-'));
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(program, settings, { cwd: directory });
  const stop = await untilReady(server, { says: 'Ready to accept connections', directory, stopSignal: 'SIGTERM' });
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** PostgreSQL refuses to run as root, so root lends the directory to somebody else. */
function unprivileged(directory: string): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  chownSync(directory, uid, gid);
  return { uid, gid };
}

/** Waits for the server's own word that it is ready; resolves to what stops it and clears its directory. */
async function untilReady(
  server: ChildProcess,
  { says, directory, stopSignal }: { says: string; directory: string; stopSignal: NodeJS.Signals },
): Promise<() => Promise<void>> {
  const endWithUs = (): void => void server.kill(stopSignal);
  process.once('exit', endWithUs);
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes(says)) resolve();
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`${server.spawnfile} ended with ${code}: ${output}`)));
  });
  return async () => {
    process.removeListener('exit', endWithUs);
    const ended = server.exitCode === null ? once(server, 'exit') : undefined;
    server.kill(stopSignal);
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
}
