// Who unsubscribes and hangs up at once has unsubscribed: mail programs post (RFC 8058) and many wait for no answer. On real sockets.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { headOf, listen, sendRaw } from './raw-http.ts';

const oneClick = 'List-Unsubscribe=One-Click';
const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(oneClick.length) };
const multipart = `--b\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
const chunked = headOf('POST', '/unsubscribe/TOKEN', { 'transfer-encoding': 'chunked', 'content-type': 'multipart/form-data; boundary=b' }); // prettier-ignore

const requests: Record<string, string> = {
  'a form': headOf('POST', '/unsubscribe/TOKEN', form) + oneClick,
  'nothing but the post': headOf('POST', '/unsubscribe/TOKEN', { 'content-length': '0' }),
  'a form in pieces': `${chunked}${multipart.length.toString(16)}\r\n${multipart}\r\n0\r\n\r\n`,
};
/** How a client leaves, once the server has its connection. */
const endings: Record<string, (socket: Socket, text: string) => void> = {
  'resets the connection behind the last byte': (socket, text) =>
    socket.write(text, () => void socket.resetAndDestroy()),
  'resets it a moment later': (socket, text) =>
    socket.write(text, () => void setTimeout(() => socket.resetAndDestroy(), 2)),
  'closes both ways': (socket, text) => socket.write(text, () => void socket.destroy()),
  'ends its half': (socket, text) => void socket.end(text),
};

const cases = Object.keys(requests).flatMap((what) => Object.keys(endings).map((how) => [what, how] as const));
test.each(cases)('a client that sends %s and %s has unsubscribed', async (what, how) => {
  const { app, db } = await openApp();
  await db.run(sql`
    insert into readers (email, status, token) select 'r' || n || '@readers.example', 'active', 'token-of-reader-' || n
    from generate_series(1, 8) as n`);
  const port = await listen(app);
  for (let n = 1; n <= 8; n++) {
    const accepted = once(app.server, 'connection');
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined);
    await Promise.all([once(socket, 'connect'), accepted]);
    endings[how]!(socket, requests[what]!.replace('TOKEN', `token-of-reader-${n}`));
  }
  const left = () => db.rows(sql`select id from readers where status <> 'unsubscribed'`);
  await expect.poll(left).toEqual([]);
  // The evidence says from where.
  const consents = await db.rows<{ address: string | null }>(
    sql`select address from consents where event = 'unsubscribed'`,
  );
  expect(consents.map(({ address }) => address)).toEqual(Array.from({ length: 8 }, () => '127.0.0.0/24'));
});

test('half a form unsubscribes nobody, and too much of one is refused', async () => {
  const { app, db } = await openApp();
  await db.run(
    sql`insert into readers (email, status, token) values ('ada@readers.example', 'active', 'token-of-ada')`,
  );
  const port = await listen(app);
  const accepted = once(app.server, 'connection');
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  await Promise.all([once(socket, 'connect'), accepted]);
  socket.write(
    headOf('POST', '/unsubscribe/token-of-ada', { ...form, 'content-length': '100' }) + oneClick,
    () => void socket.resetAndDestroy(),
  );
  const big = headOf('POST', '/unsubscribe/token-of-ada', { 'transfer-encoding': 'chunked' });
  expect((await sendRaw(port, `${big}11000\r\n${'x'.repeat(0x11000)}\r\n`)).status).toBe(413);
  expect(await db.rows(sql`select status from readers`)).toEqual([{ status: 'active' }]);
});
