// A page where a feed was: broken for now, and no new address but after three looks in as many days on the same origin.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { lastMove, undoMove } from '../../../core/store/source-moves.ts';
import { addSources, sourceById } from '../../../core/store/sources.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../database.ts';
import { rssOf } from './read-into-store.ts';

const post = (name: string) => rssOf([{ title: `A post of ${name}`, guid: name, link: `https://x.example/${name}` }]);
const pageNaming = (href: string) =>
  `<!doctype html><html><head><title>Back soon</title><link rel="alternate" type="application/rss+xml" href="${href}"></head></html>`;

let db: Database;
let answers: Record<string, string>;
let origin: string;
let check: (times?: number) => Promise<void>;
let now: Date;

const later = (days: number): void => void (now = new Date(now.getTime() + days * 86_400_000));

beforeEach(async () => {
  answers = { '/ml/feed': post('ml'), '/feed': post('all'), '/ads': post('ads') };
  const server = createServer((request, response) => response.end(answers[request.url ?? ''] ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  db = await testDatabase();
  now = new Date();
  const nothing = (): void => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const config = parseConfig({ ALLOW_ADDRESSES: `127.0.0.1:${port},localhost:${port}` });
  const handler = ingestHandlers({ config, db, log, queue, now: () => now })['source.check']!;
  check = async (times = 1) => {
    for (let time = 0; time < times; time++) await handler({ sourceId: 1 }, new AbortController().signal);
  };
});

const titles = async (): Promise<string[]> =>
  (await db.rows<{ title: string }>(sql`select title from items order by id`)).map(({ title }) => title);

test('a page of the same origin is broken, believed the third time when days have passed, and can be taken back for good', async () => {
  const url = `${origin}/ml/feed`;
  await addSources(db, [{ kind: 'feed', title: 'ML', url }]);
  await check();
  answers['/ml/feed'] = pageNaming('/feed');
  await check(2);
  expect(await sourceById(db, 1)).toMatchObject({ url, health: 'broken', movedTo: `${origin}/feed`, movedTimes: 2 });
  expect((await sourceById(db, 1))?.lastError).toContain('HTML page, not the feed it was');
  expect(await titles()).toEqual(['A post of ml']);
  later(3);
  await check();
  expect(await sourceById(db, 1)).toMatchObject({
    url: `${origin}/feed`,
    health: 'ok',
    note: `Moved here from ${url}.`,
  });
  expect(await lastMove(db, 1)).toMatchObject({ fromUrl: url, toUrl: `${origin}/feed`, by: 'page' });

  await undoMove(db, { sourceId: 1, at: now }, async () => undefined);
  await check(2);
  later(4);
  await check(2);
  expect(await sourceById(db, 1)).toMatchObject({ url, health: 'broken', movedTo: null });
  answers['/ml/feed'] = post('ml');
  await check();
  expect(await sourceById(db, 1)).toMatchObject({ url, health: 'ok', failures: 0 });
});

test('a page that is looked at often in a moment, or seldom over days, is not believed', async () => {
  const url = `${origin}/ml/feed`;
  await addSources(db, [{ kind: 'feed', title: 'ML', url }]);
  await check();
  answers['/ml/feed'] = pageNaming('/feed');
  await check();
  const since = now;
  later(0.9);
  await check(5);
  later(2);
  await check(5);
  expect(await sourceById(db, 1)).toMatchObject({ url, health: 'broken', movedTimes: 11, movedSince: since });
  answers['/ml/feed'] = pageNaming('/feed2');
  await check();
  later(10);
  await check();
  expect(await sourceById(db, 1)).toMatchObject({ url, movedTo: `${origin}/feed2`, movedTimes: 2 });
  // What failed otherwise in between is neither a look nor the end of them.
  answers['/ml/feed'] = '';
  await check();
  answers['/ml/feed'] = pageNaming('/feed');
  await check(3);
  expect(await sourceById(db, 1)).toMatchObject({ url, movedTimes: 3, movedSince: now });
  expect(await titles()).toEqual(['A post of ml']);
});

test('a page in between counts anew when the feed is back', async () => {
  await addSources(db, [{ kind: 'feed', title: 'ML', url: `${origin}/ml/feed` }]);
  await check();
  for (let time = 0; time < 3; time++) {
    answers['/ml/feed'] = pageNaming('/feed');
    await check(2);
    later(2);
    answers['/ml/feed'] = post('ml');
    await check();
  }
  expect(await sourceById(db, 1)).toMatchObject({
    url: `${origin}/ml/feed`,
    health: 'ok',
    movedTimes: 0,
    movedSince: null,
  });
});

test('a page that names a feed elsewhere is never believed', async () => {
  const url = `${origin}/ml/feed`;
  await addSources(db, [{ kind: 'feed', title: 'ML', url }]);
  await check();
  answers['/ml/feed'] = pageNaming(`${origin.replace('127.0.0.1', 'localhost')}/ads`);
  for (let look = 0; look < 5; look++) {
    await check();
    later(2);
  }
  expect(await sourceById(db, 1)).toMatchObject({ url, health: 'broken', movedTo: null });
  expect(await titles()).toEqual(['A post of ml']);
});

test('the first look finds the feed of a page, and keeps the address of the page', async () => {
  answers['/'] = pageNaming('/feed');
  await addSources(db, [{ kind: 'feed', title: 'Blog', url: `${origin}/` }]);
  await check();
  expect(await sourceById(db, 1)).toMatchObject({ url: `${origin}/feed`, health: 'ok' });
  expect(await lastMove(db, 1)).toMatchObject({ fromUrl: `${origin}/`, by: 'page' });
});

test('the page of a YouTube channel leads to its feed, whose entries are videos', async () => {
  const feed = '/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv';
  answers['/@somebody'] =
    `<!doctype html><html><head><title>Somebody</title><link rel="alternate" type="application/rss+xml" title="RSS" href="${origin}${feed}"></head><body></body></html>`;
  answers[feed] =
    `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><title>Somebody</title>
    <entry><id>yt:video:aaaaaaaaaaa</id><yt:videoId>aaaaaaaaaaa</yt:videoId><title>On ice</title><link rel="alternate" href="https://www.youtube.com/watch?v=aaaaaaaaaaa"/><published>2026-01-02T00:00:00+00:00</published></entry></feed>`;
  await addSources(db, [{ kind: 'youtube', title: 'Somebody', url: `${origin}/@somebody` }]);
  await check();
  expect(await sourceById(db, 1)).toMatchObject({ url: `${origin}${feed}`, failures: 0, title: 'Somebody' });
  expect(await db.rows(sql`select kind, keys from items`)).toEqual([{ kind: 'video', keys: ['video:aaaaaaaaaaa'] }]);
});
