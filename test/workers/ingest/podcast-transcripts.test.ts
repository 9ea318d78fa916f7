// Transcripts that feeds of podcasts offer (podcast:transcript), from the feed to the segments: a loopback host, the real store.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addSources } from '../../../core/store/sources.ts';
import { pausedHosts } from '../../../core/store/transcripts.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';
import { testDatabase } from '../../database.ts';

type Says = string | Buffer | ((response: ServerResponse) => void);

let server: Server;
let host: string;
let db: Database;
let house: House;
let now: Date;
let asked: string[];
let says: Record<string, Says>;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const said = says[request.url!];
    if (said === undefined) response.writeHead(404).end('nothing here');
    else if (typeof said === 'function') said(response);
    else response.end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  db = await testDatabase();
  now = new Date();
  [asked, says] = [[], {}];
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  house = { config: parseConfig({ ALLOW_ADDRESSES: host }), db, log, queue, now: () => now };
  await addSources(db, [{ kind: 'feed', title: 'Pod', url: `http://${host}/feed` }]);
});

const space = 'https://podcastindex.org/namespace/1.0';
/** An episode with these elements within, published two hours ago. */
const feedOf = (
  offers: string,
  prefix = 'podcast',
  address = space,
) => `<rss version="2.0" xmlns:${prefix}="${address}">
  <channel><title>Pod</title><link>http://${host}/</link><language>en</language><item><title>On sparse attention</title>
  <guid isPermaLink="false">ep-1</guid><pubDate>${new Date(now.getTime() - 7_200_000).toUTCString()}</pubDate>
  <description>An hour about sparse attention and what it costs.</description>${offers}
  <enclosure url="http://${host}/1.mp3" type="audio/mpeg" length="1"/></item></channel></rss>`;
const offer = (path: string, type?: string, more = '') =>
  `<podcast:transcript url="http://${host}${path}" ${type === undefined ? '' : `type="${type}"`} ${more}/>`;

async function look(feed: string): Promise<void> {
  says['/feed'] = feed;
  const stop = new AbortController().signal;
  await db.run(sql`update sources set next_check_at = ${now}, etag = null, last_modified = null`);
  await ingestHandlers(house)['source.check']!({ sourceId: 1 }, stop);
  await ingestHandlers(house)['transcripts.fetch']!({}, stop);
}

const item = () =>
  db.row<{
    kind: string;
    url: string;
    state: string | null;
    reason: string | null;
    nextAt: Date | null;
    tries: number;
  }>(
    sql`select kind, url, transcript_state as state, transcript_reason as reason, transcript_next_at as next_at,
      transcript_tries as tries from items`,
  );
const segments = () =>
  db.rows<{ startS: number | null; text: string }>(sql`select start_s, text from segments order by position`);
const minutesAhead = (at: Date | null) => Math.round((at!.getTime() - now.getTime()) / 60_000);

const vtt = 'WEBVTT\n\n00:12.000 --> 00:14.000\n<v Ann>Sparse attention is cheap.';
const srt = '1\r\n00:00:12,000 --> 00:00:14,000\r\nSparse attention is cheap.\r\n';
const json = JSON.stringify({
  version: '1.0.0',
  segments: [{ speaker: 'Ann', startTime: 12, endTime: 14, body: 'Sparse attention is cheap.' }],
});
const html = `<cite>Ann:</cite><time>0:12</time><p>Sparse attention is cheap.</p>
  <cite>Bo:</cite><time>3:30</time><p>Is it?</p>`;
const paragraphs = '<p>Sparse attention is cheap.</p><p>Is it? It is.</p>';
const heard = [{ startS: 12, text: 'Sparse attention is cheap.' }];
const twice = [...heard, { startS: 210, text: 'Is it?' }];
const untimed = [{ startS: null, text: 'Sparse attention is cheap. Is it? It is.' }];

