// The planner of the embedded database learns of tables that changed, and looks again only when they changed much.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { analyseChanged } from '../../../core/store/table-statistics.ts';
import { testDatabase } from '../../database.ts';

const addTopics = (db: Database, count: number) =>
  db.run(sql`insert into topics (name) select repeat('x', 500) from generate_series(1, ${count}::int)`);

async function known(db: Database): Promise<number> {
  const row = await db.row<{ rows: number }>(sql`select reltuples::int as rows from pg_class where relname = 'topics'`);
  return row!.rows;
}

test.each([{ vacuum: false }, { vacuum: true }])('a table that changed is analysed, vacuum $vacuum', async (how) => {
  const db = await testDatabase();
  await analyseChanged(db, how);
  await addTopics(db, 1000);
  expect(await analyseChanged(db, how)).toEqual(['public.topics']);
  expect(await known(db)).toBe(1000);
  await addTopics(db, 200);
  expect(await analyseChanged(db, how)).toEqual([]);
  await addTopics(db, 200);
  expect(await analyseChanged(db, how)).toEqual(['public.topics']);
  expect(await known(db)).toBe(1400);
});

test('dead rows are cleared away, so that a table that is only rewritten stays small', async () => {
  const db = await testDatabase();
  const size = async () => (await db.row<{ size: number }>(sql`select pg_relation_size('topics')::int as size`))!.size;
  await addTopics(db, 1000);
  await analyseChanged(db, { vacuum: true });
  const before = await size();
  for (let round = 0; round < 8; round++) {
    await db.run(sql`update topics set seen_at = now()`);
    await analyseChanged(db, { vacuum: true });
  }
  expect(await size()).toBeLessThan(before * 4);
});
