// Mail to third parties: whatever strangers type, a mailbox gets a few mails, and nobody learns whose it is.
import { describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { recordAsk } from '../../../core/store/asks.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { listInterests } from '../../../core/store/interests.ts';
import { addReaders, readerByEmail } from '../../../core/store/readers.ts';
import { buildApp } from '../../../services/app.ts';
import { takeAsks } from '../../../services/mailer/take-asks.ts';
import { openBrowser } from '../admin/open-desk.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** Subscribes from another address each time, so that only what is sent to somebody is limited. */
let sender = 0;
const from = () => ({ remoteAddress: `198.51.${(++sender >> 8) & 255}.${sender & 255}` });
async function ask(opened: TestApp, email: string, interests = ''): Promise<void> {
  const answer = await opened.app.inject({ ...post('/subscribe', { email, interests }), ...from() });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/subscribe/asked']);
}

const addActive = (db: Database, email = 'ada@readers.example', at = testNow) =>
  addReaders(db, { readers: [{ email, interests: ['one'], length: 8 }], wording: 'test', at });

describe('requests for one address, again and again for three days', () => {
  test.each(['a new address', 'a reader'])('brings %s three mails, an hour and a day apart', async (who) => {
    const { house, db, clock } = await openApp();
    if (who === 'a reader') await addActive(db, 'ada@readers.example', new Date(testNow.getTime() - minuteMs));
    const detail = { interests: [], wording: 'test' };
    for (const minutes of [0, 10, 59, 60, 70, 119, 180, 600, 1439, 1440, 1499, 1500, 1510, 2000, 2940, 3000, 4310]) {
      clock.now = new Date(testNow.getTime() + minutes * minuteMs);
      const address = `198.51.100.${minutes % 256}`;
      await recordAsk(db, { kind: 'subscribe', email: 'ada@readers.example', detail, address, at: clock.now });
      await takeAsks(house, new AbortController().signal);
    }
    const rows = await db.rows<{ createdAt: Date }>(sql`select created_at from notices order by id`);
    const after = rows.map(({ createdAt }) => (createdAt.getTime() - testNow.getTime()) / minuteMs);
    expect(after).toEqual([0, 60, 60 + 1440]);
    expect(await db.rows(sql`select 1 from consents where event = 'asked'`)).toHaveLength(3);
    clock.now = new Date(testNow.getTime() + 32 * dayMs);
    await recordAsk(db, { kind: 'subscribe', email: 'ada@readers.example', detail, address: '::1', at: clock.now });
    await takeAsks(house, new AbortController().signal);
    expect(
      await db.rows(sql`select 1 from notices where created_at > ${new Date(testNow.getTime() + 31 * dayMs)}`),
    ).toHaveLength(1);
  });
});

test('a confirmed reader who left is written to again at once', async () => {
  const opened = await openApp();
  for (const round of [1, 2]) {
    await ask(opened, 'ada@readers.example');
    const subjects = (await opened.mail()).map(({ subject }) => subject);
    const goodbye = round === 1 ? [] : ['You no longer get Courant'];
    expect(subjects, `round ${round}`).toEqual([...goodbye, 'Confirm your subscription to Courant']);
    const { token } = (await readerByEmail(opened.db, 'ada@readers.example'))!;
    opened.clock.now = new Date(opened.clock.now.getTime() + minuteMs);
    await opened.app.inject(post(`/confirm/${token}`));
    await opened.app.inject(post(`/unsubscribe/${token}`));
  }
});

test('the ways to write one mailbox share what it gets', async () => {
  const opened = await openApp();
  const ways = ['ada.l@gmail.com', 'adal+1@gmail.com', 'A.D.A.L@googlemail.com', 'adal+2@gmail.com'];
  for (const email of ways) await ask(opened, email);
  for (let tag = 0; tag < 20; tag++) await ask(opened, `bob+${tag}@readers.example`);
  expect((await opened.mail()).map(({ to }) => to)).toEqual(['ada.l@gmail.com', 'bob+0@readers.example']);
  // Nobody is a reader, not even a pending one, who was not written to.
  expect(await opened.db.rows(sql`select 1 from readers`)).toHaveLength(2);
});

test('above the ceiling of an hour people wait, and are written to in the next; curators wait for nobody', async () => {
  const opened = await openApp({ CONFIRMATIONS_PER_HOUR: '5' });
  await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
  for (let person = 0; person < 12; person++) await ask(opened, `p${person}@readers.example`);
  await openBrowser(opened.app).sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'olga@desk.example' });
  const first = await opened.mail();
  expect(first.map(({ to }) => to)).toContain('olga@desk.example');
  expect(first).toHaveLength(6);
  expect(await opened.mail()).toHaveLength(0);
  opened.clock.now = new Date(testNow.getTime() + 61 * minuteMs);
  expect(await opened.mail()).toHaveLength(5);
  // Who waited a day is forgotten.
  opened.clock.now = new Date(testNow.getTime() + 25 * 60 * minuteMs);
  expect(await opened.mail()).toHaveLength(0);
  expect(await opened.db.rows(sql`select 1 from asks`)).toEqual([]);
});

