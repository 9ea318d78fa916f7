// Attacks on sessions of the desk: what was true when somebody signed in, and what was planted before, is worth nothing later.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addCurator, type Role } from '../../../core/store/curators.ts';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import { post, testNow, type TestApp } from '../open-app.ts';
import { seedIssue, stateOf } from '../seed-issue.ts';
import { deskRoutes } from './desk-routes.ts';
import { openBrowser, openDesk } from './open-desk.ts';

/** In front of the door, or the way to it. */
const beforeTheDoor = /^\/desk\/(setup|sign-in|enter|code)|^\/outbox/;
const asOne = (route: string): string => route.replace(/:\w+/g, '1');

async function signIn({ app, db }: Pick<TestApp, 'app' | 'db'>, name: string, role: Role) {
  const curator = await addCurator(db, { email: `${name}@desk.example`, name, role });
  const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now: testNow, minutes: 15 });
  const browser = openBrowser(app);
  await browser.sendFrom(link, link);
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/desk')).body)![1]!;
  return { id: curator.id, csrf, ...browser };
}

test.each([
  ['whose role was changed', 'role', { role: 'reviewer' }],
  ['who was removed', 'remove', {}],
])('every route of the desk sends a curator %s to the door, and does nothing', async (...[, action, fields]) => {
  const owner = await openDesk('owner');
  await seedIssue(owner.db);
  const eve = await signIn(owner, 'eve', 'owner');
  expect((await owner.send(`/desk/curators/${eve.id}/${action}`, fields as Record<string, string>)).statusCode).toBe(
    303,
  );
  const before = await stateOf(owner.db);
  const headers = { cookie: eve.cookie() };
  for (const method of ['GET', 'POST'] as const) {
    for (const route of deskRoutes(owner.app, method).filter((one) => !beforeTheDoor.test(one))) {
      const form = method === 'GET' ? { url: asOne(route), headers } : post(asOne(route), { _csrf: eve.csrf }, headers);
      const { statusCode, headers: answer } = await owner.app.inject(form);
      expect([route, statusCode, answer.location]).toEqual([route, 303, '/desk/sign-in']);
    }
  }
  expect(await stateOf(owner.db)).toBe(before);
});

test('a cookie that somebody planted before the sign-in is no session after it', async () => {
  const desk = await openDesk('owner');
  const eve = openBrowser(desk.app);
  await eve.sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'olga@desk.example' });
  const planted = eve.cookie();
  // The same cookie in the browser of whoever signs in.
  const link = await createSignInLink(desk.db, { curatorId: desk.curator.id, deskUrl: '', now: testNow, minutes: 15 });
  const page = await desk.app.inject({ url: link, headers: { cookie: planted } });
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!;
  const renewed = [page.headers['set-cookie']].flat()[0]?.split(';')[0] ?? planted;
  const signedIn = await desk.app.inject(post(link, { _csrf: csrf }, { cookie: renewed }));
  expect(signedIn.headers.location).toBe('/desk');
  const own = [signedIn.headers['set-cookie']].flat()[0]!.split(';')[0]!;
  expect((await desk.app.inject({ url: '/desk', headers: { cookie: own } })).statusCode).toBe(200);
  for (const cookie of [planted, renewed])
    expect((await desk.app.inject({ url: '/desk', headers: { cookie } })).headers.location).toBe('/desk/sign-in');
});

test('a token of another session opens no form', async () => {
  const desk = await openDesk('owner');
  const eve = await signIn(desk, 'eve', 'editor');
  const routes = deskRoutes(desk.app, 'POST').filter((one) => !beforeTheDoor.test(one));
  const before = await stateOf(desk.db);
  for (const route of routes) {
    const { statusCode } = await desk.app.inject(post(asOne(route), { _csrf: eve.csrf }, { cookie: desk.cookie() }));
    expect([route, statusCode]).toEqual([route, 403]);
  }
  expect(await stateOf(desk.db)).toBe(before);
  expect(await desk.db.rows(sql`select 1 from sessions`)).toHaveLength(2);
});
