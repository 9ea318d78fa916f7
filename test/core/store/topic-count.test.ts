// A topic is said to have as many stories as its page lists.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { loadTotals } from '../../../core/store/totals.ts';
import { newestStories } from '../../../core/store/story-lists.ts';
import { topicWeather } from '../../../core/store/topic-weeks.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

test.each([
  ['of all', sql`select 1`, 2],
  ['but those that a muted source heads', sql`update sources set muted = true where id = 1`, 0],
  ['but those whose headline is gone', sql`update items set gone_at = now() where id = 4`, 1],
])('%s', async (_what, change, count) => {
  const db = await testDatabase();
  await seedIssue(db);
  await db.run(change);
  const [topic] = await topicWeather(db, '2026-11-16');
  const listed = await newestStories(db, { topicId: topic!.id }, { limit: 100 });
  expect([topic!.stories, listed.length]).toEqual([count, count]);
});

test.each([
  [[], 1],
  [['born', 'faded'], 0],
  [['merged'], 0],
  [['faded', 'returned'], 1],
])('of topics those count that stand: after %j %i', async (kinds, count) => {
  const db = await testDatabase();
  await seedIssue(db);
  const topic = await db.row<{ id: number }>(
    sql`select distinct topic_id as id from stories where topic_id is not null`,
  );
  for (const [at, kind] of kinds.entries())
    await db.run(sql`insert into topic_events (week, topic_id, kind) values ('2026-11-02'::date + ${7 * at}::int, ${topic!.id}, ${kind})`); // prettier-ignore
  expect((await loadTotals(db)).topics).toBe(count);
});