test.each<[string, string | undefined, Says, object[]]>([
  ['WebVTT', 'text/vtt', vtt, heard],
  ['SRT', 'application/srt', srt, heard],
  ['SRT under its registered name', 'application/x-subrip', srt, heard],
  ['the JSON of podcasts', 'application/json', json, heard],
  ['JSON that is the list alone', 'application/json', '[{"start": 12, "text": "Sparse attention is cheap."}]', heard],
  ['HTML with times', 'text/html', html, twice],
  ['text with times', 'text/plain', '[00:12] Sparse attention is cheap.\n[00:03:30] Is it?', twice],
  ['text with names and times above', 'text/plain', 'Ann 0:12\nSparse attention is cheap.\n\nBo (3:30)\nIs it?', twice],
  ['HTML without times', 'text/html', paragraphs, untimed],
  ['text without times', 'text/plain', 'Sparse attention is cheap.\n\nIs it? It is.\n', untimed],
  ['SRT that is called JSON', 'application/json', srt, heard],
  ['JSON that is called SRT', 'application/srt', json, heard],
  ['SRT that is called text', 'text/plain', srt, heard],
  ['HTML with times that is called WebVTT', 'text/vtt', html, twice],
  ['WebVTT without a type', undefined, vtt, heard],
  ['HTML without a type', undefined, html, twice],
  ['UTF-16', 'text/vtt', Buffer.from(`\ufeff${vtt}`, 'utf16le'), heard],
])('%s is read', async (...[, type, body, want]) => {
  says['/t'] = body;
  await look(feedOf(offer('/t', type)));
  expect(await item()).toMatchObject({
    state: 'ok',
    reason: null,
    nextAt: null,
    kind: 'post',
    url: `http://${host}/1.mp3`,
  });
  expect(await segments()).toEqual(want);
});

test.each<[string, string, Says, RegExp]>([
  ['a page in the place of captions', 'text/vtt', '<html><body><p>Please sign in first</p></body></html>', /this is a page, not text\/vtt/],
  ['a message in the place of captions', 'application/srt', 'No transcript.', /these are no captions, not application\/srt/],
  ['broken JSON', 'application/json', '{"segments": [', /JSON/],
  ['a recording', 'text/plain', Buffer.from([73, 68, 51, 3, 0, 0, 0, 0, 255, 251]), /this is no text/],
  ['more than is read', 'text/vtt', Buffer.alloc(10_000_001, 'x'), /10000000|larger|more than/],
  ['a redirect to a private address', 'text/vtt', (response) => void response.writeHead(302, { location: 'http://10.0.0.1/t.vtt' }).end(), /10\.0\.0\.1/],
])('%s is a failure with its reason, and tried again', async (...[, type, body, reason]) => {
  says['/t'] = body;
  await look(feedOf(offer('/t', type)));
  const failed = await item();
  expect(failed).toMatchObject({ state: 'failed', tries: 1 });
  expect(failed!.reason).toMatch(reason);
  expect(minutesAhead(failed!.nextAt)).toBe(10);
  expect(await segments()).toEqual([]);
  expect(await pausedHosts(db, now)).toEqual([]);
  says['/t'] = vtt;
  now = new Date(now.getTime() + 11 * 60_000);
  await ingestHandlers(house)['transcripts.fetch']!({}, new AbortController().signal);
  expect(await item()).toMatchObject({ state: 'ok' });
  expect(await segments()).toEqual(heard);
}); // prettier-ignore

test.each<[string, string, string, object]>([
  ['a NUL', 'text/vtt', vtt.replace('cheap', `${'very '.repeat(1000)}cheap\u0000`), { startS: 12 }],
  ['half a character', 'application/json', '{"segments":[{"startTime":12,"body":"Sparse \\ud83d attention \\u0000"}]}', { startS: 12, text: 'Sparse  attention ' }],
  ['a time beyond all talks', 'application/json', '{"segments":[{"startTime":1e12,"body":"Sparse attention"}]}', { startS: 1_000_000 }],
  ['arrows between numbers', 'text/plain', 'It fell from 0.5 -> 0.3, or 5 → 3.', { startS: null, text: 'It fell from 0.5 -> 0.3, or 5 → 3.' }],
])('a transcript with %s is stored', async (...[, type, body, want]) => {
  says['/t'] = body;
  await look(feedOf(offer('/t', type)));
  expect(await item()).toMatchObject({ state: 'ok' });
  expect((await segments())[0]).toMatchObject(want);
}); // prettier-ignore

test('a private address in the feed is refused without being asked', async () => {
  await look(feedOf('<podcast:transcript url="http://192.168.1.1/t.vtt" type="text/vtt"/>'));
  expect(await item()).toMatchObject({ state: 'failed', reason: expect.stringContaining('192.168.1.1') as string });
});

test('404 means none, asked for again while the episode is new; an answer without a body is a block', async () => {
  await look(feedOf(offer('/t', 'text/vtt')));
  expect(await item()).toMatchObject({ state: 'none', reason: `http://${host}/t answered 404` });
  expect(minutesAhead((await item())!.nextAt)).toBe(720);
  says['/u'] = '';
  await look(feedOf(offer('/u', 'text/vtt')));
  expect(await item()).toMatchObject({ state: 'blocked', tries: 1 });
});

