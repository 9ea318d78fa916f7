// Who gets in: by a link that works once, or by the first-run link; nobody else, and no form without its token.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { addCurator } from '../../../../core/store/curators.ts';
import { loadSettings } from '../../../../core/store/settings.ts';
import { listSources } from '../../../../core/store/sources.ts';
import { createSetupLink } from '../../../../services/admin/curators/setup-link.ts';
import { createSignInLink } from '../../../../core/desk/sign-in-link.ts';
import { starterSources } from '../../../../services/admin/sources/starter-sources.ts';
import { openApp, post, testNow } from '../../open-app.ts';
import { stateOf } from '../../seed-issue.ts';
import { openBrowser, openDesk } from '../open-desk.ts';

describe('signing in', () => {
  test('asks for an address, mails a link, and the link signs in once', async () => {
    const { app, db, enqueued, mail } = await openApp();
    await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const browser = openBrowser(app);
    const asked = await browser.sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'Olga@desk.example' });
    expect(asked.headers.location).toBe('/desk/sign-in/asked');
    expect(await enqueued()).toEqual(['notices.send {}']);
    const [notice] = await mail();
    expect(notice).toMatchObject({ to: 'olga@desk.example', subject: 'Sign in to the desk of Courant' });
    const path = /\/desk\/enter\/\S+/.exec(notice!.text)![0];

    const before = await stateOf(db);
    expect((await browser.get(path)).body).toContain('Go to the desk');
    expect(await stateOf(db)).toBe(before);
    expect((await browser.get('/desk')).headers.location).toBe('/desk/sign-in');

    expect((await browser.sendFrom(path, path)).headers.location).toBe('/desk');
    expect((await browser.get('/desk')).statusCode).toBe(200);
    expect((await browser.get(path)).statusCode).toBe(404);
    expect((await openBrowser(app).sendFrom('/desk/sign-in', path)).statusCode).toBe(404);
  });

  test('says the same for an address that nobody has, and mails nothing', async () => {
    const { app, db, mail } = await openApp();
    const answer = await openBrowser(app).sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'eve@desk.example' });
    expect(await mail()).toEqual([]);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/desk/sign-in/asked']);
    expect(await db.rows(sql`select 1 from notices union all select 1 from asks`)).toEqual([]);
  });

  test('a link that is too old opens nothing', async () => {
    const { app, db } = await openApp();
    const { id } = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const earlier = new Date(testNow.getTime() - 16 * 60_000);
    const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now: earlier, minutes: 15 });
    expect((await app.inject(link)).statusCode).toBe(404);
    expect((await openBrowser(app).sendFrom('/desk/sign-in', link)).statusCode).toBe(404);
  });

  test('the database never holds the token of a link', async () => {
    const { db } = await openApp();
    const { id } = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now: testNow, minutes: 15 });
    const setup = await createSetupLink(db, { deskUrl: '' });
    const state = await stateOf(db);
    for (const url of [link, setup]) expect(state).not.toContain(url.split('/').at(-1));
  });

  test('signing out ends it', async () => {
    const { get, send } = await openDesk();
    expect((await send('/desk/sign-out')).headers.location).toBe('/desk/sign-in');
    expect((await get('/desk')).headers.location).toBe('/desk/sign-in');
  });
});

describe('the door', () => {
  test.each([
    '/desk',
    '/desk/issues/1',
    '/desk/issues/1/letter',
    '/desk/sources',
    '/desk/readers',
    '/desk/queues',
    '/desk/curators',
    '/desk/settings',
  ])('%s sends a stranger to the sign-in page', async (path) => {
    const { app } = await openApp();
    const answer = await app.inject(path);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/desk/sign-in']);
  });

  test.each([
    '/desk/draft',
    '/desk/issues/1/approve',
    '/desk/sources',
    '/desk/sign-in',
    '/desk/sign-out',
    '/desk/settings',
    '/desk/curators',
    '/desk/curators/1/role',
    '/desk/curators/1/remove',
  ])('a form for %s without its token is refused, even from a curator', async (path) => {
    const { app, send, db } = await openDesk('owner');
    const before = await stateOf(db);
    const stranger = await app.inject(post(path));
    // Who it is is asked before anything that was sent is read, the token too.
    const isOpen = path.startsWith('/desk/sign-');
    expect([stranger.statusCode, stranger.headers.location]).toEqual(
      isOpen ? [403, undefined] : [303, '/desk/sign-in'],
    );
    for (const answer of [await send(path, { _csrf: 'forged' }), await send(path, { _csrf: '' })]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain('This form is too old');
    }
    expect(await stateOf(db)).toBe(before);
  });
});

