// What is equal by what a list is ordered by (one instant, one title) stands in the order of its keys, wherever its rows lie:
// here those with higher keys were written first.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { planHooks } from '../../../core/store/outgoing-hooks.ts';
import { readerData } from '../../../core/store/reader-data.ts';
import { mutedSources } from '../../../core/store/source-settings.ts';
import { sourcesAt } from '../../../core/store/sources-at.ts';
import { storiesBeside } from '../../../core/store/story-members.ts';
import { topicsNear } from '../../../core/store/topic-lists.ts';
import { testDatabase } from '../../database.ts';

const at = new Date('2026-11-20T12:00:00Z');
const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);
let db: Database;
beforeEach(async () => {
  db = await testDatabase();
});

async function addSources(): Promise<void> {
  await db.run(sql`
    insert into sources (id, kind, title, url) overriding system value values
      (3, 'feed', 'loom', 'https://a.example/3'), (2, 'feed', 'LOOM', 'https://a.example/2'), (1, 'feed', 'Loom', 'https://a.example/1')`);
}

/** Of one title and one day, in one topic. */
async function addStories(): Promise<void> {
  await addSources();
  await db.run(sql`
    insert into items (id, source_id, guid, kind, url, title, published_at, content_hash) overriding system value
    select n, 1, 'g' || n, 'post', 'https://a.example/' || n, 'On looms', ${at}, 'h' from generate_series(5, 1, -1) as n`);
  await db.run(sql`insert into topics (id, name) overriding system value values (1, 'looms')`);
  await db.run(sql`
    insert into stories (id, headline_item_id, topic_id, first_seen, changed_at) overriding system value
    select n, n, 1, ${at}, ${at} from generate_series(5, 1, -1) as n`);
}

async function addReader(): Promise<void> {
  await db.run(sql`insert into readers (email, status, token) values ('ada@readers.example', 'active', 'a')`);
}

test('sources of one name', async () => {
  await addSources();
  const urls = [3, 2, 1].map((n) => `https://a.example/${n}`);
  expect(await sourcesAt(db, urls)).toEqual(['Loom', 'LOOM', 'loom']);
  await db.run(sql`update sources set muted = true`);
  expect(idsOf(await mutedSources(db))).toEqual([1, 2, 3]);
});

test('stories of one title beside another', async () => {
  await addStories();
  expect(idsOf(await storiesBeside(db, 3))).toEqual([1, 2, 4, 5]);
});

test('topics of one name near another', async () => {
  await addStories();
  await db.run(sql`
    insert into topics (id, name, seen_at) overriding system value values (4, 'felt', ${at}), (3, 'felt', ${at}), (2, 'felt', ${at})`);
  await db.run(sql`update topics set area_id = 1`);
  await db.run(sql`update stories set topic_id = id where id < 5`);
  expect(idsOf(await topicsNear(db, 1, 10))).toEqual([2, 3, 4]);
});

test('what a reader did at one instant, in what is kept of them', async () => {
  const types = ['reader.unsubscribed', 'reader.bounced', 'reader.subscribed', 'reader.bounced', 'reader.unsubscribed'];
  await addStories();
  await addReader();
  await db.run(sql`insert into issues (number, slug, week, title) values (1, 'a', '2026-11-16', 'One')`);
  await db.run(sql`
    insert into signals (reader_id, story_id, kind, at) select 1, n, 'like', ${at} from generate_series(5, 1, -1) as n`);
  await db.run(sql`
    insert into clicks (id, reader_id, issue_id, story_id, at) overriding system value
    select n, 1, 1, n, ${at} from generate_series(5, 1, -1) as n`);
  await db.run(sql`
    insert into outgoing_hooks (id, reader_id, type, source, data, at, created_at, next_try_at) overriding system value
    select n, 1, (${types}::text[])[n], 'test ' || n, '{}', ${at}, ${at}, ${at} from generate_series(5, 1, -1) as n`);
  const { signals, opened, told_to_others } = await readerData(db, 1);
  expect(signals!.map(({ storyId }) => storyId)).toEqual([1, 2, 3, 4, 5]);
  expect(opened!.map(({ storyId }) => storyId)).toEqual([1, 2, 3, 4, 5]);
  expect(told_to_others!.map(({ type }) => type)).toEqual(types);
});

test('what happened at one instant is told to another system in the order in which it was written down', async () => {
  await addReader();
  const events = ['confirmed', 'unsubscribed', 'resubscribed'];
  for (const [place, event] of [...events.entries()].toReversed())
    await db.run(sql`
      insert into consents (id, reader_id, event, wording, at) overriding system value values (${place + 1}, 1, ${event}, 'test', ${at})`);
  await planHooks(db, at);
  const planned = await db.rows<{ source: string }>(sql`select source from outgoing_hooks order by id`);
  expect(planned.map(({ source }) => source)).toEqual(['consent 1', 'consent 2', 'consent 3']);
});
