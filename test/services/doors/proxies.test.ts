// Whose address a request counts for: what a visitor writes into X-Forwarded-For is worth nothing. On real sockets.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { headOf, listen, sendRaw, type RawAnswer } from './raw-http.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function subscribe(port: number, forwarded: string, n = 0): Promise<RawAnswer> {
  const body = `email=ada${n}%40reader.example`;
  const headers = { ...form, 'content-length': String(body.length), 'x-forwarded-for': forwarded };
  return sendRaw(port, headOf('POST', '/subscribe', headers) + body);
}

/** Of an address only its network is kept. */
async function networksKept(db: Awaited<ReturnType<typeof openApp>>['db']): Promise<string[]> {
  const rows = await db.rows<{ network: string }>(sql`select distinct network from asks order by network`);
  return rows.map(({ network }) => network.split('.').slice(0, 3).join('.'));
}

/** What the proxy in front appended stands last; the rest was made up by the visitor, anew each time. */
const forged = (n: number, real: string): string => `198.51.100.${n}, 127.0.0.1, 10.0.0.${n}, ${real}`;

describe.each(['1', 'loopback', '127.0.0.0/8,10.0.0.0/8'])(
  'behind a proxy that TRUST_PROXY=%s names',
  (TRUST_PROXY) => {
    test('a visitor cannot choose an address, and two visitors are two', async () => {
      const { app, db } = await openApp({ TRUST_PROXY });
      const port = await listen(app);
      const answers: number[] = [];
      for (let n = 1; n <= 22; n++) answers.push((await subscribe(port, forged(n, '203.0.113.7'), n)).status);
      expect(answers).toEqual([...Array.from({ length: 20 }, () => 303), 429, 429]);
      expect((await subscribe(port, forged(1, '192.0.2.1'), 99)).status).toBe(303);
      expect(await networksKept(db)).toEqual(['192.0.2', '203.0.113']);
    });
  },
);

describe.each(['false', '10.0.0.0/8'])('nobody trusted is in front with TRUST_PROXY=%s', (TRUST_PROXY) => {
  test('the header is not read at all', async () => {
    const { app, db } = await openApp({ TRUST_PROXY });
    const port = await listen(app);
    const answers: number[] = [];
    for (let n = 1; n <= 21; n++) answers.push((await subscribe(port, `198.51.100.${n}`, n)).status);
    expect(answers.at(-1)).toBe(429);
    expect(await networksKept(db)).toEqual(['127.0.0']);
  });
});

test('headers that are no addresses neither fail nor help', async () => {
  const { app } = await openApp({ TRUST_PROXY: '2' });
  const port = await listen(app);
  const odd = ['', ',', ',,,,', 'unknown', '_hidden, 1.2.3.4', '"[2001:db8::1]:443"', '1.2.3.4:5678, 5.6.7.8', '::', 'é', "' or 1=1", ','.repeat(5_000), '1.2.3.4,'.repeat(900)]; // prettier-ignore
  for (const value of odd) {
    const { status } = await sendRaw(port, headOf('GET', '/subscribe', { 'x-forwarded-for': value }));
    expect([value.slice(0, 20), status]).toEqual([value.slice(0, 20), 200]);
  }
});

test('addresses that lead nowhere count like others, and so do wrong hosts', async () => {
  const { app } = await openApp({ TRUST_PROXY: '1' });
  const last = async (url: string, headers: Record<string, string>): Promise<number> => {
    let status = 0;
    for (let n = 0; n < 601; n++) ({ statusCode: status } = await app.inject({ url: `${url}-${n}`, headers }));
    return status;
  };
  expect(await last('/nothing', { 'x-forwarded-for': '203.0.113.1' })).toBe(429);
  expect(await last('/x', { 'x-forwarded-for': '203.0.113.2', host: 'rebound.example' })).toBe(429);
  const other = await app.inject({ url: '/nothing', headers: { 'x-forwarded-for': '203.0.113.3' } });
  expect(other.statusCode).toBe(404);
});
