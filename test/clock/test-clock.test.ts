// TEST_CLOCK reaches whatever a test starts: else two clocks would meet, on the days after somebody wrote a date down.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../core/compiled.ts';
import { openServerPool, sql } from '../../core/db.ts';
import { runInThread } from '../../core/threads.ts';
import { testDatabase } from '../database.ts';
import { postgresServer } from '../servers.ts';
import { childEnvironment, clockOffsetMs, moveClocks } from './test-clock.ts';

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const now = Date.parse('2026-11-28T12:00:00Z');
const file = new URL('read-clock.ts', import.meta.url);

/** In hours, since a busy machine takes minutes. */
function expectTime(found: number, wanted: number): void {
  expect(Math.abs(found - wanted) / hourMs).toBeLessThan(1);
}

function readChild(environment: NodeJS.ProcessEnv): number[] {
  const read = execFileSync(process.execPath, [fileURLToPath(compiled(file))], { env: environment });
  return JSON.parse(read.toString()) as number[];
}

test.each([
  ['+1d', dayMs],
  ['+400d', 400 * dayMs],
  ['-3h', -3 * hourMs],
  ['+90m', 1.5 * hourMs],
  ['+34560000000ms', 400 * dayMs],
  ['2026-11-28T13:00Z', hourMs],
  ['2026-11-28T12:00:00+01:00', -hourMs],
  ['2028-02-29T12:00:00Z', 458 * dayMs],
])('%s moves the clock by %i ms', (testClock, offsetMs) => {
  expect(clockOffsetMs(testClock, now)).toBe(offsetMs);
});

test.each(['1', '400d', '+1w', 'tomorrow', '2027-03-28', '2027-03-28T00:30:00', '2027-02-30T25:00:00Z', '+99999d', ''])(
  '"%s" is refused in one line that says what it may be',
  (testClock) => {
    const refusal = /^TEST_CLOCK is "[^\n]*"; it takes an offset \(\+8d, -3h, \+30m\) or an instant [^\n]*$/;
    expect(() => clockOffsetMs(testClock, now)).toThrow(refusal);
  },
);

test('no test starts a process without its clock', () => {
  const tests = new URL('../', import.meta.url);
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const without = files.filter((name) => /env: \{ *PATH:/.test(readFileSync(new URL(name, tests), 'utf8')));
  expect(without).toEqual([]);
});

describe('one clock', () => {
  test('in a process that is told another than ours', () => {
    const environment: NodeJS.ProcessEnv = { PATH: process.env['PATH'], TEST_CLOCK: '+400d' };
    moveClocks(environment);
    const ours = Date.now() - (process.env['TEST_CLOCK'] ? clockOffsetMs(process.env['TEST_CLOCK'], Date.now()) : 0);
    for (const time of readChild(environment)) expectTime(time, ours + 400 * dayMs);
  });

  test('in child processes and worker threads', async () => {
    const stop = new AbortController().signal;
    const inThread = await runInThread<typeof import('./read-clock.ts'), 'readClock'>({
      file,
      name: 'readClock',
      pool: 'stories',
      input: undefined,
      stop,
    });
    for (const time of [...readChild(childEnvironment({})), ...inThread]) expectTime(time, Date.now());
  });

  test('in the embedded database', async () => {
    const db = await testDatabase();
    const row = await db.row<{ at: Date }>(sql`select now() as at`);
    expectTime(Number(row!.at), Date.now());
  });

  test('in a PostgreSQL server', async ({ skip }) => {
    const server = await postgresServer();
    if (!server) return skip('PostgreSQL or libfaketime is not installed');
    const pool = openServerPool(server.url, { max: 1, searchPath: 'public' });
    onTestFinished(async () => {
      await pool.end();
      await server.stop();
    });
    const { rows } = await pool.query('select now() as at');
    expectTime(Number(rows[0]!['at']), Date.now());
  });
});
