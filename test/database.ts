// One database for all test files of a worker: PGlite in memory, emptied before each test that asks for it.
import { openDatabase, sql, type Database } from '../core/db.ts';
import { emptyDatabaseDump } from './empty-database.ts';

let opened: Promise<Database> | undefined;

/** An empty database with the current schema; it ends with the process. */
export async function testDatabase(): Promise<Database> {
  opened ??= openDatabase({ dump: emptyDatabaseDump() });
  const db = await opened;
  const tables = await db.rows<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_ledger'`);
  await db.pool.query(`truncate ${tables.map((table) => table.name).join(', ')} restart identity cascade`);
  return db;
}
