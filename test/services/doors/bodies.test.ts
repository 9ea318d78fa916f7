// Bodies of strangers: not read before it is known who asks, small, and never unfinished for long. On real sockets.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders, readerByEmail } from '../../../core/store/readers.ts';
import { addSources } from '../../../core/store/sources.ts';
import { cpuMs, honestFeeds } from '../../workers/ingest/cpu-time.ts';
import { openDesk } from '../admin/open-desk.ts';
import { openApp, testNow } from '../open-app.ts';
import { headOf, listen, openRaw, sendRaw } from './raw-http.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const uploads = ['/desk/items/1/captions', '/desk/sources/import'];

/** A head that announces more than is ever sent: whoever waits for the body does not answer. */
const announced = (path: string, bytes: number, headers: Record<string, string> = {}): string =>
  headOf('POST', path, { ...form, 'content-length': String(bytes), ...headers });

describe('a body is not waited for', () => {
  test.each(uploads)('%s sends a stranger to the door', async (path) => {
    const { app } = await openApp();
    const port = await listen(app);
    for (const cookie of ['', 'courant_desk=%ff;', `courant_desk=${'A'.repeat(400)}%3B${'B'.repeat(32)}`]) {
      const { head } = await sendRaw(port, announced(path, 12_000_000, { cookie, connection: 'keep-alive' }));
      expect(head).toMatch(/^HTTP\/1\.1 303 /);
      expect(head).toMatch(/location: \/desk\/sign-in/i);
      expect(head).toMatch(/connection: close/i);
    }
  });

  test.each(uploads)('%s tells a reviewer that they change nothing', async (path) => {
    const { app, cookie } = await openDesk('reviewer');
    const port = await listen(app);
    expect((await sendRaw(port, announced(path, 12_000_000, { cookie: cookie() }))).status).toBe(403);
  });

  test.each(['/desk/sign-in', '/desk/setup/x', '/subscribe', '/unsubscribe/x', '/desk/issues/1/intro'])(
    '%s takes no 12 MB, announced or in pieces',
    async (path) => {
      const { app } = await openApp();
      const port = await listen(app);
      expect([303, 413]).toContain((await sendRaw(port, announced(path, 12_000_000))).status);
      const pieces = headOf('POST', path, { ...form, 'transfer-encoding': 'chunked' });
      const piece = `10000\r\n${'['.repeat(65_536)}\r\n`;
      expect([303, 413]).toContain((await sendRaw(port, pieces + piece + piece)).status);
    },
  );

  test('an address that leads nowhere reads nothing', async () => {
    const { app } = await openApp();
    const port = await listen(app);
    for (const path of ['/nothing', '/desk/nothing', '/issues', '/outbox/x'])
      expect([303, 404]).toContain((await sendRaw(port, announced(path, 60_000))).status);
  });
});

test('only forms are read: other kinds are refused unread', async () => {
  const { app } = await openApp();
  const port = await listen(app);
  const kinds = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'text/xml', 'multipart/form-data; boundary=x', 'nonsense', 'application/x-www-form-urlencodedx', '']; // prettier-ignore
  for (const path of ['/subscribe', '/desk/sign-in', '/desk/setup/x', '/preferences/none-at-all/amount'])
    for (const kind of kinds) {
      const answer = await sendRaw(port, announced(path, 60_000, { 'content-type': kind }));
      expect([path, kind, answer.status]).toEqual([path, kind, 415]);
    }
});

test('nested names and thousands of fields are a form like any other', async () => {
  const { app } = await openApp();
  const port = await listen(app);
  const bodies = [
    '['.repeat(60_000),
    `email${'[a]'.repeat(15_000)}=x`,
    'a=1&'.repeat(15_000),
    '&'.repeat(60_000),
    '='.repeat(60_000),
    '%'.repeat(60_000),
    '%E0'.repeat(20_000),
    '__proto__[isAdmin]=1&constructor[prototype][x]=1&__proto__=1&toString=1',
    Array.from({ length: 8_000 }, (_, n) => `f${n}=`).join('&'),
  ];
  for (const [n, body] of bodies.entries()) {
    const head = headOf('POST', '/subscribe', { ...form, 'content-length': String(body.length) });
    let status = 0;
    const ms = await cpuMs(async () => ({ status } = await sendRaw(port, head + body)));
    expect([n, status, ms < 1_000 || (await honestFeeds(ms, 1)) < 1]).toEqual([n, 400, true]);
  }
});

