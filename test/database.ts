// One database for all test files of a worker: PGlite in memory, emptied before each test that asks for it.
import { openDatabase, sql, type Database } from '../core/db.ts';
import { emptyDatabaseDump } from './empty-database.ts';

let opened: Promise<{ db: Database; filled: string }> | undefined;

/** An empty database with the current schema; it ends with the process. */
export async function testDatabase(): Promise<Database> {
  opened ??= open();
  const { db, filled } = await opened;
  const { rows } = await db.pool.query(filled);
  // New files for all eighty tables and their indexes cost 150 ms of CPU; most tests fill a few with a few rows.
  const tables = rows as { name: string; bytes: number }[];
  const small = tables.filter(({ bytes }) => bytes < 1_000_000).map(({ name }) => name);
  const large = tables.filter(({ bytes }) => bytes >= 1_000_000).map(({ name }) => name);
  if (small.length > 0) {
    const deletes = small.map((name) => `delete from ${name}`).join('; ');
    await db.pool.query(`set session_replication_role = replica; ${deletes}; reset session_replication_role`);
  }
  if (large.length > 0) await db.pool.query(`truncate ${large.join(', ')} cascade`);
  await db.pool.query(restartCounters);
  return db;
}

async function open(): Promise<{ db: Database; filled: string }> {
  const db = await openDatabase({ dump: emptyDatabaseDump() });
  const tables = await db.rows<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_ledger'`);
  const one = ({ name }: { name: string }): string =>
    `select '${name}' as name, pg_relation_size('${name}') as bytes where exists (select 1 from ${name})`;
  return { db, filled: tables.map(one).join(' union all ') };
}

/** Rows are numbered from 1 again. */
const restartCounters = `
  do $$ declare name text; begin
    for name in select sequencename from pg_sequences where schemaname = 'public' and last_value is not null loop
      execute format('alter sequence %I restart', name);
    end loop;
  end $$`;
