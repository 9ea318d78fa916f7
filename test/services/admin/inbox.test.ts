// The inbox: the week's stories with why each is here, filters, and the way before the curator.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { newsworthinessOf } from '../../../core/newsworthiness.ts';
import { inboxPage, promotedStories } from '../../../core/store/inbox.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import type { Role } from '../../../core/store/curators.ts';
import { whyHere } from '../../../services/admin/inbox.ts';
import { seedIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

/** The stories of the seeded issue, without the issue: 1 paper and talk, 2 a hostile post, 3 a paper. */
async function openWeek(role: Role = 'editor') {
  const desk = await openDesk(role);
  const id = await seedIssue(desk.db);
  await desk.db.run(sql`delete from issues`);
  const linesOf = (body: string): string[] => [...body.matchAll(/<span class="headline"[^>]*>([^<]*)</g)].map(([, title]) => title!); // prettier-ignore
  const list = async (query = '') => linesOf((await desk.get(`/desk/inbox?${query}`)).body);
  return { ...desk, id, list };
}

test('lists the week, the most newsworthy first, with why each is here', async () => {
  const { get, list, db } = await openWeek();
  const { body } = await get('/desk/inbox');
  expect((await list())[0]).toBe('Attention pays');
  expect(body).toContain('3 stories of the last seven days');
  expect(body).toContain('2 sources, paper and talk, 1 day old');
  expect(body).not.toContain('<script>alert');
  await db.run(sql`update items set published_at = '2026-11-01' where id in (1, 2)`);
  expect(await list()).not.toContain('Attention pays');
  await db.run(sql`update sources set muted = true`);
  expect((await get('/desk/inbox')).body).toContain('Nothing came in these seven days.');
});

test('is filtered by why a story is here, and says so', async () => {
  const { db, list, get } = await openWeek();
  await db.run(sql`update items set points = 40 where id = (select headline_item_id from stories where id = 3)`);
  const all = await list();
  const [first] = all;
  expect(all).toHaveLength(3);
  expect(await list('why=sources')).toEqual([first]);
  expect(await list('why=kinds')).toEqual([first]);
  expect(await list('why=points')).toEqual(['Second paper']);
  expect(await list('why=newsletters')).toEqual([]);
  expect(await list('why=nonsense')).toEqual(all);
  await db.run(
    sql`update items set published_at = '2026-11-20 08:00' where id = (select headline_item_id from stories where id = 3)`,
  );
  expect(await list('why=new')).toEqual(['Second paper']);
  expect((await get('/desk/inbox?why=new')).body).toContain('value="new" selected>New today');
});

test('a page that is past the end leads to the first, which counts all', async () => {
  const { get } = await openWeek();
  const { statusCode, headers } = await get('/desk/inbox?page=3&kind=post');
  expect({ statusCode, to: headers.location }).toEqual({ statusCode: 303, to: '/desk/inbox?kind=post' });
  expect((await get('/desk/inbox?kind=post&q=nothing')).statusCode).toBe(200);
  expect((await get('/desk/inbox?page=3')).headers.location).toBe('/desk/inbox');
});

test('its score is the news value of core, with the newsletters that mention a story', async () => {
  const { db, get } = await openWeek();
  const now = new Date('2026-11-20T10:00:00Z');
  await db.run(sql`
    insert into sources (kind, title, url, weight) values ('feed', 'Heavy', 'https://heavy.example/', 3), ('feed', 'Digest', 'https://digest.example/', 1)`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, keys)
    select id, title, case title when 'Heavy' then 'post' else 'digest' end, url, title, '2026-11-19', 'x', '{}' from sources where title in ('Heavy', 'Digest')`);
  await db.run(sql`
    insert into story_items (story_id, item_id, why) select 3, id, 'link' from items where title = 'Heavy'`);
  await db.run(
    sql`update items set keys = '{url:paper.example}' where id in (select item_id from story_items where story_id = 3)`,
  );
  await db.run(sql`
    insert into mentions (item_id, position, key, url, paragraph)
    select id, 1, 'url:paper.example', 'https://paper.example/', 'A paper.' from items where title = 'Digest'`);
  await db.run(sql`update items set points = 400 where title = 'Heavy'`);
  // A feed that announces a paper by its number speaks for the paper, as the list of arXiv does.
  await db.run(sql`update items set keys = '{arxiv:2611.00001}' where id = (
    select item_id from story_items join items on id = item_id where story_id = 1 and kind = 'paper' limit 1)`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, keys)
    select id, 'paper', 'paper', url, 'Announced', '2026-11-19', 'x', '{arxiv:2611.00001}' from sources where title = 'Heavy'`);
  await db.run(sql`
    insert into story_items (story_id, item_id, why) select 1, id, 'link' from items where title = 'Announced'`);
  const query = { since: new Date('2026-11-13T10:00:00Z'), now, search: '', kind: null, source: null, topic: null, least: null, why: null, from: 0, limit: 10 }; // prettier-ignore
  const { stories } = await inboxPage(db, query);
  const told = await uncarriedStories(db, { since: query.since, until: now });
  expect(told.find(({ id }) => id === 3)).toMatchObject({ newsletters: 1, points: 400 });
  for (const story of told) {
    const found = stories.find(({ storyId }) => storyId === story.id);
    expect(found?.score).toBeCloseTo(newsworthinessOf(story, now), 9);
  }
  expect((await get('/desk/inbox')).body).toContain('in 1 newsletter');
});

