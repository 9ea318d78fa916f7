// A page is sent again as it was made while no row changed, and never a moment longer, nor to anybody else.
import { expect, test } from 'vitest';
import { sql } from '../../core/db.ts';
import { addCurator, type Role } from '../../core/store/curators.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { createSignInLink } from '../../core/desk/sign-in-link.ts';
import { openBrowser, openDesk } from './admin/open-desk.ts';
import { openApp, testNow, type TestApp } from './open-app.ts';
import { seedIssue } from './seed-issue.ts';

/** How many statements the database was asked while `act` ran. */
async function statementsOf({ db }: Pick<TestApp, 'db'>, act: () => Promise<unknown>): Promise<number> {
  const { pool } = db;
  const plain = pool.query.bind(pool);
  let asked = 0;
  pool.query = async (...given: Parameters<typeof plain>) => {
    asked++;
    return plain(...given);
  };
  await act().finally(() => void (pool.query = plain));
  return asked;
}

test('a second visitor of a page of the site costs one statement, and gets what anybody commits at once', async () => {
  const opened = await openApp();
  await seedIssue(opened.db);
  await opened.db.run(sql`insert into topics (name) values ('graphs')`);
  const get = (url: string) => opened.app.inject({ url });
  const first = await get('/topics');
  expect(await statementsOf(opened, async () => expect((await get('/topics')).body).toBe(first.body))).toBe(1);
  const again = await get('/topics');
  expect(again.headers).toMatchObject({ etag: first.headers.etag, 'cache-control': 'public, max-age=60', 'content-security-policy': first.headers['content-security-policy'] }); // prettier-ignore
  expect((await opened.app.inject({ url: '/topics', headers: { 'if-none-match': String(first.headers.etag) } })).statusCode).toBe(304); // prettier-ignore
  await opened.db.run(sql`update settings set value = '"Another name"' where name = 'publication'`);
  await opened.db.run(sql`insert into settings (name, value) values ('publication', '"Another name"') on conflict do nothing`); // prettier-ignore
  expect((await get('/topics')).body).toContain('Another name');
});

test('what is a reader’s own, an answer that is no page, and a page that is older than ten seconds are made each time', async () => {
  const opened = await openApp();
  await seedIssue(opened.db);
  await opened.db.run(sql`insert into readers (email, status, token) values ('ada@readers.example', 'active', 'ada-token-0123456789')`); // prettier-ignore
  const twice = async (url: string) => {
    await opened.app.inject({ url });
    return statementsOf(opened, () => opened.app.inject({ url }));
  };
  expect(await twice('/preferences/ada-token-0123456789')).toBeGreaterThan(1);
  expect(await twice('/stories/999999')).toBeGreaterThan(1);
  expect(await twice('/boards')).toBe(1);
  // A stranger may make up as many addresses as they like, and long ones.
  expect(await twice(`/boards?${'x'.repeat(600)}`)).toBeGreaterThan(1);
  opened.clock.now = new Date(testNow.getTime() + 10_001);
  expect(await statementsOf(opened, () => opened.app.inject({ url: '/boards' }))).toBeGreaterThan(1);
});

async function signIn({ app, db }: Pick<TestApp, 'app' | 'db'>, name: string, role: Role) {
  const curator = await addCurator(db, { email: `${name}@desk.example`, name, role });
  const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now: testNow, minutes: 15 });
  const browser = openBrowser(app);
  await browser.sendFrom(link, link);
  return browser;
}

test('a page of the desk is kept for the session it was made for, with tokens that open its forms', async () => {
  const owner = await openDesk('owner');
  const rita = await signIn(owner, 'rita', 'reviewer');
  // Who has just signed in gets what the tokens of forms are made of with their first page, which is not kept.
  await owner.get('/desk');
  const page = await owner.get('/desk/curators');
  expect(await statementsOf(owner, () => owner.get('/desk/curators'))).toBe(1);
  expect((await owner.get('/desk/curators')).body).toBe(page.body);
  const hers = await rita.get('/desk/curators');
  expect(hers.body).toContain('Sign out rita');
  expect(hers.body).not.toContain('Add a curator');
  const [kept] = /name="_csrf" value="([^"]+)"/.exec((await owner.get('/desk/curators')).body)!.slice(1);
  const form = { _csrf: kept!, name: 'Emil', email: 'emil@desk.example', role: 'editor' };
  expect((await owner.send('/desk/curators', form)).headers.location).toBe('/desk/curators?said=added');
  expect((await owner.get('/desk/curators')).body).toContain('emil@desk.example');
});

test('who is signed out, or is no owner any more, gets nothing of what was kept', async () => {
  const owner = await openDesk('owner');
  const emil = await signIn(owner, 'emil', 'owner');
  await emil.get('/desk/curators');
  expect((await emil.get('/desk/curators')).body).toContain('Add a curator');
  await owner.db.run(sql`update curators set role = 'reviewer' where email = 'emil@desk.example'`);
  expect((await emil.get('/desk/curators')).body).not.toContain('Add a curator');
  await owner.db.run(sql`update curators set generation = generation + 1 where email = 'emil@desk.example'`);
  expect((await emil.get('/desk/curators')).headers.location).toBe('/desk/sign-in');
});

test('while rows change, what is made is not found again: the state it was made in never comes back', async () => {
  const opened = await openApp();
  await seedIssue(opened.db);
  const states: string[] = [];
  for (let time = 0; time < 3; time++) {
    await opened.app.inject({ url: '/boards' });
    await opened.db.run(sql`update settings set value = value where name = 'secret'`);
    await opened.db.run(sql`insert into muted_words (words, by, at) values (${`word ${time}`}, 'Olga', ${testNow})`);
    const row = await opened.db.row<{ state: string }>(sql`select pg_current_snapshot()::text as state`);
    states.push(row!.state);
    expect(await statementsOf(opened, () => opened.app.inject({ url: '/boards' }))).toBeGreaterThan(1);
  }
  expect(new Set(states).size).toBe(3);
});

test('a picture of a letter is shown by other sites the second time, too', async () => {
  const { app, db } = await openApp();
  const hash = await savePicture(db, {
    bytes: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    at: testNow,
  });
  const get = () => app.inject({ url: `/pictures/${hash}.png` });
  const [first, second] = [await get(), await get()];
  expect(second.rawPayload).toEqual(first.rawPayload);
  for (const { headers } of [first, second]) expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
});

test('the first response and all after it bear the same security headers, those of unknown addresses too', async () => {
  const { app } = await openApp();
  const guards = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy']; // prettier-ignore
  const seen: unknown[] = [];
  for (const url of ['/deadlines', '/nothing-here', '/topics', '/topics']) {
    const { headers } = await app.inject(url);
    seen.push(guards.map((name) => headers[name]));
  }
  expect(seen[0]).toEqual(guards.map(() => expect.any(String)));
  expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
});
