// What programs read: feeds in both forms, Markdown twins, the site map, and how pages travel.
import { brotliDecompressSync } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp, type TestApp } from '../open-app.ts';
import { hostileTitle, seedSentIssue } from '../seed-issue.ts';

let open: TestApp;
const get = async (url: string, headers: Record<string, string> = {}) => open.app.inject({ url, headers });

beforeEach(async () => {
  open = await openApp();
  await seedSentIssue(open.db);
});

interface JsonFeed {
  feed_url: string;
  items: { url: string; title: string; content_html: string; date_published: string }[];
}

describe('feeds', () => {
  test.each([
    ['/feed', 1],
    ['/topics/1/feed', 2],
    ['/sources/1/feed', 2],
    ['/authors/Ada%20L./feed', 1],
    ['/sections/publications/feed', 2],
    // Nothing is indexed before a job has run.
    ['/search?q=attention', 0],
  ])('%s is served as Atom and as JSON Feed with the same entries', async (path, entries) => {
    const at = (form: string): string => path.replace(/(?=\?)|$/, `.${form}`);
    const atom = await get(at('xml'));
    expect([atom.statusCode, atom.headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(XMLValidator.validate(atom.body)).toBe(true);
    const json = await get(at('json'));
    expect([json.statusCode, json.headers['content-type']]).toEqual([200, 'application/feed+json; charset=utf-8']);
    const feed = json.json<JsonFeed>();
    expect(feed.feed_url).toBe(`http://courant.test${at('json')}`);
    const urls = [...atom.body.matchAll(/<entry>\s*<id>([^<]*)</g)].map(([, url]) => url);
    expect(feed.items.map(({ url }) => url)).toEqual(urls);
    expect(urls).toHaveLength(entries);
  });

  test('a hostile title is text in each of them', async () => {
    const { items } = (await get('/sources/3/feed.json')).json<JsonFeed>();
    expect(items.map(({ title }) => title)).toEqual([hostileTitle]);
    expect(items[0]!.content_html).not.toContain('<script>');
    expect(items[0]!.content_html).not.toContain('javascript:');
  });

  test.each([
    '/topics/99/feed.xml',
    '/sources/99/feed.json',
    '/sections/none/feed.xml',
    '/sources/0/feed.xml',
    '/authors/Nobody%20At%20All',
  ])('%s is not there', async (url) => expect((await get(url)).statusCode).toBe(404));

  test('a topic that is a feed now says so in its head, and an unread author has an empty feed', async () => {
    expect((await get('/topics/1')).body).toContain(
      'type="application/atom+xml" title="attention" href="/topics/1/feed.xml"',
    );
    expect((await get('/authors/Nobody/feed.json')).json<JsonFeed>().items).toEqual([]);
  });
});

describe('sources and authors', () => {
  test('a source has a page with its stories; its own address, which may hold a secret, is nowhere', async () => {
    await open.db.run(
      sql`update sources set url = 'https://a.example/feed?key=secret', home_url = 'https://a.example/' where id = 1`,
    );
    const { body } = await get('/sources/1');
    expect(body).toContain('Attention pays');
    expect(body).toContain('href="https://a.example/"');
    for (const page of ['/sources', '/sources/1', '/sources/1/feed.xml', '/stories/1'])
      expect((await get(page)).body).not.toContain('secret');
  });

  test('what is muted or deleted has no page', async () => {
    await open.db.run(sql`update sources set muted = true where id = 1`);
    expect((await get('/sources/1')).statusCode).toBe(404);
    expect((await get('/sources')).body).not.toContain('arXiv cs.CL');
  });

  test('an author is found from the story', async () => {
    const [, href] = /<a href="(\/authors\/[^"]*)">Ada L\.</.exec((await get('/stories/1')).body)!;
    expect((await get(href!)).body).toContain('Attention pays');
  });
});

describe('Markdown twins', () => {
  test('an issue is text with its links, and what looks like Markdown stays words', async () => {
    const { body, headers } = await get('/issues/2026-w47.md');
    expect(headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(body).toContain('### 1. [Attention pays](<https://arxiv.example/1>)');
    expect(body).toContain('- [');
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('javascript:');
  });

  test('a story is text with all its items; the page beside it is the page still', async () => {
    const { body } = await get('/stories/1.md');
    expect(body).toContain('## Paper: [Attention pays](<https://arxiv.example/1>)');
    expect(body).toContain('## Talk: [Attention, the talk](<https://video.example/watch?v=1>)');
    expect((await get('/stories/1')).headers['content-type']).toContain('text/html');
  });

  test.each(['/issues/none.md', '/stories/99.md', '/stories/x.md'])('%s is not there', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });
});

describe('search engines', () => {
  test('are told what may be listed, and what is none of theirs', async () => {
    const { body } = await get('/sitemap.xml');
    expect(XMLValidator.validate(body)).toBe(true);
    for (const path of ['issues/2026-w47', 'stories/1', 'topics/1'])
      expect(body).toContain(`<loc>http://courant.test/${path}</loc>`);
    const robots = (await get('/robots.txt')).body;
    expect(robots).toContain('Sitemap: http://courant.test/sitemap.xml');
    expect(robots).toContain('Disallow: /desk');
  });

  test('read issues and stories as linked data that no title can break out of', async () => {
    for (const url of ['/issues/2026-w47', '/stories/2']) {
      const { body } = await get(url);
      const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)!;
      expect(JSON.stringify(JSON.parse(data!))).toContain(JSON.stringify(hostileTitle).slice(1, -1));
      expect(body).toContain(`<link rel="canonical" href="http://courant.test${url}">`);
    }
  });
});

describe('the way pages travel', () => {
  test('is compressed where a browser can read it, and not sent again while nothing changed', async () => {
    const plain = await get('/issues/2026-w47');
    const packed = await get('/issues/2026-w47', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(plain.body);
    expect([packed.headers.etag, plain.headers.etag]).toEqual([plain.headers.etag, expect.stringMatching(/^W\/"/)]);
    const head = await open.app.inject({
      method: 'HEAD',
      url: '/issues/2026-w47',
      headers: { 'accept-encoding': 'br, gzip' },
    });
    const told = ({ headers }: typeof head) => ['content-encoding', 'vary', 'etag', 'cache-control'].map((name) => headers[name]); // prettier-ignore
    expect([head.body, ...told(head)]).toEqual(['', ...told(packed)]);
    const again = await get('/issues/2026-w47', { 'if-none-match': String(plain.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test('leaves the desk as it is: a compressed form gives its token away', async () => {
    expect((await get('/desk/sign-in', { 'accept-encoding': 'br, gzip' })).headers['content-encoding']).toBeUndefined();
  });
});

test('who asks for an icon where browsers once looked is led to the one that pages name, and keeps that', async () => {
  const { app } = await openApp();
  const { statusCode, headers } = await app.inject('/favicon.ico');
  expect([statusCode, headers.location]).toEqual([301, '/assets/icon.svg']);
  expect(headers['cache-control']).toContain('max-age=86400');
  expect((await app.inject('/')).body).toContain(`<link rel="icon" href="${headers.location}"`);
  expect((await app.inject(headers.location!)).statusCode).toBe(200);
});
