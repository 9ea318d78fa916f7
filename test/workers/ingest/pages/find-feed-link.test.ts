// A page's address is enough: its feed is found, read and remembered.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../../../core/config.ts';
import type { House } from '../../../../core/house.ts';
import { addSources, sourceById } from '../../../../core/store/sources.ts';
import { findFeedLink } from '../../../../workers/ingest/pages/find-feed-link.ts';
import { ingestHandlers } from '../../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../../database.ts';

const page = (head: string) => `<!doctype html><html><head><title>Blog</title>${head}</head><body>Hi</body></html>`;
const rss = 'rel="alternate" type="application/rss+xml"';

test.each([
  ['an address below the page', `<link ${rss} href="feed.xml">`, 'https://b.example/blog/feed.xml'],
  ['an address below the base', `<base href="/en/"><link ${rss} href="feed.xml">`, 'https://b.example/en/feed.xml'],
  ['Atom, unquoted', '<link rel=alternate type=application/atom+xml href=/atom>', 'https://b.example/atom'],
  ['an escaped address', `<link href='/f?a=1&amp;b=2' ${rss} />`, 'https://b.example/f?a=1&b=2'],
  ['posts before comments', `<link ${rss} href="/comments/feed"><link ${rss} href="/feed">`, 'https://b.example/feed'],
  ['a stylesheet', '<link rel="stylesheet" href="/x.css">', undefined],
  ['a script for an address', `<link ${rss} href="javascript:alert(1)">`, undefined],
  ['the page itself', `<link ${rss} href="https://b.example/blog/">`, undefined],
])('%s', (_name, head, want) => {
  expect(findFeedLink(page(head), 'https://b.example/blog/')).toBe(want);
});

test('a feed names no other feed', () => {
  expect(findFeedLink(`<rss><channel><link ${rss} href="/x"/></channel></rss>`, 'https://b.example/')).toBeUndefined();
});

let server: Server;
let origin: string;

beforeAll(async () => {
  const feed = `<rss version="2.0"><channel><title>Tom &amp;amp; Ann</title><item><title>One</title><link>https://x.example/1</link></item></channel></rss>`;
  server = createServer(({ url }, response) => {
    if (url === '/feed.xml') return void response.end(feed);
    response.end(page(url === '/blog' ? `<link ${rss} href="/feed.xml">` : ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('a source that is a page becomes its feed; one that names none says so', async () => {
  const db = await testDatabase();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const config = parseConfig({ ALLOW_ADDRESSES: new URL(origin).host });
  const check = ingestHandlers({ config, db, log, queue, now: () => new Date() })['source.check']!;
  await addSources(db, [
    { kind: 'feed', title: `${origin}/blog`, url: `${origin}/blog` },
    { kind: 'feed', title: 'Other', url: `${origin}/other` },
  ]);
  await check({ sourceId: 1 }, new AbortController().signal);
  await check({ sourceId: 2 }, new AbortController().signal);
  expect(await sourceById(db, 1)).toMatchObject({ url: `${origin}/feed.xml`, title: 'Tom & Ann', lastError: null });
  const { lastError } = (await sourceById(db, 2))!;
  expect(lastError).toBe('this is an HTML page ("Blog"), not a feed, and it names none; give the address of its feed');
});
