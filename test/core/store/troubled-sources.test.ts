// Which sources the desk warns of before an issue goes out.
import { expect, test } from 'vitest';
import { troubledSources } from '../../../core/store/troubled-sources.ts';
import { testDatabase } from '../../database.ts';

test('those that readers would miss: late or broken, and neither muted, paused, gone, deleted nor counting for less than one', async () => {
  const db = await testDatabase();
  await db.pool.query(`
    insert into sources (kind, title, url, health, status, muted, weight, deleted_at) values
      ('feed', 'Late', 'https://a.example/1', 'late', 'active', false, 1, null),
      ('feed', 'Broken', 'https://a.example/2', 'broken', 'active', false, 3, null),
      ('feed', 'Quiet', 'https://a.example/3', 'quiet', 'active', false, 1, null),
      ('feed', 'Muted', 'https://a.example/4', 'late', 'active', true, 1, null),
      ('feed', 'Paused', 'https://a.example/5', 'late', 'paused', false, 1, null),
      ('feed', 'Gone', 'https://a.example/6', 'broken', 'gone', false, 1, null),
      ('feed', 'Little', 'https://a.example/7', 'broken', 'active', false, 0.9, null),
      ('feed', 'Deleted', 'https://a.example/8', 'broken', 'active', false, 1, now())`);
  expect(await troubledSources(db)).toEqual([{ title: 'Broken', health: 'broken' }, { title: 'Late', health: 'late' }]); // prettier-ignore
});
