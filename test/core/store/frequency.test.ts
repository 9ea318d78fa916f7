// Who gets an issue: every one, every second or every fourth, counted from the last that went to them.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { hasUnranked, planDeliveries } from '../../../core/store/deliveries.ts';
import { savePicks, unrankedReaders, unrankedShards } from '../../../core/store/picks.ts';
import { testDatabase } from '../../database.ts';

let db: Database;
const now = new Date('2026-11-20T10:00:00Z');

beforeEach(async () => {
  db = await testDatabase();
  await db.run(sql`
    insert into issues (number, slug, week, title) select n, '2026-w' || (30 + n), '2026-11-16'::date + 7 * n, 'One' from generate_series(1, 9) as n`);
  await db.run(sql`
    insert into readers (email, token, status, every_issues, confirmed_at) select 'r' || step || '@example.org', 't' || step, 'active', step, '2026-01-01'
    from unnest('{1,2,4}'::int[]) as step`);
});

/** Ranks and sends an issue to those whose turn it is; returns their steps. */
async function send(issueId: number, state = 'submitted'): Promise<number[]> {
  const content = { issueId, contentHash: 'h' };
  const readers = await unrankedReaders(db, { ...content, storyIds: [], afterId: 0, limit: 10 });
  expect(await unrankedShards(db, content)).toEqual(readers.length > 0 ? [0] : []);
  const picks = readers.map(({ id }) => ({ readerId: id, stories: [], unmet: [], profile: { facets: [] } }));
  await savePicks(db, { ...content, ranker: 'x', readers: picks, now });
  expect(await hasUnranked(db, { ...content, before: now })).toBe(false);
  await planDeliveries(db, { ...content, before: now, now, stop: new AbortController().signal });
  await db.run(sql`update deliveries set state = ${state} where issue_id = ${issueId}`);
  const rows = await db.rows<{ step: number }>(sql`
    select every_issues as step from deliveries join readers on readers.id = reader_id where issue_id = ${issueId} order by 1`);
  expect(rows).toHaveLength(readers.length);
  return rows.map(({ step }) => step);
}

test('a letter comes as often as was asked for', async () => {
  const sent: number[][] = [];
  for (let issue = 1; issue <= 9; issue++) sent.push(await send(issue));
  expect(sent).toEqual([[1, 2, 4], [1], [1, 2], [1], [1, 2, 4], [1], [1, 2], [1], [1, 2, 4]]);
});

test('who did not get one because sending failed gets the next; one that may have arrived counts', async () => {
  expect(await send(1, 'failed')).toEqual([1, 2, 4]);
  expect(await send(2, 'suppressed')).toEqual([1, 2, 4]);
  expect(await send(3, 'unknown')).toEqual([1, 2, 4]);
  expect(await send(4)).toEqual([1]);
});