test('unfinished heads and bodies are ended, and do not keep others from being heard', async () => {
  const { app } = await openApp();
  const port = await listen(app);
  const slow = await Promise.all([
    openRaw(port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '),
    openRaw(port, ''),
    openRaw(port, 'POST /unsubscribe/nobody-here HTTP/1.1\r\n'),
    ...Array.from({ length: 30 }, () => openRaw(port, `${announced('/unsubscribe/nobody-here', 60_000)}email=`)),
  ]);
  // Each goes on a byte at a time, which an idle timeout would not notice.
  const drip = setInterval(() => slow.forEach(({ socket }) => void socket.write('a')), 500);
  try {
    // Above twenty of one address the next is told to come back; a page needs no body and is there at once.
    const early = await Promise.all(slow.slice(-10).map(({ answer }) => answer));
    expect(early.map(({ status }) => status)).toEqual(early.map(() => 503));
    expect((await sendRaw(port, headOf('GET', '/subscribe'))).status).toBe(200);
    const all = await Promise.all(slow.map(({ answer }) => answer));
    expect(all.filter(({ status }) => status >= 200 && status < 400)).toEqual([]);
  } finally {
    clearInterval(drip);
  }
  const body = 'email=ada%40reader.example';
  const head = headOf('POST', '/subscribe', { ...form, 'content-length': String(body.length) });
  expect((await sendRaw(port, head + body)).status).toBe(303);
});

test('a provider that leaves for all its people is heard, however much of one address is unfinished', async () => {
  const { app, db } = await openApp();
  await addReaders(db, {
    readers: [{ email: 'ada@readers.example', interests: [], length: 8 }],
    wording: 'test',
    at: testNow,
  });
  const { token } = (await readerByEmail(db, 'ada@readers.example'))!;
  const port = await listen(app);
  const open = await Promise.all(Array.from({ length: 25 }, () => openRaw(port, announced('/subscribe', 60_000))));
  const body = 'List-Unsubscribe=One-Click';
  const leave = async (path: string) => (await sendRaw(port, headOf('POST', path, { ...form, 'content-length': String(body.length) }) + body)).status; // prettier-ignore
  try {
    await expect.poll(() => leave('/unsubscribe/nobody-here')).toBe(503);
    expect(await leave(`/unsubscribe/${token}`)).toBe(200);
    expect((await readerByEmail(db, 'ada@readers.example'))!.status).toBe('unsubscribed');
  } finally {
    for (const { socket } of open) socket.destroy();
  }
});

test('an editor still sends captions and lists as large as they are', async () => {
  const { app, db, cookie, get } = await openDesk('editor');
  await addSources(db, [{ kind: 'feed', url: 'https://blog.example/feed', title: 'Blog' }]);
  const port = await listen(app);
  const token = /name="_csrf" value="([^"]+)"/.exec((await get('/desk')).body)![1]!;
  const outlines = Array.from({ length: 2_000 }, (_, n) => `<outline type="rss" text="B${n}" xmlUrl="https://b${n}.example/feed"/>`); // prettier-ignore
  const opml = `<opml version="2.0"><head/><body>${outlines.join('')}</body></opml>`;
  const body = new URLSearchParams({ _csrf: token, opml }).toString();
  expect(body.length).toBeGreaterThan(200_000);
  const head = headOf('POST', '/desk/sources/import', { ...form, cookie: cookie(), 'content-length': String(body.length) }); // prettier-ignore
  expect((await sendRaw(port, head + body)).status).toBe(200);
  expect(await db.row(sql`select count(*)::int as count from sources`)).toEqual({ count: 2_001 });
});

test('a visitor who leaves in the middle of a body is forgotten', async () => {
  const { app } = await openApp();
  const port = await listen(app);
  for (let n = 0; n < 30; n++) {
    const { socket } = await openRaw(port, `${announced('/unsubscribe/nobody-here', 60_000)}email=`);
    socket.destroy();
    await once(socket, 'close');
  }
  const body = 'email=ada%40reader.example';
  const head = headOf('POST', '/subscribe', { ...form, 'content-length': String(body.length) });
  await expect.poll(async () => (await sendRaw(port, head + body)).status).not.toBe(503);
});

test('a visitor who hangs up at once is no failure of a page', async () => {
  const { app, house } = await openApp();
  const failed = vi.spyOn(house.log, 'error');
  const port = await listen(app);
  const body = 'email=ada%40reader.example';
  const head = headOf('POST', '/subscribe', { ...form, 'content-length': String(body.length) });
  for (let n = 0; n < 30; n++) {
    const socket = connect({ host: '127.0.0.1', port });
    await once(socket, 'connect');
    socket.write(head + body, () => socket.resetAndDestroy());
    await once(socket, 'close');
  }
  await sendRaw(port, headOf('GET', '/subscribe'));
  expect(failed).not.toHaveBeenCalled();
});
