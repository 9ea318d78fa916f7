// The token in a reader's links ends when they leave or ask for it; an ended link only unsubscribes, from any mail and any number of times.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { addReaders, readerByEmail } from '../../../core/store/readers.ts';
import { setFeedToken } from '../../../core/store/reader-feeds.ts';
import { openApp, post, testNow } from '../open-app.ts';
import { seedSentIssue, stateOf } from '../seed-issue.ts';

async function openAsReader() {
  const opened = await openApp();
  const { db } = opened;
  await seedSentIssue(db);
  await addReaders(db, {
    readers: [{ email: 'ada@readers.example', interests: [], length: 8 }],
    wording: 'test',
    at: testNow,
  });
  await setFeedToken(db, 1, true);
  return {
    ...opened,
    old: (await tokenNow(db))!,
    feed: (await db.row<{ feedToken: string }>(sql`select feed_token from readers`))!.feedToken,
  };
}
const tokenNow = async (db: Database) => (await readerByEmail(db, 'ada@readers.example'))?.token;
const statusNow = async (db: Database) => (await readerByEmail(db, 'ada@readers.example'))?.status;

/** What an old mail leads to; none of it may open anything for whoever has the mail. */
const pagesOf = (token: string) => [
  `/preferences/${token}`,
  `/read/${token}`,
  `/confirm/${token}`,
  `/signal/${token}/1/like`,
];
const formsOf = (token: string) => [
  `/preferences/${token}/interests`,
  `/preferences/${token}/pause`,
  `/preferences/${token}/feed`,
  `/preferences/${token}/renew`,
  `/confirm/${token}`,
  `/signal/${token}/1/like`,
];

test('"end all old links" gives the page a new address; what is in old mails opens nothing', async () => {
  const { app, db, old, feed } = await openAsReader();
  const answer = await app.inject(post(`/preferences/${old}/renew`));
  const token = (await tokenNow(db))!;
  expect(token).not.toBe(old);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(answer.headers.location).toBe(`/preferences/${token}?said=renewed`);
  expect((await app.inject(answer.headers.location!)).body).toContain('The links in every mail so far have ended');
  const before = await stateOf(db);
  for (const path of pagesOf(old)) expect([path, (await app.inject(path)).statusCode]).toEqual([path, 404]);
  for (const path of formsOf(old))
    expect([path, (await app.inject(post(path, { words: 'x' }))).statusCode]).toEqual([path, 404]);
  expect(await stateOf(db)).toBe(before);
  // The feed has an address of its own.
  expect((await app.inject(`/private/${feed}/feed.xml`)).statusCode).toBe(200);
});

test('an ended link still unsubscribes by one click, shows no address, and takes nothing back', async () => {
  const { app, db, old } = await openAsReader();
  await app.inject(post(`/preferences/${old}/renew`));
  const page = await app.inject(`/unsubscribe/${old}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toContain('ada@readers.example');
  expect(await statusNow(db)).toBe('active');
  const token = (await tokenNow(db))!;
  const done = await app.inject(post(`/unsubscribe/${old}`, { 'List-Unsubscribe': 'One-Click' }));
  expect([done.statusCode, await statusNow(db)]).toEqual([200, 'unsubscribed']);
  for (const secret of ['ada@readers.example', token, (await tokenNow(db))!]) expect(done.body).not.toContain(secret);
  expect((await app.inject(post(`/resubscribe/${old}`))).headers.location).toBe('/subscribe');
  expect(await statusNow(db)).toBe('unsubscribed');
});

test('leaving ends the links in all mails; the page takes it back for an hour, and then no more', async () => {
  const { app, db, old, clock } = await openAsReader();
  await app.inject(post(`/unsubscribe/${old}`));
  expect(await tokenNow(db)).not.toBe(old);
  for (const path of pagesOf(old)) expect((await app.inject(path)).statusCode, path).toBe(404);
  // Mail programs post twice, and people look again.
  expect((await app.inject(post(`/unsubscribe/${old}`))).statusCode).toBe(200);
  expect((await app.inject(`/unsubscribe/${old}`)).body).toContain('You are unsubscribed');
  clock.now = new Date(testNow.getTime() + 59 * 60_000);
  expect((await app.inject(post(`/resubscribe/${old}`))).headers.location).toBe(
    `/preferences/${await tokenNow(db)}?said=resumed`,
  );
  expect(await statusNow(db)).toBe('active');
  // The mails of the reader are what they were.
  for (const path of pagesOf(old)) expect((await app.inject(path)).statusCode, path).toBe(200);
  await app.inject(post(`/unsubscribe/${await tokenNow(db)}`));
  clock.now = new Date(testNow.getTime() + 3 * 3_600_000);
  await app.inject(post(`/resubscribe/${old}`));
  expect(await statusNow(db)).toBe('unsubscribed');
});

test('links that a reader ended are not brought back by taking a leaving back', async () => {
  const { app, clock, db, old } = await openAsReader();
  await app.inject(post(`/preferences/${old}/renew`));
  const token = (await tokenNow(db))!;
  clock.now = new Date(testNow.getTime() + 1000);
  await app.inject(post(`/unsubscribe/${token}`));
  await app.inject(post(`/resubscribe/${token}`));
  expect(await tokenNow(db)).toBe(token);
  for (const path of pagesOf(token)) expect((await app.inject(path)).statusCode, path).toBe(200);
  for (const path of pagesOf(old)) expect((await app.inject(path)).statusCode, path).toBe(404);
});

test.each([
  ['application/json', 'List-Unsubscribe=One-Click'],
  ['garbage', 'List-Unsubscribe=One-Click'],
  ['multipart/form-data', 'no boundary'],
  ['', ''],
  ['application/x-www-form-urlencoded; charset=x-unknown', '%%%'],
])('a one-click POST with the type %j works', async (type, payload) => {
  const { app, db, old } = await openAsReader();
  const headers = type ? { 'content-type': type } : {};
  const answer = await app.inject({ method: 'POST', url: `/unsubscribe/${old}`, headers, payload });
  expect([answer.statusCode, await statusNow(db)]).toEqual([200, 'unsubscribed']);
});

test('a provider that posts for 700 of its people within a minute is refused for none', async () => {
  const { app, db } = await openApp();
  await db.run(sql`
    insert into readers (email, token, status) select 'r' || n || '@readers.example', 'token-of-' || n, 'active'
    from generate_series(1, 700) as n`);
  const codes = new Set<number>();
  for (let n = 1; n <= 700; n++) codes.add((await app.inject(post(`/unsubscribe/token-of-${n}`))).statusCode);
  expect([...codes]).toEqual([200]);
  expect(await db.rows(sql`select 1 from readers where status <> 'unsubscribed'`)).toEqual([]);
});

test.each(['GET', 'HEAD', 'OPTIONS'] as const)('%s of an ended link changes nothing', async (method) => {
  const { app, db, old } = await openAsReader();
  await app.inject(post(`/preferences/${old}/renew`));
  const before = await stateOf(db);
  for (const url of [`/unsubscribe/${old}`, `/resubscribe/${old}`, ...formsOf(old)]) await app.inject({ method, url });
  expect(await stateOf(db)).toBe(before);
});