test('a door flooded with subscriptions until no more are taken still lets curators ask', async () => {
  const { house, db } = await openApp({ CONFIRMATIONS_PER_HOUR: '1' });
  await addCurator(db, { email: 'ada@desk.example', name: 'Ada', role: 'owner' });
  await db.run(sql`
    insert into asks (kind, email, detail, network, at)
    select 'subscribe', n || '@flood.example', '{"interests":[],"wording":"test"}', null, ${testNow}
    from generate_series(1, 10000) as n`);
  const subscribe = { interests: [], wording: 'test' };
  await recordAsk(db, { kind: 'subscribe', email: 'x@flood.example', detail: subscribe, address: '::1', at: testNow });
  expect(await db.rows(sql`select 1 from asks where email = 'x@flood.example'`)).toEqual([]);
  const detail = { browserHash: 'hash', browser: 'Firefox' };
  await recordAsk(db, { kind: 'sign-in', email: 'ada@desk.example', detail, address: '::1', at: testNow });
  await takeAsks(house, new AbortController().signal);
  expect(await db.rows(sql`select email from notices where kind = 'sign-in'`)).toEqual([{ email: 'ada@desk.example' }]);
});

describe('a suppressed address', () => {
  test('is not written to, known or not, and a page behind an old link says why', async () => {
    const opened = await openApp();
    const { app, db } = opened;
    await ask(opened, 'ada@readers.example');
    await opened.mail();
    await db.run(sql`
      insert into suppressions (email, reason) values ('ada@readers.example', 'curator'), ('bob@readers.example', 'curator')`);
    opened.clock.now = new Date(testNow.getTime() + 2 * 60 * minuteMs);
    await ask(opened, 'ada@readers.example');
    await ask(opened, 'bob@readers.example');
    expect(await opened.mail()).toEqual([]);
    const { token } = (await readerByEmail(db, 'ada@readers.example'))!;
    expect((await app.inject(`/confirm/${token}`)).body).toContain('This address does not take our mail');
    expect((await app.inject(post(`/confirm/${token}`))).statusCode).toBe(409);
    expect((await readerByEmail(db, 'ada@readers.example'))?.status).toBe('pending');
  });
});

describe('what was typed with a request', () => {
  test('is added when somebody who had left confirms', async () => {
    const opened = await openApp();
    const { app, db } = opened;
    await addActive(db);
    const old = (await readerByEmail(db, 'ada@readers.example'))!;
    await app.inject(post(`/unsubscribe/${old.token}`));
    await ask(opened, 'ada@readers.example', 'two');
    // Too soon for another mail, but not lost.
    await ask(opened, 'ada@readers.example', 'three');
    expect((await opened.mail()).map(({ subject }) => subject)).toEqual([
      'You no longer get Courant',
      'Confirm your subscription to Courant',
    ]);
    expect(await listInterests(db, old.id)).toEqual(['one']);
    const { token } = (await readerByEmail(db, 'ada@readers.example'))!;
    expect((await app.inject(`/confirm/${token}`)).body).toContain('two, three');
    await app.inject(post(`/confirm/${token}`));
    expect((await listInterests(db, old.id)).toSorted()).toEqual(['one', 'three', 'two']);
  });

  test('waits for a button when the address belongs to a reader, whom a stranger may have typed', async () => {
    const opened = await openApp();
    const { app, db } = opened;
    await addActive(db);
    await ask(opened, 'ada@readers.example', 'spam');
    const [mail] = await opened.mail();
    expect(mail?.text).not.toContain('spam');
    const { id, token } = (await readerByEmail(db, 'ada@readers.example'))!;
    expect(await listInterests(db, id)).toEqual(['one']);
    expect((await app.inject(`/confirm/${token}`)).body).toContain('asked for: spam');
    await app.inject(post(`/confirm/${token}`));
    expect(await listInterests(db, id)).toEqual(['one', 'spam']);
  });
});

