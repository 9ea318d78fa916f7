// The demo week through the real handlers: loopback HTTP, an embedded database, a queue that only remembers its jobs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addSources, listSources, type Source } from '../../../core/store/sources.ts';
import { serveDemoWeek, type DemoWeek } from '../../../infra/demo-week/server.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../database.ts';

const now = new Date();
let db: Database;
let week: DemoWeek;
let house: House;
const enqueued: string[] = [];

beforeAll(async () => {
  db = await testDatabase();
  week = await serveDemoWeek({ now });
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async (name: string) => void enqueued.push(name) };
  const config = parseConfig({ ALLOW_ADDRESSES: new URL(week.url).host });
  house = { config, db, log: silent, queue: queue as unknown as House['queue'], now: () => now };
  await addSources(
    db,
    week.sources.map(({ kind, title, address, home, captionsAddress }) => ({
      kind,
      title,
      url: address,
      homeUrl: home,
      options: captionsAddress ? { captionsUrl: `${captionsAddress}{id}`, captionsOnly: true } : {},
    })),
  );
  await checkAll();
  await ingestHandlers(house)['transcripts.fetch']!({}, new AbortController().signal);
});

afterAll(() => week.close());

async function checkAll(): Promise<void> {
  for (const { id } of await listSources(db)) {
    await ingestHandlers(house)['source.check']!({ sourceId: id }, new AbortController().signal);
  }
}

async function sourceNamed(part: string): Promise<Source> {
  return (await listSources(db)).find(({ url }) => url.includes(part))!;
}

test('every source but the broken one is read, and the late one is called late', async () => {
  const health = Object.fromEntries(
    (await listSources(db)).map((source) => [new URL(source.url).pathname, source.health]),
  );
  expect(health['/feeds/broken']).toBe('broken');
  expect(health['/feeds/late']).toBe('late');
  const others = Object.entries(health).filter(([path]) => !/broken|late/.test(path));
  expect(new Set(others.map(([, value]) => value))).toEqual(new Set(['ok']));
  const { items } = (await db.row<{ items: number }>(sql`select count(*)::int as items from items`))!;
  expect(items).toBeGreaterThan(100);
});

test('a broken source says in one line what it sent instead', async () => {
  const source = await sourceNamed('broken');
  expect(source.lastError).toMatch(/^this is an HTML page \("502 Bad Gateway.*\), not a feed/);
  expect(source.nextCheckAt.getTime()).toBeGreaterThan(now.getTime());
});

test('papers carry their arXiv id as key and lose their version', async () => {
  const rows = await db.rows<{ guid: string; keys: string[]; url: string }>(
    sql`select guid, keys, url from items where kind = 'paper' and guid = '1706.03762'`,
  );
  expect(rows).toEqual([{ guid: '1706.03762', keys: ['arxiv:1706.03762'], url: 'https://arxiv.org/abs/1706.03762' }]);
});

test('videos get their transcripts in segments, and embedding is enqueued', async () => {
  const states = await db.rows(sql`
    select transcript_state as state, count(*)::int as videos from items where kind = 'video' group by 1 order by 1`);
  expect(states).toMatchObject([{ state: 'none' }, { state: 'ok' }]);
  const shapes = (await db.row<{ segments: number; words: number; latest: number }>(sql`
    select count(*)::int as segments, max(start_s) as latest,
      avg(array_length(string_to_array(text, ' '), 1))::int as words from segments`))!;
  expect(shapes.segments).toBeGreaterThan(20);
  expect(shapes.latest).toBeGreaterThan(120);
  expect(enqueued).toContain('items.embed');
  expect(enqueued).toContain('transcripts.fetch');
});

test('the hostile item comes out harmless and readable', async () => {
  const item = (await db.row<{ html: string; text: string }>(
    sql`select html, text from items where guid = 'careless:hostile'`,
  ))!;
  expect(item.html).not.toMatch(
    /<(script|style|iframe|img|form|input|svg)|javascript:|data:|onerror|onload|onclick|127\.0|169\.254/i,
  );
  expect(item.text).toContain('A robust reader keeps this sentence');
  expect(item.text).toContain('The last honest sentence stands here');
  expect(item.text.length).toBeLessThan(2000);
});

test('windows-1252, Chinese and Spanish arrive as themselves', async () => {
  const langs = await db.rows<{ lang: string }>(sql`select distinct lang from items`);
  expect(langs.map(({ lang }) => lang)).toEqual(expect.arrayContaining(['en', 'es', 'zh']));
  const broken = await db.rows(sql`select title from items where title || text like '%' || chr(65533) || '%'`);
  expect(broken).toEqual([]);
});

test('a second run adds nothing and changes nothing', async () => {
  const count = () =>
    db.row(
      sql`select count(*)::int as items, max(updated_at) as at, (select count(*)::int from segments) as segments from items`,
    );
  const before = await count();
  enqueued.length = 0;
  await db.run(sql`update sources set etag = null, last_modified = null`);
  await checkAll();
  await ingestHandlers(house)['transcripts.fetch']!({}, new AbortController().signal);
  expect(await count()).toEqual(before);
  expect(enqueued).toEqual([]);
});

test('a private address that is not allowed is refused on its row', async () => {
  await addSources(db, [{ kind: 'feed', title: 'Inside', url: 'http://127.0.0.1:9/feed' }]);
  const { id } = await sourceNamed('127.0.0.1:9/');
  await ingestHandlers(house)['source.check']!({ sourceId: id }, new AbortController().signal);
  expect((await sourceNamed('127.0.0.1:9/')).lastError).toContain('private address');
});
