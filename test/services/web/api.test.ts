// The JSON API: what OpenAPI tells is what is answered, anybody may read it, and what is wrong is said in JSON.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

async function openApi() {
  const opened = await openApp();
  await seedSentIssue(opened.db);
  const get = async (url: string) => {
    const answer = await opened.app.inject(url);
    return { status: answer.statusCode, headers: answer.headers, json: answer.json<Record<string, unknown>>() };
  };
  return { ...opened, get };
}

test('every address that is told answers, with the fields that are told', async () => {
  const { get } = await openApi();
  const { json } = await get('/api/openapi.json');
  const paths = json['paths'] as Record<string, { get: { responses: Record<string, unknown> } }>;
  expect(json['openapi']).toBe('3.1.0');
  expect(Object.keys(paths).toSorted()).toEqual(['/api/issues', '/api/issues/{slug}', '/api/items', '/api/search', '/api/stories/{id}', '/api/topics', '/api/topics/{id}']); // prettier-ignore
  for (const [path, { get: told }] of Object.entries(paths)) {
    const url =
      path.replace('{slug}', '2026-w47').replace('{id}', '1') + (path.endsWith('search') ? '?q=attention' : '');
    const { status, json: answer, headers } = await get(url);
    const schema = JSON.stringify(told.responses['200']);
    expect([url, status, headers['access-control-allow-origin'], headers['cache-control']]).toEqual([url, 200, '*', 'public, max-age=60']); // prettier-ignore
    for (const field of Object.keys(answer))
      expect([url, field, schema.includes(`"${field}"`)]).toEqual([url, field, true]);
  }
});

test('an issue has its stories by section, and no address that runs a script', async () => {
  const { get } = await openApi();
  const { json } = await get('/api/issues/2026-w47');
  const sections = json['sections'] as { key: string; stories: { story: number; url: string | null }[] }[];
  expect(sections.flatMap(({ stories }) => stories.map(({ story, url }) => [story, url]))).toEqual([
    [1, 'https://arxiv.example/1'],
    [3, 'https://arxiv.example/2'],
    [2, null],
  ]);
  expect(json).toMatchObject({ number: 1, slug: '2026-w47', stories: 3, url: 'http://courant.test/issues/2026-w47' });
});

test('items come a page after the other, none twice', async () => {
  const { get } = await openApi();
  const seen: number[] = [];
  let next: string | null = '/api/items?limit=3';
  while (next !== null) {
    const { json }: { json: Record<string, unknown> } = await get(next.replace('http://courant.test', ''));
    seen.push(...(json['items'] as { id: number }[]).map(({ id }) => id));
    next = json['next'] as string | null;
  }
  expect(seen).toEqual([4, 3, 2, 1]);
  expect((await get('/api/items?source=2')).json['items']).toHaveLength(1);
});

test.each([
  ['/api/issues/2099-w01', 404],
  ['/api/stories/999', 404],
  ['/api/stories/9999999999', 404],
  ['/api/stories/x', 400],
  ['/api/topics/77', 404],
  ['/api/items?limit=1000', 400],
  ['/api/items?before=x', 400],
  ['/api/search', 400],
])('%s is answered %i in JSON', async (url, status) => {
  const { get } = await openApi();
  const answer = await get(url);
  expect([answer.status, typeof answer.json['error'], typeof answer.json['todo']]).toEqual([
    status,
    'string',
    'string',
  ]);
});

test('a topic that ended tells what its page does: the stories it had, where they are now, and its weeks', async () => {
  const { db, app, get } = await openApi();
  const made = await db.rows<{ id: number }>(sql`
    insert into topics (name) values ('Weaving'), ('Looms'), ('Felt') returning id`);
  const [weaving, looms, felt] = made.map(({ id }) => id);
  await db.run(sql`update stories set topic_id = ${looms} where id = 1`);
  await db.run(sql`
    insert into topic_weeks (topic_id, week, story_ids, centroid, model, found)
    values (${weaving}, '2026-11-02', '{1,9999}', '\\x00', 'm', 2), (${felt}, '2026-11-02', '{9999}', '\\x00', 'm', 1)`);
  await db.run(sql`delete from topics where id in (${weaving}, ${felt})`);
  expect((await app.inject(`/topics/${weaving}`)).body).toContain('Its stories are now in:');
  expect(await get(`/api/topics/${weaving}`)).toMatchObject({
    status: 200,
    json: {
      id: weaving,
      name: 'Weaving',
      ended: true,
      after: [{ id: looms, name: 'Looms', url: `http://courant.test/topics/${looms}` }],
      stories: [{ story: 1 }],
    },
  });
  expect((await get(`/api/topics/${looms}`)).json).toMatchObject({ ended: false, after: [], stories: [{ story: 1 }] });
  // Nothing of it is left, on its page as here.
  expect([(await app.inject(`/topics/${felt}`)).statusCode, (await get(`/api/topics/${felt}`)).status]).toEqual([410, 410]); // prettier-ignore
});

test('a topic without stories that still has its name tells its weeks, and what became of it', async () => {
  const { db, get } = await openApi();
  const made = await db.row<{ id: number }>(sql`insert into topics (name) values ('Dyes') returning id`);
  const id = made!.id;
  await db.run(sql`
    insert into topic_weeks (topic_id, week, story_ids, centroid, model, found) values (${id}, '2026-11-02', '{9999}', '\\x00', 'm', 1)`);
  await db.run(sql`insert into topic_events (week, topic_id, kind) values ('2026-11-09', ${id}, 'faded')`);
  const { status, json } = await get(`/api/topics/${id}`);
  expect([status, json['ended'], json['after'], json['stories']]).toEqual([200, true, [], []]);
  expect(json['weeks']).toEqual([
    { week: '2026-11-09', stories: 0, events: [{ id, name: 'Dyes', kind: 'faded', otherId: null, other: null }] },
    { week: '2026-11-02', stories: 1, events: [] },
  ]);
});

test('a story that is gone for good is answered as its page is', async () => {
  const { db, app, get } = await openApi();
  await db.run(sql`insert into former_stories (id, item_id) values (4711, null)`);
  const answers = [(await app.inject('/stories/4711')).statusCode, (await get('/api/stories/4711')).status];
  expect(answers).toEqual([410, 410]);
});

test('a page tells people, and an unchanged answer is not sent again', async () => {
  const { app } = await openApi();
  expect((await app.inject('/api/docs')).body).toContain('GET /api/issues/{slug}');
  const first = await app.inject('/api/issues');
  const again = await app.inject({ url: '/api/issues', headers: { 'if-none-match': String(first.headers.etag) } });
  expect(again.statusCode).toBe(304);
});
