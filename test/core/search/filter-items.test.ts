// What a filter leaves is read once in half a minute, and an error is not kept.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { createFilterItems } from '../../../core/search/filter-items.ts';
import { testDatabase } from '../../database.ts';
import { seedSentIssue } from '../../services/seed-issue.ts';

test('who asks again within half a minute gets the same items, another filter its own', async () => {
  const db = await testDatabase();
  await seedSentIssue(db);
  const { id } = (await db.row<{ id: number }>(sql`select topic_id as id from stories where topic_id is not null`))!;
  const itemsOf = createFilterItems();
  const first = await itemsOf(db, { topicId: id });
  expect(first?.length).toBeGreaterThan(0);
  await db.run(sql`update stories set topic_id = null`);
  expect(await itemsOf(db, { topicId: id, kind: 'paper' })).toBe(first);
  expect(await itemsOf(db, { topicId: id, section: 'news' })).toEqual([]);
  expect(await createFilterItems()(db, { topicId: id })).toEqual([]);
  expect(await itemsOf(db, { year: 2026 })).toBeUndefined();
});

test('a database that fails is asked again', async () => {
  const db = await testDatabase();
  const itemsOf = createFilterItems();
  const broken = { transaction: () => Promise.reject(new Error('gone')) } as unknown as Database;
  await expect(itemsOf(broken, { topicId: 1 })).rejects.toThrow('gone');
  expect(await itemsOf(db, { topicId: 1 })).toEqual([]);
});
