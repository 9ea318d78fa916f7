// What the page of a story leads to: others of its topic, and those nearest in meaning, which every story has.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { openApp } from '../open-app.ts';

const stop = new AbortController().signal;
const titles = [
  'Sparse attention for long documents',
  'Sparse attention reads long documents quickly',
  'Long documents and sparse attention, a survey',
  'Protein folding by diffusion',
  'Folding a protein in an hour',
];

/** Five stories of a paper each, in no topic, and what their pages lead to. */
async function openStories() {
  const { app, db, house } = await openApp();
  await db.run(sql`
    insert into sources (kind, title, url) values ('feed', 'One', 'https://a.example/'), ('feed', 'Two', 'https://b.example/')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select 1, title, 'paper', 'https://a.example/' || at, title, title || '.', '2026-11-18', title
    from unnest(${titles}::text[]) with ordinality as given (title, at)`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, published_at, published_at from items order by id`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select headline_item_id, id, 'first' from stories`);
  const handlers = embedHandlers(house);
  await handlers['items.embed']!({}, stop);
  await handlers['search.index']!({}, stop);
  const related = async (url: string): Promise<Record<string, number[]>> => {
    const aside = (await app.inject(url)).body.split('<aside')[1]!.split('</aside>')[0]!;
    const lists = [...aside.matchAll(/<h2 class="label">([^<]*)<\/h2>\s*<ul[^>]*>([^]*?)<\/ul>/g)];
    return Object.fromEntries(
      lists.map(([, name, list]) => [name!, [...list!.matchAll(/\/stories\/(\d+)"/g)].map(([, id]) => Number(id))]),
    );
  };
  return { db, related };
}

test('a story without a topic leads to those nearest in meaning, and to none that is alike by chance', async () => {
  const { related } = await openStories();
  const { 'Similar in meaning': alike, ...others } = await related('/stories/1');
  expect([alike?.toSorted(), others]).toEqual([[2, 3], {}]);
  expect(await related('/stories/4')).toEqual({ 'Similar in meaning': [5] });
});

test('what is of its topic comes first, and stands there once', async () => {
  const { db, related } = await openStories();
  await db.run(sql`insert into topics (name, keywords) values ('attention', '{}')`);
  await db.run(sql`update stories set topic_id = 1 where id in (1, 2)`);
  expect(await related('/stories/1')).toEqual({ 'In the same topic': [2], 'Similar in meaning': [3] });
  await db.run(sql`update stories set topic_id = 1`);
  expect(await related('/stories/1')).toEqual({ 'In the same topic': [5, 4, 3, 2] });
});

test('neither leads to what a curator muted, nor to a paper that was withdrawn', async () => {
  const { db, related } = await openStories();
  await db.run(sql`insert into topics (name, keywords) values ('attention', '{}')`);
  await db.run(sql`update stories set topic_id = 1 where id in (1, 2)`);
  await db.run(sql`update items set withdrawn = true where id = 2`);
  expect(await related('/stories/1')).toEqual({ 'Similar in meaning': [3] });
  await db.run(sql`update items set source_id = 2 where id = 3`);
  await db.run(sql`update items set source_id = 2, withdrawn = false where id = 2`);
  await db.run(sql`update sources set muted = true where id = 2`);
  expect(await related('/stories/1')).toEqual({});
});
