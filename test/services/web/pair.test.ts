// `/pair/...`: opening it answers nothing, its buttons do, once a letter; and what is over says so.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

let open: TestApp;
let db: Database;
let token: string;

beforeEach(async () => {
  open = await openApp();
  ({ db } = open);
  await seedSentIssue(db);
  const readers = ['ada', 'bob'].map((name) => ({ email: `${name}@readers.example`, interests: [], length: 5 }));
  await addReaders(db, { readers, wording: 't', at: testNow });
  ({ token } = (await db.row<{ token: string }>(sql`select token from readers where id = 1`))!);
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, story_ids, whys, ranker, pair_left, pair_right, pair_alone, pair_informed, pair_by_lot)
    select 1, 1, 'h', '{2}', '{0}', 'r', 3, 1, 0.25, -0.5, true`);
});

const page = (storyId: number, of = token) => `/pair/${of}/2026-w47/${storyId}`;
const get = (url: string, method: 'GET' | 'HEAD' = 'GET') => open.app.inject({ url, method });
const answers = () => db.rows(sql`select chosen_id, other_id, alone, informed, by_lot, at from pair_answers`);

test('opening it, however often and by whatever method, answers nothing', async () => {
  const { body, statusCode } = await get(page(3));
  expect(statusCode).toBe(200);
  for (const words of ['This or that?', 'Second paper', 'Attention pays', 'Rather this', 'Rather the other'])
    expect(body).toContain(words);
  for (const method of ['GET', 'HEAD'] as const) for (const storyId of [1, 3]) await get(page(storyId), method);
  expect(await answers()).toEqual([]);
});

test('a button keeps the answer with what was foreseen of it; the other one turns it, undo takes it back', async () => {
  expect((await open.app.inject(post(page(3)))).headers.location).toBe(page(3));
  expect(await answers()).toEqual([{ chosenId: 3, otherId: 1, alone: 0.25, informed: -0.5, byLot: true, at: testNow }]);
  expect((await get(page(3))).body).toContain('Noted: rather this.');
  expect((await get(page(1))).body).not.toContain('Noted');
  await open.app.inject(post(page(1)));
  expect(await answers()).toEqual([{ chosenId: 1, otherId: 3, alone: -0.25, informed: 0.5, byLot: true, at: testNow }]);
  await open.app.inject(post(page(1)));
  expect(await answers()).toHaveLength(1);
  expect((await open.app.inject(post(`${page(1)}/undo`))).headers.location).toBe(page(1));
  expect(await answers()).toEqual([]);
});

test.each([
  ['a story that the letter did not ask about', () => page(2)],
  ['no number', () => `/pair/${token}/2026-w47/x`],
  ['another issue', () => `/pair/${token}/2026-w01/3`],
])('%s is told, and answers nothing', async (_what, url) => {
  for (const response of [await get(url()), await open.app.inject(post(url()))]) {
    expect(response.statusCode).toBe(410);
    expect(response.body).toContain('This question is over.');
  }
  expect(await answers()).toEqual([]);
});

test('another reader’s pair is not theirs to answer, and a token nobody has leads nowhere', async () => {
  const { token: other } = (await db.row<{ token: string }>(sql`select token from readers where id = 2`))!;
  expect((await open.app.inject(post(page(3, other)))).statusCode).toBe(410);
  expect((await get(page(3, 'nobody-has-this-token'))).statusCode).toBe(404);
  expect(await answers()).toEqual([]);
});

test('once the picks are forgotten the question is over, and the answer stays', async () => {
  await open.app.inject(post(page(3)));
  await db.run(sql`delete from picks`);
  expect((await get(page(3))).statusCode).toBe(410);
  expect(await answers()).toHaveLength(1);
});

test('the reader’s own page shows what they answered, takes it back, and gives it once more', async () => {
  await db.run(sql`update items set title = 'Second $\\alpha$' where title = 'Second paper'`);
  await open.app.inject(post(page(3)));
  const own = `/preferences/${token}`;
  const shown = (await get(own)).body;
  expect(shown).toContain('What you answered to “This or that?”: 1');
  expect(shown).toContain('Second α</a>');
  expect(shown).toContain('rather than Attention pays');
  const back = await open.app.inject(post(`${own}/answers/take-back`, { issue: '2026-w47' }));
  expect(await answers()).toEqual([]);
  const undone = (await get(back.headers.location!)).body;
  expect(undone).toContain('Taken back.');
  expect(undone).toContain(`action="/pair/${token}/2026-w47/3"`);
  const again = await open.app.inject(post(page(3), { back: 'preferences' }));
  expect(again.headers.location).toBe(`${own}?said=given`);
  expect(await answers()).toHaveLength(1);
  // Once the question is forgotten the answer can be taken back, and nothing promises to give it again.
  await db.run(sql`delete from picks`);
  const last = await open.app.inject(post(`${own}/answers/take-back`, { issue: '2026-w47' }));
  expect([last.headers.location, await answers()]).toEqual([`${own}?said=taken`, []]);
  expect((await open.app.inject(post(`${own}/answers/take-back`, { issue: '2026-w47' }))).statusCode).toBe(404);
});