test.each([503, 429])('%i with Retry-After leaves the whole host alone for so long', async (status) => {
  says['/t'] = (response) => void response.writeHead(status, { 'retry-after': '7200' }).end();
  says['/2'] = says['/3'] = vtt;
  await look(feedOf(offer('/t', 'text/vtt') + offer('/2', 'text/plain')));
  expect(asked).toEqual(['/feed', '/t']);
  expect(await item()).toMatchObject({ state: status === 503 ? 'failed' : 'blocked', tries: 1 });
  expect(minutesAhead((await item())!.nextAt)).toBe(120);
  expect(await pausedHosts(db, now)).toMatchObject([{ host, until: new Date(now.getTime() + 7_200_000) }]);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, transcript_state, transcript_links)
    values (1, 'ep-2', 'post', 'https://v.example/', 'Two', ${now}, 'b', 'pending', ${JSON.stringify([{ url: `http://${host}/3` }])})`);
  await ingestHandlers(house)['transcripts.fetch']!({}, new AbortController().signal);
  expect(asked).toEqual(['/feed', '/t']);
  says['/t'] = vtt;
  now = new Date(now.getTime() + 7_200_000);
  await ingestHandlers(house)['transcripts.fetch']!({}, new AbortController().signal);
  expect(asked.slice(2).toSorted()).toEqual(['/3', '/t']);
  expect(await pausedHosts(db, now)).toEqual([]);
});

test('of several the one in the language of the episode is taken, and of those one with times', async () => {
  says = { '/de.vtt': vtt, '/en.txt': 'Words.', '/en.html': html, '/en.srt': srt };
  const offers = [
    offer('/de.vtt', 'text/vtt', 'language="de" rel="captions"'),
    offer('/en.txt', 'text/plain', 'language="en"'),
    offer('/en.html', 'text/html'),
    offer('/en.srt', 'application/x-subrip; charset=utf-8', 'language="en-GB"'),
  ];
  await look(feedOf(offers.join('')));
  expect(asked).toEqual(['/feed', '/en.srt']);
  expect(await item()).toMatchObject({ state: 'ok' });
});

test('where the best gives nothing, the next is asked', async () => {
  says = { '/t.json': '{"nothing": 1', '/t.html': html };
  await look(feedOf(offer('/gone.vtt') + offer('/t.json') + offer('/t.html')));
  expect(asked).toEqual(['/feed', '/gone.vtt', '/t.json', '/t.html']);
  expect(await segments()).toEqual(twice);
});

test('another address is fetched, another signature is not, and what is no longer offered stays as it was read', async () => {
  says = { '/t?sign=1': vtt, '/t?sign=2': srt, '/new': vtt.replace('cheap', 'dear') };
  await look(feedOf(offer('/t?sign=1', 'text/vtt')));
  await look(feedOf(offer('/t?sign=2', 'text/vtt')));
  expect(asked.filter((path) => path !== '/feed')).toEqual(['/t?sign=1']);
  await look(feedOf(offer('/new', 'text/vtt')));
  expect(await segments()).toEqual([{ startS: 12, text: 'Sparse attention is dear.' }]);
  await look(feedOf(''));
  expect(await item()).toMatchObject({ state: 'ok' });
  expect(await db.row(sql`select count(*)::int as changes from item_history`)).toEqual({ changes: 0 });
});

test('an episode that is here already gets the transcript that is offered later; a changed signature is tried where nothing was got', async () => {
  await look(feedOf(''));
  expect(await item()).toMatchObject({ state: null });
  says['/t?sign=2'] = vtt;
  await look(feedOf(offer('/t?sign=1', 'text/vtt')));
  expect(await item()).toMatchObject({ state: 'none' });
  await look(feedOf(offer('/t?sign=2', 'text/vtt')));
  expect(await item()).toMatchObject({ state: 'ok', tries: 1 });
  await look(feedOf(offer('/t?sign=2', 'text/vtt')).replace('On sparse', 'Upon sparse'));
  expect(await item()).toMatchObject({ state: 'ok', tries: 1 });
});

test('the namespace is known by its address, by its older one, and by its usual prefix', async () => {
  const old = 'https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md';
  const named = (prefix: string, address: string) =>
    parseFeed(feedOf(`<${prefix}:transcript url="/t.vtt" type="text/vtt" language="en"/>`, prefix, address));
  const want = [{ url: '/t.vtt', type: 'text/vtt', language: 'en' }];
  for (const feed of [await named('pc', space), await named('p', old), await named('podcast', 'https://x.example/')]) {
    expect(feed.items[0]!.transcripts).toEqual(want);
  }
  const attachments = [{ url: 'https://x.example/t.srt', mime_type: 'application/x-subrip' }];
  const jsonFeed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'P',
    items: [{ id: '1', content_text: 'x', attachments }],
  };
  const [only] = (await parseFeed(JSON.stringify(jsonFeed))).items;
  expect(only!.transcripts).toEqual([{ url: 'https://x.example/t.srt', type: 'application/x-subrip', language: null }]);
});
