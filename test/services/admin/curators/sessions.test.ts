// Sessions: rows that are listed and ended; a link opens in the browser that asked for it, or says that it is another.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { addCurator } from '../../../../core/store/curators.ts';
import { createSignInLink } from '../../../../core/desk/sign-in-link.ts';
import { openApp, post, testNow, type TestApp } from '../../open-app.ts';
import { openBrowser, openDesk, type Desk } from '../open-desk.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1';

async function signInAgain({ app, db, curator }: Desk, headers = {}) {
  const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now: testNow, minutes: 15 });
  const browser = openBrowser(app, headers);
  await browser.sendFrom(link, link);
  return browser;
}
const isIn = async (browser: { get: (url: string) => Promise<{ statusCode: number }> }): Promise<boolean> =>
  (await browser.get('/desk/sessions')).statusCode === 200;

describe('sessions', () => {
  test('are listed with browser, time and network, the one in use marked, and end one by one', async () => {
    const desk = await openDesk('reviewer');
    const other = await signInAgain(desk, { 'user-agent': phone });
    const { body } = await desk.get('/desk/sessions');
    expect(body).toContain('Safari on an iPhone');
    expect(body).toContain('127.0.0.0/24');
    expect(body).toContain('Fri 20 Nov 2026, 12:00');
    expect(body.match(/this one/g)).toHaveLength(1);
    const phoneSession = await desk.db.row<{ id: number }>(sql`select id from sessions where browser like 'Safari%'`);
    expect((await desk.send(`/desk/sessions/${phoneSession!.id}/end`)).headers.location).toBe('/desk/sessions');
    expect([await isIn(other), await isIn(desk)]).toEqual([false, true]);
    expect((await desk.send(`/desk/sessions/${phoneSession!.id}/end`)).statusCode).toBe(404);
  });

  test('of another curator cannot be ended', async () => {
    const desk = await openDesk('owner');
    const rita = await addCurator(desk.db, { email: 'rita@desk.example', name: 'Rita', role: 'editor' });
    const hers = await signInAgain({ ...desk, curator: rita });
    const row = await desk.db.row<{ id: number }>(sql`select id from sessions where curator_id = ${rita.id}`);
    expect((await desk.send(`/desk/sessions/${row!.id}/end`)).statusCode).toBe(404);
    expect(await isIn(hers)).toBe(true);
  });

  test.each(['/desk/sign-out', '/desk/sessions/end'])('%s ends all of them, and the links still open', async (path) => {
    const desk = await openDesk('editor');
    const other = await signInAgain(desk);
    const link = await createSignInLink(desk.db, {
      curatorId: desk.curator.id,
      deskUrl: '',
      now: testNow,
      minutes: 15,
    });
    expect((await desk.send(path)).headers.location).toBe('/desk/sign-in');
    expect([await isIn(other), await isIn(desk)]).toEqual([false, false]);
    expect((await desk.app.inject(link)).statusCode).toBe(404);
  });

  test('a stolen cookie is worth nothing after its curator signed out', async () => {
    const { app, db } = await openApp();
    const { id } = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now: testNow, minutes: 15 });
    const browser = openBrowser(app);
    await browser.sendFrom(link, link);
    const stolen = browser.cookie();
    expect((await app.inject({ url: '/desk', headers: { cookie: stolen } })).statusCode).toBe(200);
    await browser.sendFrom('/desk', '/desk/sign-out');
    expect((await app.inject({ url: '/desk', headers: { cookie: stolen } })).headers.location).toBe('/desk/sign-in');
  });

  test('end after seven days, whatever the cookie says', async () => {
    const desk = await openDesk('editor');
    desk.clock.now = new Date(testNow.getTime() + 7 * 86_400_000 + 1000);
    expect(await isIn(desk)).toBe(false);
  });
});

describe('a mailed link', () => {
  async function asked() {
    const opened: TestApp = await openApp();
    await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const own = openBrowser(opened.app, { 'user-agent': firefox });
    await own.sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'olga@desk.example' });
    const [first] = await opened.mail();
    return { ...opened, own, first: first!, link: linkIn(first!.text) };
  }
  const linkIn = (text: string): string => /\/desk\/enter\/[\w-]+/.exec(text)![0];

  test('opens with one button in the browser that asked', async () => {
    const { own, link, first } = await asked();
    expect(first.text).toContain('It was asked for in Firefox on Linux, from 127.0.0.0/24');
    expect((await own.get(link)).body).toContain('Go to the desk');
    expect((await own.sendFrom(link, link)).headers.location).toBe('/desk');
  });

  test('in another browser says so, and the plain form signs nobody in', async () => {
    const { app, db, own, link } = await asked();
    const other = openBrowser(app);
    const { body } = await other.get(link);
    expect(body).toContain('was asked for in another browser: Firefox on Linux, from 127.0.0.0/24');
    expect(body).toContain('If somebody sent you this link');
    expect((await other.sendFrom(link, link)).statusCode).toBe(200);
    expect((await other.get('/desk')).headers.location).toBe('/desk/sign-in');
    expect(await db.rows(sql`select 1 from sessions`)).toEqual([]);
    expect((await other.sendFrom(link, link, { elsewhere: 'yes' })).headers.location).toBe('/desk');
    expect((await other.get('/desk')).statusCode).toBe(200);
    expect((await own.get(link)).statusCode).toBe(404);
  });

  test('of which one was used ends the others', async () => {
    const { own, link, mail } = await asked();
    await own.sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'olga@desk.example' });
    const newer = linkIn((await mail())[0]!.text);
    await own.sendFrom(newer, newer);
    expect((await own.get(link)).statusCode).toBe(404);
  });
});

test('a form without a token does nothing to a session', async () => {
  const desk = await openDesk('owner');
  expect((await desk.app.inject(post('/desk/sessions/end'))).headers.location).toBe('/desk/sign-in');
  expect((await desk.send('/desk/sessions/end', { _csrf: 'forged' })).statusCode).toBe(403);
  expect(await isIn(desk)).toBe(true);
});
