// The embedded database runs in a thread: what it does meanwhile, what crosses, and what happens when it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../core/compiled.ts';
import { openDatabase, sql } from '../../core/db.ts';
import { openEmbedded } from '../../core/embedded.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { childEnvironment } from '../clock/test-clock.ts';
import { testDatabase } from '../database.ts';
import { emptyDatabaseDirectory } from '../empty-database.ts';

test('while a statement runs, the event loop goes on', async () => {
  const db = await testDatabase();
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  await db.rows(sql`select count(*) from generate_series(1, 1000000)`);
  clearInterval(turning);
  // With the statement on the same thread there is one at most, however long it takes.
  expect(turns).toBeGreaterThan(4);
});

test.each<[string, { value: unknown; type: string; wanted: unknown }]>([
  ['bytes', { value: Buffer.from([0, 1, 255]), type: 'bytea', wanted: new Uint8Array([0, 1, 255]) }],
  [
    'a slice of larger bytes',
    { value: Buffer.alloc(200_000, 7).subarray(5, 8), type: 'bytea', wanted: new Uint8Array([7, 7, 7]) },
  ],
  [
    'bytes that are handed over',
    { value: new Uint8Array(300_000).fill(9), type: 'bytea', wanted: new Uint8Array(300_000).fill(9) },
  ],
  [
    'an object',
    {
      value: { b: [1, null], at: new Date(0) },
      type: 'jsonb',
      wanted: { b: [1, null], at: '1970-01-01T00:00:00.000Z' },
    },
  ],
  [
    'what says how it is written',
    { value: { toJSON: () => ({ a: 1 }), word: () => 'x' }, type: 'jsonb', wanted: { a: 1 } },
  ],
  ['an array', { value: [1, 2, 3], type: 'int[]', wanted: [1, 2, 3] }],
  ['words in an array', { value: ['a"b', '\\', '数'], type: 'text[]', wanted: ['a"b', '\\', '数'] }],
  [
    'a date',
    { value: new Date('2026-11-21T06:00:00.123Z'), type: 'timestamptz', wanted: new Date('2026-11-21T06:00:00.123Z') },
  ],
  ['nothing', { value: null, type: 'text', wanted: null }],
  ['what is not there', { value: undefined, type: 'text', wanted: null }],
])('%s goes into the thread and comes back', async (_, { value, type, wanted }) => {
  const { pool } = await testDatabase();
  const { rows } = await pool.query(`select $1::${type} as value`, [value]);
  expect(rows).toEqual([{ value: wanted }]);
});

test('bytes that are given stay with their owner', async () => {
  const { pool } = await testDatabase();
  const bytes = new Uint8Array(100_000).fill(1);
  await pool.query('select $1::bytea', [bytes]);
  expect(bytes).toEqual(new Uint8Array(100_000).fill(1));
});

test('an error has what PostgreSQL says of it, and the stack of who asked', async () => {
  const db = await testDatabase();
  await db.run(sql`insert into settings (name, value) values ('once', '1')`);
  const asTheStore = () => db.run(sql`insert into settings (name, value) values ('once', '2')`);
  const error = (await asTheStore().catch((caught: unknown) => caught)) as Error;
  expect(error).toMatchObject({ code: '23505', constraint: 'settings_pkey', table: 'settings' });
  expect(error.stack).toContain('embedded.test.ts');
  expect(error).not.toHaveProperty('query');
});

test('a notification reaches who listens, until they let go', async () => {
  const { pool } = await testDatabase();
  const [one, other] = [await pool.connect(), await pool.connect()];
  const heard: unknown[] = [];
  one.on('notification', (notification) => heard.push(['one', notification]));
  other.on('notification', (notification) => heard.push(['other', notification]));
  await one.query('-- as BullMQ\nlisten "Some_jobs"');
  await other.query('listen others');
  await pool.query(`select pg_notify('Some_jobs', 'first'), pg_notify('others', 'second')`);
  await pool.query('select 1');
  expect(heard).toEqual([
    ['one', { channel: 'Some_jobs', payload: 'first' }],
    ['other', { channel: 'others', payload: 'second' }],
  ]);
  one.release();
  await pool.query(`notify "Some_jobs"`);
  await pool.query('select 1');
  expect(heard).toHaveLength(2);
  other.release();
});

test('a client that is released gives up its transaction', async () => {
  const { pool } = await testDatabase();
  const client = await pool.connect();
  await client.query('begin');
  await client.query(`insert into settings (name, value) values ('never', '1')`);
  client.release();
  const { rows } = await pool.query(`select * from settings where name = 'never'`);
  expect(rows).toEqual([]);
});

test('what was written is there after the end, and nothing can be asked any more', async () => {
  const directory = copyOfEmpty();
  const pool = await openEmbedded(directory);
  const writing = pool.query(`insert into settings (name, value) values ('last', '1')`);
  await pool.end();
  await pool.end();
  await writing;
  await expect(pool.query('select 1')).rejects.toThrow('closed');
  const again = await openEmbedded(directory);
  expect((await again.query(`select value from settings where name = 'last'`)).rows).toEqual([{ value: 1 }]);
  await again.end();
});

test('a database that loses its log ends the process with one line, and opens again with what was saved', async () => {
  const directory = copyOfEmpty();
  const script = fileURLToPath(compiled(new URL('lose-log.ts', import.meta.url)));
  const child = spawn(process.execPath, [script, directory], { env: childEnvironment({}) });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // Closed, not only ended: what it said last is still in the pipe then.
  const [code] = (await once(child, 'close')) as [number | null];
  expect(said).toMatch(
    /^courant: The embedded database stopped: [^[\]{}]+\. Start Courant again; what was saved is kept\.\n$/,
  );
  expect(code).toBe(1);
  renameSync(join(directory, 'pg_wal.away'), join(directory, 'pg_wal'));
  const db = await openDatabase({ directory });
  expect(await loadSettings(db)).toMatchObject({ publication: 'Kept' });
  await db.close();
});

function copyOfEmpty(): string {
  const directory = mkdtempSync(join(tmpdir(), 'courant-embedded-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(emptyDatabaseDirectory, join(directory, 'db'), { recursive: true });
  return join(directory, 'db');
}
