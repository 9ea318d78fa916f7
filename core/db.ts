// The database of every process: a PostgreSQL pool when DATABASE_URL is set, PGlite in DATA_DIR otherwise.
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import { openEmbedded, type Pool, type PoolClient } from './embedded.ts';
import { messageOf, PermanentError } from './errors.ts';
import { noticeNames } from './mail/notice-kinds.ts';
import { markPrepared, preparedName } from './prepared.ts';
import { signalNames } from './signal-kinds.ts';
import { toStorable } from './storable.ts';
import { sourceKindNames } from './source-kinds.ts';

export { raw, sql };
export type { Sql };

/** `sql` for a statement that a server reads and plans once a connection: see `core/prepared.ts`. */
export const prepared = (strings: readonly string[], ...values: unknown[]): Sql =>
  markPrepared(sql(strings, ...values));

/** Where SQL runs: the pool, or one transaction of it. Column names come back in camelCase. */
export interface Queryable {
  rows<Row>(statement: Sql): Promise<Row[]>;
  row<Row>(statement: Sql): Promise<Row | undefined>;
  /** Runs a statement and says how many rows it touched. */
  run(statement: Sql): Promise<number>;
}

/** Where several statements are done as one: in a transaction of its own, or within one as a part of it. */
export interface Transactional extends Queryable {
  transaction<T>(work: (tx: Transactional) => Promise<T>): Promise<T>;
}

export interface Database extends Transactional {
  /** For BullMQ's PostgreSQL backend only. */
  pool: Pool;
  close(): Promise<void>;
}

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Opens a pool on a PostgreSQL server. `searchPath` serves BullMQ, whose tables have their own schema. */
export function openServerPool(url: string, { max, searchPath }: { max: number; searchPath: string }): Pool {
  // A statement for a page is expected to cost much and ends in milliseconds; compiling it took 130 of 150 at 100,000 stories.
  const pool = new pg.Pool({ connectionString: url, max, options: `-c search_path=${searchPath} -c jit=off` });
  // An idle client that drops must not end the process; the next query reports what is wrong.
  pool.on('error', () => undefined);
  return pool;
}

/** Opens the database, `url` first, else PGlite in `directory` (`undefined`: in memory, from `dump`), and brings its schema up to date. */
export async function openDatabase({
  url,
  directory,
  dump,
}: {
  url?: string | undefined;
  directory?: string;
  dump?: Blob;
}): Promise<Database> {
  const pool = url ? openServerPool(url, { max: 10, searchPath: 'public' }) : await openEmbedded(directory, dump);
  const database: Database = {
    ...queryableOn(pool),
    pool,
    transaction: (work) => transaction(pool, work),
    close: () => pool.end(),
  };
  try {
    await migrate(database);
    await database.transaction(admitKinds);
  } catch (error) {
    await pool.end();
    if (error instanceof PermanentError) throw error;
    throw new PermanentError(
      `The database ${url ? new URL(url).host : directory} did not open: ${messageOf(error) || codeOf(error)}. Check that it runs and that the address is right.`,
      { cause: error },
    );
  }
  return database;
}

async function transaction<T>(pool: Pool, work: (tx: Transactional) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // What fails within is not to be caught halfway: all of it is taken back together.
    const tx: Transactional = { ...queryableOn(client), transaction: (inner) => inner(tx) };
    const result = await work(tx);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

function queryableOn(target: Pool | PoolClient): Queryable {
  // A NUL in a text is refused by the server with the whole statement.
  const storable = (value: unknown): unknown =>
    typeof value === 'string' && value.includes('\0') ? toStorable(value) : value;
  const query = (statement: Sql) => {
    const { text, values } = statement;
    const name = preparedName(statement, text);
    return target.query({ ...(name && { name }), text, values: values.map(storable) });
  };
  return {
    rows: async <Row>(statement: Sql) => (await query(statement)).rows.map(camelCased) as Row[],
    row: async <Row>(statement: Sql) => (await query(statement)).rows.map(camelCased)[0] as Row | undefined,
    run: async (statement) => (await query(statement)).rowCount ?? 0,
  };
}

const camelNames = new Map<string, string>();

function camelCased(row: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in row) {
    let camel = camelNames.get(name);
    if (camel === undefined) {
      camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      camelNames.set(name, camel);
    }
    result[camel] = row[name];
  }
  return result;
}

/** The checks of columns that hold a kind, by their names. */
const kindsOf: Readonly<Record<string, { table: string; kinds: readonly string[] }>> = {
  sources_kind_check: { table: 'sources', kinds: sourceKindNames },
  notices_kind_check: { table: 'notices', kinds: noticeNames },
  signals_kind_check: { table: 'signals', kinds: signalNames },
};

const schemaDirectory = new URL('./schema/', import.meta.url);
/** Any constant: starters of one database queue up behind it, so a migration runs once. */
const migrationLock = 7_262_026;

/**
 * Applies the files of `core/schema` that the ledger lacks, each in its own transaction, its ledger row first.
 * A ledger with names this program does not know was written by a newer Courant: refused, nothing touched.
 */
async function migrate(database: Database): Promise<void> {
  await transaction(database.pool, async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${migrationLock})`);
    await tx.run(sql`
      create table if not exists schema_ledger (name text primary key, applied_at timestamptz not null default now())`);
  });
  const known = readdirSync(schemaDirectory)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  const applied = await database.rows<{ name: string }>(sql`select name from schema_ledger order by name`);
  const unknown = applied.find(({ name }) => !known.includes(name));
  if (unknown) {
    throw new PermanentError(
      `The database was written by a newer Courant (${unknown.name}; this program knows up to ${known.at(-1)}). Install that version or choose another DATA_DIR; nothing was changed.`,
    );
  }
  for (const name of known.filter((file) => !applied.some((row) => row.name === file))) {
    await transaction(database.pool, async (tx) => {
      await tx.rows(sql`select pg_advisory_xact_lock(${migrationLock})`);
      const added = await tx.run(sql`insert into schema_ledger (name) values (${name}) on conflict do nothing`);
      if (added > 0) await tx.run(raw(readFileSync(new URL(name, schemaDirectory), 'utf8')));
    });
  }
}

/**
 * What the schema lets a column of kinds hold follows the tables of `core`: what they name and the check does not know is added,
 * nothing is taken away, so that a program of before can still run beside.
 */
async function admitKinds(tx: Queryable): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(${migrationLock})`);
  const checks = await tx.rows<{ name: string; known: string[] }>(sql`
    select conname as name, array(select m[1] from regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''::text', 'g') as m) as known
    from pg_constraint where conname = any(${Object.keys(kindsOf)}::text[]) and connamespace = current_schema()::regnamespace`);
  for (const { name, known } of checks) {
    const { table, kinds } = kindsOf[name]!;
    if (kinds.every((kind) => known.includes(kind))) continue;
    const all = [...new Set([...known, ...kinds])].map((kind) => `'${kind}'`).join(', ');
    await tx.run(raw(`alter table ${table} drop constraint ${name}, add constraint ${name} check (kind in (${all}))`));
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
}
