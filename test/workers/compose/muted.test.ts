// A muted source is read and stays out of drafts; a story that others tell is theirs.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { addSources } from '../../../core/store/sources.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { testDatabase } from '../../database.ts';

const since = new Date('2026-11-16T00:00:00Z');
const until = new Date('2026-11-23T00:00:00Z');

test('what only a muted source tells is not suggested, and what others tell too is told by them', async () => {
  const db = await testDatabase();
  const at = (url: string) => ({ kind: 'feed' as const, title: url, url });
  await addSources(db, [at('https://loud.example/'), at('https://calm.example/')]);
  await db.run(sql`update sources set muted = id = 1, weight = id`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash)
    select source, guid, 'post', 'https://x.example/' || guid, guid, '2026-11-18T00:00:00Z', guid
    from (values (1, 'alone'), (1, 'both-loud'), (2, 'both-calm')) as given(source, guid)`);
  await db.run(
    sql`insert into stories (headline_item_id, first_seen, changed_at) values (1, now(), now()), (2, now(), now())`,
  );
  await db.run(
    sql`insert into story_items (story_id, item_id, why) values (1, 1, 'first'), (2, 2, 'first'), (2, 3, 'link')`,
  );
  const stories = await uncarriedStories(db, { since, until });
  expect(stories.map(({ id, items }) => [id, items.map(({ title, weight }) => `${title} ${weight}`)])).toEqual([
    [2, ['both-calm 2']],
  ]);
  await db.run(sql`insert into issues (number, slug, week, title) values (1, 's', '2026-11-16', 'T')`);
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role, summary)
    values (1, 1, 'posts', 1, 'pick', '{}'), (1, 2, 'posts', 2, 'pick', '{}')`);
  const { cards } = await loadIssueContent(db, 1);
  expect(cards.map(({ title, also }) => [title, also])).toEqual([['both-calm', []]]);
});
