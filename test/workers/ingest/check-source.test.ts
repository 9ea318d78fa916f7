// A source that moves, ends, or wants a secret: the real check against a loopback server.
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addSources, dueSourceIds, sourceById } from '../../../core/store/sources.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../database.ts';

const now = new Date();
const rss = `<rss version="2.0"><channel><title>Feed</title><item><title>One</title><description>Ein Satz in deutscher Sprache, lang genug, um ihn sicher zu erkennen.</description><link>https://x.example/1</link></item></channel></rss>`;
let server: Server;
let origin: string;
let elsewhere: string;
let db: Database;
let house: House;
let lines: Record<string, unknown>[];
let asked: { url: string; host: string; headers: IncomingHttpHeaders }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push({ url, host: headers.host ?? '', headers });
    if (url === '/gone') return void response.writeHead(410).end('gone');
    if (url === '/endless') return sendForEver(response);
    if (url === '/old') return void response.writeHead(301, { location: '/new' }).end();
    if (url === '/away') return void response.writeHead(302, { location: `${elsewhere}/new` }).end();
    if (headers['if-none-match']) return void response.writeHead(304).end();
    const feed = url === '/slow' ? rss.replace('<item>', '<ttl>600</ttl><item>') : rss;
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"1"' }).end(feed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  [origin, elsewhere] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
});
afterAll(() => server.close());

beforeEach(async () => {
  db = await testDatabase();
  [lines, asked] = [[], []];
  const write = (line: Record<string, unknown>): void => void lines.push(line);
  const log = { debug: write, info: write, warn: write, error: write };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const allowed = [new URL(origin).host, new URL(elsewhere).host].join(',');
  house = { config: parseConfig({ ALLOW_ADDRESSES: allowed }), db, log, queue, now: () => now };
});

/** Zeros without an end, as fast as they are taken. */
function sendForEver(response: ServerResponse): void {
  const chunk = Buffer.alloc(1_000_000);
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  const send = (): void => {
    while (!response.closed && response.write(chunk));
  };
  response.on('drain', send);
  send();
}

async function check(id = 1, times = 1): Promise<void> {
  const handler = ingestHandlers(house)['source.check']!;
  for (let time = 0; time < times; time++) await handler({ sourceId: id }, new AbortController().signal);
}

test('an address that redirects permanently three times in a row is replaced, also when nothing is new', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/old` }]);
  await check(1, 2);
  expect(await sourceById(db, 1)).toMatchObject({ url: `${origin}/old`, movedTo: `${origin}/new`, movedTimes: 2 });
  await check();
  expect(await sourceById(db, 1)).toMatchObject({
    url: `${origin}/new`,
    status: 'active',
    health: 'ok',
    movedTo: null,
    movedTimes: 0,
    note: `Moved here from ${origin}/old.`,
  });
  expect(lines.map(({ event }) => event)).toContain('source.moved');
  await check();
  expect(asked.at(-1)?.url).toBe('/new');
});

test('a feed without an end is given up at 64 MB, in words, and what is stored stays', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/feed` }]);
  await check();
  await db.run(sql`update sources set url = ${`${origin}/endless`}, etag = null`);
  await check();
  const { health, lastError } = (await sourceById(db, 1))!;
  expect({ health, lastError }).toEqual({
    health: 'broken',
    lastError: expect.stringContaining('longer than 64000000 bytes'),
  });
  expect(await db.rows(sql`select title from items`)).toEqual([{ title: 'One' }]);
});

test('a source that moves to the address of another is paused and says why', async () => {
  await addSources(db, [
    { kind: 'feed', title: 'Old', url: `${origin}/old` },
    { kind: 'feed', title: 'New', url: `${origin}/new` },
  ]);
  await check(1, 3);
  const note = `Paused: it has moved to ${origin}/new, which source 2 reads already.`;
  expect(await sourceById(db, 1)).toMatchObject({ url: `${origin}/old`, status: 'paused', note });
});

test('what a publisher asks for holds until the feed says otherwise, also when nothing is new', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/slow` }]);
  const hoursUntilNext = async () => ((await sourceById(db, 1))!.nextCheckAt.getTime() - now.getTime()) / 3_600_000;
  await check();
  expect(await hoursUntilNext()).toBeGreaterThanOrEqual(10);
  await check();
  expect(asked.at(-1)?.headers['if-none-match']).toBe('"1"');
  expect(await hoursUntilNext()).toBeGreaterThanOrEqual(10);
});

test('a source that is gone for good is not asked again', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/gone` }]);
  await check(1, 2);
  expect(asked).toHaveLength(1);
  expect(await dueSourceIds(db, new Date(now.getTime() + 1e10))).toEqual([]);
  const source = await sourceById(db, 1);
  expect(source).toMatchObject({ status: 'gone', health: 'broken' });
  expect(source?.lastError).toContain('gone for good (410)');
});

test('user agent, headers and secret are sent, to no other origin, and stand in no log', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/away` }]);
  await db.run(sql`
    update sources set user_agent = 'Mine/1', headers = '{"x-plan": "gold"}', secret_header = 'authorization',
      secret = 'Bearer s3cret'`);
  await check();
  const [first, second] = asked;
  expect(first?.headers).toMatchObject({ 'user-agent': 'Mine/1', 'x-plan': 'gold', authorization: 'Bearer s3cret' });
  expect(second?.host).toContain('localhost');
  expect(second?.headers).toMatchObject({ 'user-agent': 'Mine/1' });
  expect(second?.headers).not.toHaveProperty('authorization');
  expect(second?.headers).not.toHaveProperty('x-plan');
  expect(JSON.stringify([lines, await sourceById(db, 1)])).not.toContain('s3cret');
});

test('the language a curator has set wins over what the text says', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/new` }]);
  await db.run(sql`update sources set language = 'fr'`);
  await check();
  expect(await db.row(sql`select lang from items`)).toEqual({ lang: 'fr' });
});

test('a check that finds nothing new asks the database twice', async () => {
  await addSources(db, [{ kind: 'feed', title: 'F', url: `${origin}/new` }]);
  await check();
  let statements = 0;
  const counted: Database = {
    ...db,
    rows: (statement) => (statements++, db.rows(statement)),
    row: (statement) => (statements++, db.row(statement)),
    run: (statement) => (statements++, db.run(statement)),
  };
  house = { ...house, db: counted };
  await check();
  expect(asked.at(-1)?.headers['if-none-match']).toBe('"1"');
  expect(statements).toBe(2);
});

test('hosts take turns, so that one with many sources holds up nobody', async () => {
  const at = (url: string) => ({ kind: 'feed' as const, title: url, url });
  await addSources(db, ['https://a.example/1', 'https://a.example/2', 'https://a.example/3', 'https://b.example/'].map(at)); // prettier-ignore
  const due = await dueSourceIds(db, new Date(Date.now() + 1000));
  expect(due).toEqual([1, 4, 2, 3]);
});
