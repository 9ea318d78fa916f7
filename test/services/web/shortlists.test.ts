// Reading groups: made by a reader, shared by a link, filled by other readers, ended by whoever made it; no address is ever shown.
import { beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

let open: TestApp;
let [ada, bob]: [string, string] = ['', ''];
beforeEach(async () => {
  open = await openApp();
  await seedSentIssue(open.db);
  const readers = ['ada', 'bob'].map((name) => ({ email: `${name}@readers.example`, interests: [], length: 5 }));
  await addReaders(open.db, { readers, wording: 'test', at: testNow });
  const rows = await open.db.rows<{ token: string }>(sql`select token from readers order by id`);
  [ada, bob] = [rows[0]!.token, rows[1]!.token];
});

const send = (path: string, fields: Record<string, string>) => open.app.inject(post(path, fields));
const body = async (path: string) => (await open.app.inject(path)).body;

async function makeGroup(name = 'Thursdays & <b>'): Promise<string> {
  const made = await send(`/preferences/${ada}/groups`, { name, day: '2026-12-03' });
  expect(made.headers.location).toBe(`/preferences/${ada}?said=grouped`);
  expect(await body(`/preferences/${ada}`)).toMatch(/<details open>\s*<summary id="groups">/);
  const [, token] = /href="\/groups\/([^"]+)"/.exec(await body(`/preferences/${ada}`))!;
  return token!;
}

test('who has no group yet finds the form closed', async () => {
  expect(await body(`/preferences/${ada}`)).toMatch(/<details>\s*<summary id="groups">/);
});

test('a group is seen by who has its link, and filled by any reader with a link of theirs', async () => {
  const group = await makeGroup();
  expect(group.length).toBeGreaterThanOrEqual(32);
  expect(await body(`/groups/${group}`)).toContain('Nothing is on the list yet.');
  const links = { group: `http://courant.test/groups/${group}?said=added`, reader: `http://courant.test/signal/${bob}/1/like` }; // prettier-ignore
  const added = await send('/groups/add', { ...links, story: 'http://courant.test/stories/1#told' });
  expect([added.statusCode, added.headers.location]).toEqual([303, `/groups/${group}?said=added`]);
  // By whoever owns it, from the list of what they saved; twice is once.
  for (const story of ['3', '1']) await send('/groups/add', { group, reader: ada, story });
  const { body: page, headers } = await open.app.inject(`/groups/${group}?said=added`);
  expect(page).toContain('<h1 dir="auto">Thursdays &amp; &lt;b&gt;</h1>');
  expect(page).toContain('Meets on Thu 3 Dec 2026 · 2 stories');
  expect([...page.matchAll(/<li><a href="(\/stories\/\d)"/g)].map(([, href]) => href)).toEqual([
    '/stories/1',
    '/stories/3',
  ]);
  expect(page).toContain('It is on the list.');
  expect(page).toContain('<meta name="robots" content="noindex, nofollow">');
  expect(headers['cache-control']).toBe('no-store');
  for (const secret of ['readers.example', ada, bob]) expect(page).not.toContain(secret);
  expect(page).toContain(`href="webcal://courant.test/groups/${group}.ics"`);
});

test('its day is an event for calendars', async () => {
  const group = await makeGroup('Reading, once');
  await send('/groups/add', { group, reader: ada, story: '1' });
  const { body: text, headers } = await open.app.inject(`/groups/${group}.ics`);
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(text).toContain('DTSTART;VALUE=DATE:20261203\r\n');
  expect(text).toContain('SUMMARY:Reading\\, once\r\n');
  expect(text.replaceAll('\r\n ', '')).toContain(`DESCRIPTION:Attention pays\\nhttp://courant.test/groups/${group}`);
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
});

test('only who made it ends it; then its link leads nowhere', async () => {
  const group = await makeGroup();
  expect((await send(`/preferences/${bob}/groups/end`, { group })).statusCode).toBe(404);
  expect((await open.app.inject(`/groups/${group}`)).statusCode).toBe(200);
  expect((await send(`/preferences/${ada}/groups/end`, { group })).headers.location).toBe(`/preferences/${ada}?said=groupEnded`); // prettier-ignore
  expect((await open.app.inject(`/groups/${group}`)).statusCode).toBe(404);
  expect((await open.app.inject(`/groups/${group}.ics`)).statusCode).toBe(404);
  expect(await open.db.rows(sql`select 1 from shortlist_stories`)).toEqual([]);
});

test.each([
  [
    'no link of a reader',
    { reader: 'http://courant.test/preferences/nobody-at-all' },
    { status: 400, words: 'no link of a reader' },
  ],
  ['no group', { group: 'nothing' }, { status: 404, words: 'no such reading group' }],
  ['no story', { story: 'http://courant.test/stories/99' }, { status: 404, words: 'no such story' }],
  ['words for a story', { story: 'the one about attention' }, { status: 404, words: 'no such story' }],
  ['nothing', { group: '', reader: '', story: '' }, { status: 404, words: 'no such reading group' }],
])('%s is refused in words and adds nothing', async (_what, wrong, { status, words }) => {
  const group = await makeGroup();
  const answer = await send('/groups/add', { group, reader: bob, story: '1', ...wrong });
  expect(answer.statusCode).toBe(status);
  expect(answer.body.toLowerCase()).toContain(words);
  expect(await open.db.rows(sql`select 1 from shortlist_stories`)).toEqual([]);
});

