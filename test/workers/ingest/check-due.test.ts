// Due sources are taken by lease and checked together: once each, however many jobs, and again when a holder has died.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database, type Sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { countDueSources, leaseDueSources, leaseSource, renewSourceLeases } from '../../../core/store/source-leases.ts';
import { addSources, listSources } from '../../../core/store/sources.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../database.ts';

const rss = (path: string): string =>
  `<rss version="2.0"><channel><title>F</title><item><title>One</title><link>https://x.example${path}</link></item></channel></rss>`;
let server: Server;
let port: number;
let db: Database;
let house: House;
let asked: string[];
/** What the server waits for before it answers. */
let answering: Promise<unknown>;
let enqueued: string[];
let now: Date;

beforeAll(async () => {
  server = createServer(async ({ url = '', headers }, response) => {
    asked.push(url);
    if (url !== '/quick') await answering;
    if (url === '/broken') return void response.writeHead(500).end();
    if (headers['if-none-match']) return void response.writeHead(304).end();
    response.writeHead(200, { etag: '"1"' }).end(rss(url));
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

beforeEach(async () => {
  db = await testDatabase();
  [asked, enqueued, answering, now] = [[], [], Promise.resolve(), new Date(Date.now() + 60_000)];
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  const hosts = [2, 3, 4].map((last) => `127.0.0.${last}:${port}`).join(',');
  house = { config: parseConfig({ ALLOW_ADDRESSES: hosts }), db, log, queue, now: () => now };
});

async function add(count: number, host = 2): Promise<void> {
  const one = (at: number) => ({ kind: 'feed' as const, title: `F${at}`, url: `http://127.0.0.${host}:${port}/${at}` });
  await addSources(
    db,
    Array.from({ length: count }, (_, at) => one(at)),
  );
}

const checkAll = (jobs = 2): Promise<unknown> => {
  const check = ingestHandlers(house)['sources.check']!;
  return Promise.all(Array.from({ length: jobs }, (_, shard) => check({ shard }, new AbortController().signal)));
};

test('every due source is asked once, by whatever job, and who waits for news is told', async () => {
  await add(30, 2);
  await add(9, 3);
  await addSources(db, [{ kind: 'feed', title: 'B', url: `http://127.0.0.4:${port}/broken` }]);
  await checkAll();
  expect(asked).toHaveLength(40);
  const sources = await listSources(db);
  expect(sources.filter(({ health }) => health === 'broken').map(({ url }) => url)).toEqual([
    `http://127.0.0.4:${port}/broken`,
  ]);
  expect(await countDueSources(db, now)).toBe(0);
  expect(new Set(enqueued)).toEqual(new Set(['items.embed', 'transcripts.fetch']));
  now = new Date(now.getTime() + 3 * 86_400_000);
  await checkAll();
  expect(asked).toHaveLength(80);
  expect(
    await db.row(
      sql`select count(*)::int as items, (select count(*)::int from sources where leased_until is not null) as leased from items`,
    ),
  ).toEqual({ items: 39, leased: 0 });
});

test('a source that somebody has is not taken, and is again once its lease is over', async () => {
  await add(1);
  expect(await leaseSource(db, { id: 1, now })).toMatchObject({ id: 1, dates: [] });
  await checkAll();
  expect(asked).toEqual([]);
  now = new Date(now.getTime() + 100_000);
  expect(await renewSourceLeases(db, { ids: [1], now })).toBe(1);
  now = new Date(now.getTime() + 100_000);
  expect(await leaseSource(db, { id: 1, now })).toBe(undefined);
  now = new Date(now.getTime() + 100_000);
  await checkAll();
  expect(asked).toEqual(['/0']);
});

test('of one host four are taken together, and none of a host that is busy', async () => {
  await add(10, 2);
  await add(10, 3);
  const busyHosts = [`127.0.0.3:${port}`];
  expect(await leaseDueSources(db, { now, limit: 100, busyHosts })).toHaveLength(4);
  expect(await leaseDueSources(db, { now, limit: 100, busyHosts: [] })).toHaveLength(8);
});

test('who is told to stop gives back what it has not checked', async () => {
  await add(10);
  const stop = new AbortController();
  stop.abort();
  await ingestHandlers(house)['sources.check']!({ shard: 0 }, stop.signal);
  expect(await countDueSources(db, now)).toBe(10);
});

test('a lane whose checks end while it looks for more looks once more, and leaves nothing that is due', async () => {
  await add(9, 2);
  await addSources(db, [{ kind: 'feed', title: 'Q', url: `http://127.0.0.3:${port}/quick` }]);
  const [answer, recorded] = [signal(), signal()];
  answering = answer.promise;
  let [looks, records] = [0, 0];
  // The second look finds the host busy and comes back when it no longer is; the real database is behind it.
  const delayed: Database = {
    ...db,
    async rows<Row>(statement: Sql) {
      const found = await db.rows<Row>(statement);
      if (!statement.text.includes('for update skip locked') || ++looks !== 2) return found;
      answer.resolve();
      await recorded.promise;
      await sleep(50);
      return found;
    },
    async run(statement) {
      const count = await db.run(statement);
      if (statement.text.includes('last_checked_at = c.at') && (records += count) === 5) recorded.resolve();
      return count;
    },
  };
  house = { ...house, db: delayed };
  await checkAll(1);
  expect(asked.toSorted()).toEqual([...Array.from({ length: 9 }, (_, at) => `/${at}`), '/quick']);
  expect(await countDueSources(db, now)).toBe(0);
});

function signal() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}
