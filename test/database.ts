// One database for a test file: PGlite in memory by default, emptied before each test that asks for it.
import { afterAll } from 'vitest';
import { openDatabase, sql, type Database } from '../core/db.ts';
import { emptyDatabaseDump } from './empty-database.ts';

let opened: Promise<Database> | undefined;

/** An empty database with the current schema. A file shares one and truncates it. */
export async function testDatabase(): Promise<Database> {
  opened ??= openDatabase({ dump: emptyDatabaseDump() });
  const db = await opened;
  const tables = await db.rows<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_ledger'`);
  await db.pool.query(`truncate ${tables.map((table) => table.name).join(', ')} restart identity cascade`);
  return db;
}

afterAll(async () => {
  await (await opened)?.close();
  opened = undefined;
});
