import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { testDatabase } from '../../database.ts';

const sentAt = '2026-11-14T07:00:00Z';
const week = { since: new Date('2026-11-13T06:00:00Z'), until: new Date('2026-11-23T00:00:00Z') };

test('a story that went out comes into a draft again only when it changed since, and never while it is on its way', async () => {
  const db = await testDatabase();
  await db.run(
    sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/'), ('feed', 'Others', 'https://others.example/')`,
  );
  // Items 1 to 6 are stories 1 to 6; after the issue item 7 of another source told story 4, and item 8 of the same source story 1.
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, created_at)
    select case n when 7 then 2 else 1 end, n::text, 'post', 'https://notes.example/' || n, 'Title ' || n,
      case n when 2 then '2026-11-15'::timestamptz else '2026-11-10' end, 'x',
      case when n >= 7 then '2026-11-15'::timestamptz else '2026-11-10' end
    from generate_series(1, 8) as n`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, now(), now() from items where id < 7`);
  await db.run(
    sql`insert into story_items select id, case id when 7 then 4 when 8 then 1 else id end, 'first' from items`,
  );
  await db.run(sql`
    insert into issues (number, slug, week, title, status, sent_at, approved_hash, content_hash) values
      (1, 'one', '2026-11-09', 'One', 'sent', ${sentAt}, 'x', 'x'), (2, 'two', '2026-11-16', 'Two', 'sending', null, 'x', 'x')`);
  await db.run(sql`insert into issue_stories (issue_id, story_id, section, position, role) values
    (1, 3, 'posts', 1, 'pool'), (1, 4, 'posts', 2, 'pool'), (1, 5, 'posts', 3, 'removed'), (2, 6, 'posts', 1, 'pool'),
    (1, 1, 'posts', 4, 'pick')`);
  await db.run(sql`insert into item_history (item_id, at, title, text, content_hash)
    select id, '2026-11-16', 'Before', '', 'w' from unnest('{3, 5, 6}'::int[]) as id`);
  await db.run(sql`insert into item_history (item_id, at, title, text, content_hash, is_news)
    values (1, '2026-11-16', 'Title 1, with a comma', '', 'w', false)`);
  // 1 says what was sent, 2 is new, 3 has a new title, 4 has one more item, 5 was removed, 6 is being sent.
  expect((await uncarriedStories(db, week)).map(({ id }) => id)).toEqual([2, 3, 4]);
});