test.each([
  ['without a name', { name: ' ', day: '2026-12-03' }],
  ['with a name that is too long', { name: 'x'.repeat(81), day: '2026-12-03' }],
  ['of yesterday', { name: 'x', day: '2026-11-19' }],
  ['of a day that there is not', { name: 'x', day: '2026-02-30' }],
  ['in a thousand years', { name: 'x', day: '3026-01-01' }],
])('a group %s is not made', async (_what, fields) => {
  expect((await send(`/preferences/${ada}/groups`, fields)).statusCode).toBe(400);
  expect(await open.db.rows(sql`select 1 from shortlists`)).toEqual([]);
});

test('there are so many groups of a reader and stories of a group, and what is full says so', async () => {
  const group = await makeGroup();
  await open.db.run(sql`insert into stories (headline_item_id, first_seen, changed_at) select 1, now(), now() from generate_series(1, 100)`); // prettier-ignore
  await open.db.run(sql`insert into shortlist_stories (shortlist_id, story_id, reader_id, added_at) select 1, id, 2, now() from stories where id > 3`); // prettier-ignore
  const full = await send('/groups/add', { group, reader: bob, story: '1' });
  expect([full.statusCode, full.body.includes('at most 100 stories')]).toEqual([400, true]);
  await open.db.run(sql`insert into shortlists (token, reader_id, name, day, created_at) select 'token-' || n, 1, 'x', '2026-12-03', now() from generate_series(1, 19) as n`); // prettier-ignore
  expect((await send(`/preferences/${ada}/groups`, { name: 'x', day: '2026-12-03' })).statusCode).toBe(400);
});

test('stories that are gone leave their places to others', async () => {
  const group = await makeGroup();
  await open.db.run(sql`insert into shortlist_stories (shortlist_id, story_id, reader_id, added_at) select 1, n, 2, now() from generate_series(1001, 1100) as n`); // prettier-ignore
  for (const story of ['1', '2', '3'])
    expect((await send('/groups/add', { group, reader: bob, story })).statusCode).toBe(303);
  expect(await body(`/groups/${group}`)).toContain('3 stories');
});

test.each([
  ['behind the publication', { site: 'Pacific/Auckland', own: 'Pacific/Honolulu', first: '2026-11-20', past: '2026-11-19' }],
  ['ahead of the publication', { site: 'Pacific/Honolulu', own: 'Pacific/Auckland', first: '2026-11-21', past: '2026-11-20' }],
  ['without a time zone', { site: 'Pacific/Auckland', own: null, first: '2026-11-21', past: '2026-11-20' }],
])('a reader %s is offered the days that are taken, from their own today', async (_who, { site, own, first, past }) => {
  open = await openApp({ TIMEZONE: site });
  await addReaders(open.db, { readers: [{ email: 'cy@readers.example', interests: [], length: 5 }], wording: 'test', at: testNow });
  const cy = (await open.db.row<{ token: string }>(sql`update readers set timezone = ${own} returning token`))!.token;
  expect(await body(`/preferences/${cy}`)).toContain(`type="date" required min="${first}"`);
  const statusOn = async (day: string) => (await send(`/preferences/${cy}/groups`, { name: 'x', day })).statusCode;
  expect([await statusOn(past), await statusOn(first)]).toEqual([400, 303]);
}); // prettier-ignore

test('a story that was joined to another is on the list once, where it is now', async () => {
  const group = await makeGroup();
  for (const story of ['1', '3']) await send('/groups/add', { group, reader: ada, story });
  await open.db.run(sql`update story_items set story_id = 1 where story_id = 3`);
  await open.db.run(sql`delete from stories where id = 3`);
  const page = await body(`/groups/${group}`);
  expect([...page.matchAll(/<li><a href="(\/stories\/\d)"/g)].map(([, href]) => href)).toEqual(['/stories/1']);
  expect(page).toContain('1 story');
});

test('who made a group takes one story off, and back in its place; nobody else does', async () => {
  const group = await makeGroup();
  for (const story of ['1', '2', '3']) await send('/groups/add', { group, reader: bob, story });
  const shown = async () => [...(await body(`/groups/${group}`)).matchAll(/<li><a href="\/stories\/(\d)"/g)].map(([, id]) => id); // prettier-ignore
  expect((await send(`/preferences/${bob}/groups/remove`, { group, story: '2' })).statusCode).toBe(404);
  expect(await body(`/preferences/${ada}`)).toContain('3 stories on its list');
  const off = await send(`/preferences/${ada}/groups/remove`, { group, story: '2' });
  expect(await shown()).toEqual(['1', '3']);
  expect(await body(`/groups/${group}`)).toContain('2 stories');
  const page = await body(off.headers.location!);
  expect(page).toContain('Taken off the list.');
  expect(page).toContain(`action="/preferences/${ada}/groups/put-back"`);
  expect((await send(`/preferences/${bob}/groups/put-back`, { group, story: '2' })).statusCode).toBe(404);
  await send(`/preferences/${ada}/groups/put-back`, { group, story: '2' });
  expect(await shown()).toEqual(['1', '2', '3']);
  // What was taken off may be added anew, by anybody.
  await send(`/preferences/${ada}/groups/remove`, { group, story: '1' });
  await send('/groups/add', { group, reader: bob, story: '1' });
  expect(new Set(await shown())).toEqual(new Set(['1', '2', '3']));
});

test('a story that was joined to another is taken off under the number it has now', async () => {
  const group = await makeGroup();
  await send('/groups/add', { group, reader: bob, story: '1' });
  // As `core/store/story-decisions` leaves it: the item of story 1 is one of story 3 now.
  await open.db.run(sql`update story_items set story_id = 3 where story_id = 1`);
  await open.db.run(sql`delete from stories where id = 1`);
  expect((await send(`/preferences/${ada}/groups/remove`, { group, story: '3' })).statusCode).toBe(303);
  expect(await body(`/groups/${group}`)).toContain('Nothing is on the list yet.');
});