test.each([
  ['q=second', ['Second paper']],
  ['q=Talks+ATTENTION', ['Attention pays']],
  ['q=attention+second', ['Second paper']],
  ['q=attention+third', []],
  ['kind=paper', ['Attention pays', 'Second paper']],
  ['source=Talks', ['Attention pays']],
  ['topic=attention&kind=paper', ['Attention pays', 'Second paper']],
  ['least=2', ['Attention pays']],
  ['q=nothing', []],
  ['kind=nonsense&least=x&page=0&q=second', ['Second paper']],
])('filters by %s', async (query, titles) => {
  const { list } = await openWeek();
  expect(await list(query)).toEqual(titles);
});

test('a promoted story waits for the next draft; of an open issue it leaves the pool at once, and is undone there', async () => {
  const { send, get, db } = await openWeek();
  await send('/desk/inbox/promote?kind=paper', { story: '3' });
  expect([...(await promotedStories(db))]).toEqual([3]);
  expect((await get('/desk/inbox')).body).toContain('waits for the next draft');
  expect((await send('/desk/inbox/promote', { story: '99' })).statusCode).toBe(404);

  await db.run(sql`insert into issues (number, slug, week, title) values (8, 'w48', '2026-11-16', 'Eight')`);
  const issue = (await db.row<{ id: number }>(sql`select id from issues`))!.id;
  const card = { title: 'Attention pays', summary: [], section: 'publications', url: '', also: [] };
  await db.run(sql`
    insert into issue_pool (issue_id, story_id, position, section, card, hash)
    values (${issue}, 1, 1, 'publications', ${JSON.stringify(card)}::jsonb, ${hashContent(card)})`);
  expect((await get('/desk/inbox')).body).toContain('in the pool of No 8');
  const answer = await send('/desk/inbox/promote?page=1&q=att', { story: '1' });
  expect(answer.headers.location).toBe('/desk/inbox?q=att');
  expect((await loadIssueContent(db, issue)).cards).toMatchObject([{ storyId: 1, role: 'pool' }]);
  expect((await get('/desk/inbox')).body).toContain('a candidate of No 8');
  expect((await get(`/desk/issues/${issue}`)).body).toContain('Olga made a candidate “Attention pays”');
});

test('a reviewer looks and promotes nothing', async () => {
  const { get, send } = await openWeek('reviewer');
  expect((await get('/desk/inbox')).body).not.toContain('make it a candidate');
  expect((await send('/desk/inbox/promote', { story: '1' })).statusCode).toBe(403);
});

test('why it is here, in words', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const facts = { sources: 3, kinds: ['paper', 'post'] as const, newsletters: 2, points: 0, now };
  expect(whyHere({ ...facts, newest: new Date('2026-11-20T01:00:00Z') })).toBe('3 sources, paper and post, in 2 newsletters, new today'); // prettier-ignore
  expect(whyHere({ ...facts, sources: 1, kinds: ['video'], newsletters: 0, newest: new Date('2026-11-17T13:00:00Z') })).toBe('1 source, talk, 2 days old'); // prettier-ignore
});
