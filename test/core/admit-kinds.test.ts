// What the schema lets a column of kinds hold follows the tables of core, without a migration.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase, sql, type Database } from '../../core/db.ts';
import { sourceKindNames } from '../../core/source-kinds.ts';
import { emptyDatabaseDirectory } from '../empty-database.ts';

const directory = mkdtempSync(join(tmpdir(), 'courant-kinds-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const add = (db: Database, kind: string) =>
  db.run(sql`insert into sources (kind, title, url) values (${kind}, ${kind}, ${`https://${kind}.example/`})`);

test('a database that knows fewer kinds learns them when it is opened, and keeps what it alone knew', async () => {
  cpSync(emptyDatabaseDirectory, directory, { recursive: true });
  const before = await openDatabase({ directory });
  await before.run(sql`alter table sources drop constraint sources_kind_check,
    add constraint sources_kind_check check (kind in ('feed', 'formerly'))`);
  await add(before, 'formerly');
  await expect(add(before, 'arxiv')).rejects.toThrow('sources_kind_check');
  await before.close();
  const db = await openDatabase({ directory });
  try {
    for (const kind of sourceKindNames) await add(db, kind);
    await expect(add(db, 'nonsense')).rejects.toThrow('sources_kind_check');
    expect(await db.rows(sql`select 1 from sources`)).toHaveLength(sourceKindNames.length + 1);
  } finally {
    await db.close();
  }
});
