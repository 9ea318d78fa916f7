// Articles behind teasers, from loopback hosts with rules of their own: read where both operator and host allow it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { allowFullText } from '../../../core/store/full-texts.ts';
import { addSources } from '../../../core/store/sources.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../database.ts';

const words = 'The proof rests on a lemma about sparse attention that nobody had stated before. '.repeat(12);
const article = `<html><head><title>A post</title></head><body><nav><a href=/>Home</a></nav><article><h1>A post</h1>
  <p>${words}</p><p onclick=alert(1)>${words}<script>alert(1)</script> See <a href="https://arxiv.org/abs/1706.03762">the paper</a>.</p>
  <p>${words}</p></article><footer>Imprint</footer></body></html>`;

const pages: Record<string, (answer: import('node:http').ServerResponse) => void> = {
  '/post': (answer) => answer.setHeader('content-type', 'text/html').end(article),
  '/private/post': (answer) => answer.setHeader('content-type', 'text/html').end(article),
  '/short': (answer) => answer.setHeader('content-type', 'text/html').end('<p>Short.</p>'),
  '/pdf': (answer) => answer.setHeader('content-type', 'application/pdf').end('%PDF'),
  '/busy': (answer) => answer.writeHead(503).end(),
  '/gone': (answer) => answer.writeHead(404).end(),
  '/moved': (answer) => answer.writeHead(302, { location: '/private/post' }).end(),
  '/huge': (answer) => answer.setHeader('content-type', 'text/html').end(Buffer.alloc(10_000_001, 'x')),
};

let server: Server;
let base: string;
let db: Database;
let house: House;
let asked: string[] = [];
let atOnce = 0;
let most = 0;
let rules = 'User-agent: *\nDisallow: /private/\n';
const enqueued: string[] = [];

beforeAll(async () => {
  server = createServer((request, answer) => {
    asked.push(request.url!);
    most = Math.max(most, ++atOnce);
    answer.on('close', () => atOnce--);
    setTimeout(() => {
      if (request.url === '/robots.txt') return rules === '' ? answer.writeHead(500).end() : answer.end(rules);
      return (pages[request.url!] ?? pages['/gone']!)(answer);
    }, 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  db = await testDatabase();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  const config = parseConfig({ ALLOW_ADDRESSES: new URL(base).host });
  house = { config, db, log, queue, now: () => new Date() };
  await addSources(db, [{ kind: 'feed', title: 'A blog', url: `${base}/feed` }]);
  for (const [at, path] of Object.keys(pages).entries()) {
    await db.run(sql`
      insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
      values (1, ${path}, 'post', ${base + path}, ${path}, 'Just a teaser.', now() - make_interval(mins => ${at}), 'one')`);
  }
  [asked, most, rules, enqueued.length] = [[], 0, 'User-agent: *\nDisallow: /private/\n', 0];
});

const fetchTexts = () => ingestHandlers(house)['texts.fetch']!({}, new AbortController().signal);
const states = async () =>
  Object.fromEntries(
    (
      await db.rows<{ guid: string; state: string }>(sql`
        select guid, state from full_texts join items on items.id = item_id order by guid`)
    ).map(({ guid, state }) => [guid, state]),
  );

test('nothing is fetched until the operator allows it', async () => {
  await fetchTexts();
  expect(asked).toEqual([]);
});

test('articles become the text of their items, one at a time; every failure leaves the teaser', async () => {
  await allowFullText(db, { sourceId: 1, isAllowed: true });
  await db.pool.query(`insert into vectors (item_id, segment, model, vector) values (1, 0, 'm', '\\x00')`);
  await fetchTexts();
  expect(await states()).toEqual({
    '/post': 'ok',
    '/private/post': 'refused',
    '/short': 'none',
    '/pdf': 'none',
    '/busy': 'failed',
    '/gone': 'refused',
    '/moved': 'refused',
    '/huge': 'refused',
  });
  // Neither by its own address nor where /moved leads.
  expect(asked).not.toContain('/private/post');
  expect(asked.filter((path) => path === '/robots.txt')).toHaveLength(1);
  expect(most).toBe(1);
  const items = await db.rows<{ guid: string; text: string; html: string; mentions: string[] }>(
    sql`select guid, text, html, mentions from items order by id`,
  );
  const [post, ...others] = items;
  expect(post!.text).toContain('sparse attention');
  expect(post!.text).not.toMatch(/Home|Imprint/);
  expect(post!.html).not.toMatch(/script|onclick/);
  expect(post!.mentions).toContain('arxiv:1706.03762');
  expect(new Set(others.map(({ text }) => text))).toEqual(new Set(['Just a teaser.']));
  expect(await db.rows(sql`select 1 from vectors`)).toEqual([]);
  expect(enqueued).toEqual(['items.embed']);
  expect(await db.row(sql`select url from full_texts where state = 'ok'`)).toEqual({ url: `${base}/post` });
});

test('a page is looked at again only when its teaser has changed, or a failure is due', async () => {
  await allowFullText(db, { sourceId: 1, isAllowed: true });
  await fetchTexts();
  asked = [];
  await fetchTexts();
  expect(asked).toEqual([]);
  await db.run(sql`update full_texts set next_at = now() where state = 'failed'`);
  await db.run(sql`update items set content_hash = 'two', text = 'Another teaser.' where guid = '/post'`);
  await fetchTexts();
  expect(asked).toEqual(['/robots.txt', '/post', '/busy']);
  expect(await db.row(sql`select tries from full_texts where state = 'failed'`)).toEqual({ tries: 2 });
});

test('several processes read a host one page after the other, and each page once', async () => {
  await allowFullText(db, { sourceId: 1, isAllowed: true });
  // Processes share nothing but rows.
  await Promise.all([fetchTexts(), fetchTexts(), fetchTexts()]);
  await fetchTexts();
  expect(most).toBe(1);
  expect(asked.filter((path) => path === '/post')).toHaveLength(1);
  expect(await db.rows(sql`select max(tries) as tries, count(*)::int as pages from full_texts`)).toEqual([
    { tries: 1, pages: 8 },
  ]);
});

test('a host whose rules cannot be had is not read, and asked again later', async () => {
  await allowFullText(db, { sourceId: 1, isAllowed: true });
  rules = '';
  await fetchTexts();
  expect(new Set(Object.values(await states()))).toEqual(new Set(['failed']));
  expect(new Set(asked)).toEqual(new Set(['/robots.txt']));
});