test('who never confirms is forgotten after thirty days, and the link with them', async () => {
  const opened = await openApp();
  await ask(opened, 'ada@readers.example');
  await opened.mail();
  const { token } = (await readerByEmail(opened.db, 'ada@readers.example'))!;
  opened.clock.now = new Date(testNow.getTime() + 29 * dayMs);
  await opened.mail();
  expect(await readerByEmail(opened.db, 'ada@readers.example')).toBeDefined();
  opened.clock.now = new Date(testNow.getTime() + 31 * dayMs);
  expect((await opened.app.inject(post(`/confirm/${token}`))).statusCode).toBe(409);
  await opened.mail();
  expect(await readerByEmail(opened.db, 'ada@readers.example')).toBeUndefined();
});

describe('signing in', () => {
  const askIn = async (opened: TestApp, browser: ReturnType<typeof openBrowser>) =>
    browser.sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'olga@desk.example' });
  const linkIn = (text: string): string => /\/desk\/enter\/[\w-]+/.exec(text)![0];

  test('brings six mails an hour and twelve a day, however many strangers ask, and three links open', async () => {
    const opened = await openApp();
    await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const links: string[] = [];
    const stillOpen: number[] = [];
    for (let hour = 0; hour < 5; hour++) {
      opened.clock.now = new Date(testNow.getTime() + hour * 61 * minuteMs);
      for (let one = 0; one < 10; one++) {
        await askIn(opened, openBrowser(opened.app, {}, from().remoteAddress));
        for (const { text } of await opened.mail()) links.push(linkIn(text));
      }
      const codes = await Promise.all(
        links.map(async (link) => (await opened.app.inject({ url: link, ...from() })).statusCode),
      );
      stillOpen.push(codes.filter((code) => code === 200).length);
    }
    expect(stillOpen).toEqual([3, 3, 0, 0, 0]);
    expect(links).toHaveLength(12);
  });

  test('in a browser of their own is not shut out by strangers who used all mails up', async () => {
    const opened = await openApp();
    await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const own = openBrowser(opened.app);
    await askIn(opened, own);
    const link = linkIn((await opened.mail())[0]!.text);
    await own.sendFrom(link, link);
    await own.sendFrom('/desk', '/desk/sign-out');
    for (let one = 0; one < 20; one++) await askIn(opened, openBrowser(opened.app, {}, from().remoteAddress));
    await opened.mail();
    await askIn(opened, own);
    const mails = await opened.mail();
    expect(mails).toHaveLength(1);
    const again = linkIn(mails[0]!.text);
    expect((await own.sendFrom(again, again)).headers.location).toBe('/desk');
  });
});

describe('known and unknown addresses', () => {
  /** The same app on a database that writes down what it is asked. */
  async function listening(opened: TestApp) {
    const asked: string[] = [];
    const heard = (db: Pick<Database, 'rows' | 'row' | 'run'>) => ({
      rows: (one: Parameters<Database['rows']>[0]) => (asked.push(one.text), db.rows(one)),
      row: (one: Parameters<Database['row']>[0]) => (asked.push(one.text), db.row(one)),
      run: (one: Parameters<Database['run']>[0]) => (asked.push(one.text), db.run(one)),
    });
    const db = {
      ...opened.db,
      ...heard(opened.db),
      transaction: (work: (tx: never) => Promise<unknown>) => opened.db.transaction((tx) => work(heard(tx) as never)),
    } as Database;
    const app = await buildApp({ ...opened.house, db }, { rooms: ['web', 'admin'] });
    return { app, asked };
  }

  test('cost a request the same: the same statements, the same answer', async () => {
    const opened = await openApp();
    await addActive(opened.db);
    await addActive(opened.db, 'gone@readers.example');
    await opened.db.run(sql`update readers set status = 'unsubscribed' where email = 'gone@readers.example'`);
    await opened.db.run(sql`insert into suppressions (email, reason) values ('not@readers.example', 'curator')`);
    await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const { app, asked } = await listening(opened);
    try {
      const seen = new Set<string>();
      for (const email of [
        'ada@readers.example',
        'gone@readers.example',
        'not@readers.example',
        'new@readers.example',
      ]) {
        asked.length = 0;
        const { statusCode, headers, body } = await app.inject({ ...post('/subscribe', { email }), ...from() });
        seen.add(JSON.stringify([asked, statusCode, headers.location, body]));
      }
      expect(seen.size).toBe(1);
      expect(asked.filter((text) => text.includes('insert into asks'))).toHaveLength(1);
      seen.clear();
      for (const email of ['olga@desk.example', 'nobody@desk.example']) {
        const browser = openBrowser(app);
        await browser.get('/desk/sign-in');
        asked.length = 0;
        const answer = await browser.sendFrom('/desk/sign-in', '/desk/sign-in', { email });
        seen.add(JSON.stringify([asked, answer.statusCode, answer.headers.location, answer.body]));
      }
      expect(seen.size).toBe(1);
    } finally {
      await app.close();
    }
  });
});
