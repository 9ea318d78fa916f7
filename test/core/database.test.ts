import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, openServerPool, prepared, sql, type Database, type Queryable } from '../../core/db.ts';
import { openEmbedded } from '../../core/embedded.ts';
import { PermanentError } from '../../core/errors.ts';
import { loadSettings, saveSettings, settleSetting } from '../../core/store/settings.ts';
import { postgresServer } from '../servers.ts';

const postgres = await postgresServer();
const directory = mkdtempSync(join(tmpdir(), 'courant-database-'));

afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true });
});

describe.each([
  ['PGlite', { directory: join(directory, 'db') }],
  ['PostgreSQL', postgres && { url: postgres.url }],
] as const)('on %s', (_, place) => {
  let db: Database;
  beforeAll(async () => {
    if (place) db = await openDatabase(place);
  });
  afterAll(() => db?.close());

  test.skipIf(!place)('a transaction that fails takes back everything it did', async () => {
    const failing = db.transaction(async (tx) => {
      await saveSettings(tx, { mailFrom: 'Never' });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await loadSettings(db)).not.toHaveProperty('mailFrom');
  });

  test.skipIf(!place)('no statement is compiled before it runs, which takes longer than a page may', async () => {
    expect(await db.row(sql`select pg_jit_available() as compiles`)).toEqual({ compiles: false });
  });

  test.skipIf(!place)('a statement that fails does not spoil the next transaction', async () => {
    await expect(db.transaction((tx) => tx.run(sql`select 1 / 0`))).rejects.toThrow('division by zero');
    await db.transaction((tx) => saveSettings(tx, { publication: 'After' }));
    expect(await loadSettings(db)).toMatchObject({ publication: 'After' });
  });

  test.skipIf(!place)('nobody sees a transaction before it is committed, and everybody after', async () => {
    await saveSettings(db, { postalAddress: 'old' });
    const { opened, open } = gate();
    const writing = db.transaction(async (tx) => {
      await saveSettings(tx, { postalAddress: 'new' });
      open();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await saveSettings(tx, { postalAddress: 'newest' });
    });
    await opened;
    // PostgreSQL answers "old" at once; PGlite, one session, waits for the commit. Neither may say "new".
    expect((await loadSettings(db)).postalAddress).toMatch(/^(old|newest)$/);
    await writing;
    expect(await loadSettings(db)).toMatchObject({ postalAddress: 'newest' });
  });

  test.skipIf(!place)(
    'a prepared statement gives what its values say, and a server reads it once a connection',
    async () => {
      const double = (tx: Queryable, n: number) => tx.row<{ twice: number }>(prepared`select 2 * ${n}::int as twice`);
      await db.transaction(async (tx) => {
        expect([await double(tx, 1), await double(tx, 21), await tx.row(sql`select 2 * ${3}::int as twice`)]).toEqual([
          { twice: 2 },
          { twice: 42 },
          { twice: 6 },
        ]);
        const kept = await tx.rows(sql`
        select generic_plans + custom_plans as plans from pg_prepared_statements where statement like '%as twice'`);
        expect(kept).toEqual(_ === 'PGlite' ? [] : [{ plans: 2 }]);
      });
    },
  );

  test.skipIf(!place)('transactions at the same time do not mix', async () => {
    await db.run(sql`create table if not exists counters (name text primary key, value integer not null)`);
    await db.run(sql`insert into counters values ('a', 0)`);
    const addOne = db.transaction.bind(db, async (tx) => {
      const row = await tx.row<{ value: number }>(sql`select value from counters where name = 'a' for update`);
      await tx.run(sql`update counters set value = ${row!.value + 1} where name = 'a'`);
    });
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await db.row(sql`select value from counters`)).toEqual({ value: 20 });
    await db.run(sql`drop table counters`);
  });

  test.skipIf(!place)('rows come back with camel-case names, whole numbers and dates', async () => {
    const at = new Date('2026-11-21T06:00:00.123Z');
    const row = await db.row(sql`
      select ${at}::timestamptz as last_checked_at, count(*) as all_items from items`);
    expect(row).toEqual({ lastCheckedAt: at, allItems: 0 });
  });

  test.skipIf(!place)('run says how many rows it touched', async () => {
    expect(await db.run(sql`insert into settings select 'n' || n, '1' from generate_series(1, 3) as n`)).toBe(3);
    expect(await db.run(sql`update settings set value = '2' where name in ('n1', 'n2')`)).toBe(2);
    expect(await db.run(sql`delete from settings where name = 'nobody'`)).toBe(0);
  });

  test.skipIf(!place)('a setting is settled once, whoever comes second', async () => {
    const values = await Promise.all(['first', 'second', 'third'].map((value) => settleSetting(db, 'secret', value)));
    expect(new Set(values).size).toBe(1);
    expect(await settleSetting(db, 'secret', 'fourth')).toBe(values[0]);
  });

  test.skipIf(!place)('a value with quotes, a backslash and four-byte letters comes back as it was', async () => {
    const publication = `O'Brien "\\n" 数据 🗞 $1`;
    await saveSettings(db, { publication });
    expect(await loadSettings(db)).toMatchObject({ publication });
  });
});

test.each(postgres ? ['PGlite', 'PostgreSQL'] : ['PGlite'])(
  'on %s the database of a newer Courant is refused, and nothing is changed',
  async (name) => {
    const server = name === 'PostgreSQL' ? await postgresServer() : undefined;
    const place = server ? { url: server.url } : { directory: join(directory, 'newer') };
    const db = await openDatabase(place);
    await db.run(sql`insert into schema_ledger (name) values ('9999_tomorrow.sql')`);
    await db.run(sql`drop table settings`);
    await db.run(sql`delete from schema_ledger where name = '0006_desk.sql'`);
    await db.close();

    const refused = await openDatabase(place).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PermanentError);
    expect(String(refused)).toMatch(/written by a newer Courant \(9999_tomorrow\.sql; .* nothing was changed/);
    expect(String(refused)).not.toContain('\n');

    const pool = server
      ? openServerPool(server.url, { max: 1, searchPath: 'public' })
      : await openEmbedded(join(directory, 'newer'));
    const { rows } = await pool.query(`
    select (select count(*)::int from schema_ledger where name = '0006_desk.sql') as ledger, to_regclass('settings') as settings`);
    expect(rows).toEqual([{ ledger: 0, settings: null }]);
    await pool.end();
    await server?.stop();
  },
);

test.skipIf(!postgres)('two processes that start at once on an empty database both find its schema', async () => {
  const server = (await postgresServer())!;
  const { url } = server;
  const both = await Promise.all([openDatabase({ url }), openDatabase({ url })]);
  for (const db of both) {
    expect(await db.rows(sql`select 1 from readers`)).toEqual([]);
    await db.close();
  }
  await server.stop();
});

test.each([
  ['nobody listens', 'postgres://127.0.0.1:1/courant', '127.0.0.1:1'],
  ['the name does not exist', 'postgres://no-such-host.invalid/courant', 'no-such-host.invalid'],
])('a server where %s is one line with its host and without a password', async (_, url, host) => {
  const withPassword = url.replace('//', '//courant:hunter2@');
  const refused = await openDatabase({ url: withPassword }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PermanentError);
  expect(String(refused)).toContain(`The database ${host} did not open`);
  expect(String(refused)).not.toMatch(/hunter2|\n/);
});

function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