describe('the first run', () => {
  const filled = {
    name: 'Olga',
    email: 'olga@desk.example',
    publication: 'The "Weekly"',
    mailFrom: 'news@example.org',
    postalAddress: 'Street 1',
    sources: ['cs.CL', 'willison', 'nothing-we-offer'],
  };

  test('the printed link makes its holder the owner, adds the chosen sources and reads them; it works once', async () => {
    const { app, db, enqueued } = await openApp();
    const link = await createSetupLink(db, { deskUrl: '' });
    const browser = openBrowser(app);
    expect((await browser.get(link)).body).toContain('arXiv cs.CL');
    const done = await browser.sendFrom(link, link, filled);
    expect(done.headers.location).toBe('/desk?said=setup');
    expect((await listSources(db)).map(({ kind, url }) => `${kind} ${url}`).toSorted()).toEqual([
      'arxiv https://rss.arxiv.org/rss/cs.CL',
      'feed https://simonwillison.net/atom/everything/',
    ]);
    expect(await enqueued()).toEqual(['sources.check {"shard":0}']);
    expect(await loadSettings(db)).toMatchObject({
      setUp: true,
      publication: 'The "Weekly"',
      mailFrom: '"The Weekly" <news@example.org>',
    });
    const desk = await browser.get('/desk');
    expect(desk.body).toContain('No issue yet. The first is drafted on Fri 27 Nov 2026, 06:00, or draft one now.');
    expect((await browser.get(link)).statusCode).toBe(404);
    expect((await browser.sendFrom('/desk', link, filled)).statusCode).toBe(404);
  });

  // What is no address of the desk asks a stranger to sign in; a token that was never given is nobody's.
  test.each([
    ['/desk/setup', 303],
    ['/desk/setup/wrong-token', 404],
  ])('%s opens nothing', async (path, status) => {
    const { app, db } = await openApp();
    expect((await app.inject(path)).statusCode).toBe(404);
    await createSetupLink(db, { deskUrl: '' });
    expect((await app.inject(path)).statusCode).toBe(404);
    expect((await openBrowser(app).sendFrom('/desk/sign-in', path, filled)).statusCode).toBe(status);
    expect(await db.rows(sql`select id from curators`)).toEqual([]);
  });

  test.each([
    ['mailFrom', 'nobody', 'The sender is an e-mail address'],
    ['email', 'olga', 'Your e-mail address should read like'],
    ['name', '  ', 'Type your name.'],
    ['name', 'olga@desk.example', 'Type a name, not an address.'],
    ['publication', 'x'.repeat(201), 'shorter'],
  ])('a wrong %s is named and nothing is set up', async (field, value, words) => {
    const { app, db } = await openApp();
    const link = await createSetupLink(db, { deskUrl: '' });
    const answer = await openBrowser(app).sendFrom(link, link, { ...filled, [field]: value });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect((await loadSettings(db)).setUp).toBeUndefined();
  });

  test('a sender set in the environment is not asked for', async () => {
    const { app, db } = await openApp({ MAIL_FROM: 'Fixed <fixed@example.org>' });
    const link = await createSetupLink(db, { deskUrl: '' });
    const browser = openBrowser(app);
    expect((await browser.get(link)).body).toContain('Fixed &lt;fixed@example.org&gt;');
    const { mailFrom: _asked, ...rest } = filled;
    expect((await browser.sendFrom(link, link, rest)).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ setUp: true, publication: 'The "Weekly"' });
    expect((await loadSettings(db)).mailFrom).toBeUndefined();
  });

  test('the starter sources have distinct keys and https addresses', () => {
    expect(new Set(starterSources.map(({ key }) => key)).size).toBe(starterSources.length);
    for (const { url } of starterSources) expect(url).toMatch(/^https:\/\//);
  });
});
