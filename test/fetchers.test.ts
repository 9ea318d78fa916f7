// Everything that asks another server, each against servers that mean harm: a fetcher without a row here fails the first test.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql, type Database } from '../core/db.ts';
import { messageOf, PermanentError, TemporaryError } from '../core/errors.ts';
import type { SourceToCheck } from '../core/store/sources.ts';
import { createTranslator } from '../workers/compose/editions/translator.ts';
import { askModel } from '../workers/compose/ask-model.ts';
import { fetchSource } from '../workers/ingest/fetch-source.ts';
import { readInThread } from '../workers/ingest/read-in-thread.ts';
import { openKind } from '../workers/ingest/source-kind.ts';
import { askArxiv } from '../workers/ingest/papers/ask-arxiv.ts';
import { askCrossref } from '../workers/ingest/papers/ask-crossref.ts';
import { createHostSlots } from '../workers/ingest/politeness/host-slots.ts';
import { createRobots } from '../workers/ingest/politeness/robots.ts';
import { askYoutube } from '../workers/ingest/talks/youtube-captions.ts';
import { fetchTranscript } from '../workers/ingest/talks/transcripts.ts';
import { linksHandlers } from '../workers/links/handlers.ts';
import { fetchPictures } from '../workers/render/fetch-pictures.ts';
import { deliverHooks } from '../workers/upkeep/deliver-hooks.ts';
import { testDatabase } from './database.ts';
import { sampleContent } from './services/mailer/sample-issue.ts';
import { testHouse } from './services/mailer/sending-fixture.ts';
import { seedIssue } from './services/seed-issue.ts';

const megabyte = 1_000_000;
const root = new URL('../', import.meta.url);

interface Asking {
  /** Of the hostile server, with a path of its own. */
  url: string;
  stop: AbortSignal;
}

interface Fetcher {
  file: string;
  /** Bytes it takes at most, in millions. */
  most: number;
  ask: (asking: Asking) => Promise<unknown>;
  /** It speaks JSON, so these are tried on it too. */
  json?: boolean;
  /** Told to stop it finishes what it has begun, within seconds: what was posted may have been taken. */
  finishes?: true;
}

/** Fetchers that are tried elsewhere, and where. */
const elsewhere: Readonly<Record<string, string>> = {
  'core/http.ts': 'test/core/hostile-servers.test.ts',
  'workers/ingest/source-kind.ts': 'test/workers/ingest/source-kind.test.ts',
  'workers/ingest/pages/fetch-full-texts.ts': 'test/workers/ingest/full-texts.test.ts',
  // From hosts of amazonaws.com alone, told by what the topic of the setting says.
  'services/hooks/hooks-room.ts': 'test/services/hooks.test.ts',
  // From the hub that the operator named, to a file, with its length and a limit on silence.
  'core/embedder/download-model.ts': 'test/workers/embed/transformers.test.ts',
};

let db: Database;
let host: string;
let base: string;
let inner: string;
/** Bytes that the hostile server got rid of, requests that came to it, and those that came where nothing may be asked. */
const seen = { poured: 0, inside: 0, asked: 0 };
const closers: (() => void)[] = [];

const own = (stop: AbortSignal) => ({ allow: [host], now: () => new Date(), stop }); // prettier-ignore
const polite = (stop: AbortSignal) => ({ ...own(stop), slots: createHostSlots(), turnstile: { inTurn: <T>(_url: string, _stop: AbortSignal, work: () => Promise<T>) => work() } }); // prettier-ignore
const houseWith = (settings: Record<string, string>) => testHouse(db, { ALLOW_ADDRESSES: host, ...settings }).house;

async function readAll(asked: Awaited<ReturnType<typeof askCrossref>>) {
  const items = [];
  for await (const batch of asked?.feed.batches ?? []) items.push(...batch);
  return items;
}

const fetchers: Readonly<Record<string, Fetcher>> = {
  'a feed': {
    file: 'workers/ingest/fetch-source.ts',
    most: 64,
    json: true,
    async ask({ url, stop }) {
      const source = { id: 1, kind: 'feed', url, headers: {}, options: {}, etag: null, lastModified: null, lastSuccessAt: null, movedTo: null, movedTimes: 0, refusedMoves: [], dates: [] } as unknown as SourceToCheck; // prettier-ignore
      const outcome = await fetchSource(await openKind('feed'), source, { ...polite(stop), db, record: async () => undefined }); // prettier-ignore
      if (outcome.is !== 'response') return outcome.is;
      const context = { url, fixedLanguage: null, now: new Date() };
      const feed = await readInThread({ kind: 'feed', body: outcome.body, contentType: outcome.contentType, url, missed: [], isFirst: true, context }, stop); // prettier-ignore
      return readAll({ source: { kind: 'feed', url }, feed });
    },
  },
  'papers of arXiv': {
    file: 'workers/ingest/papers/ask-arxiv.ts',
    most: 10,
    ask: async ({ url, stop }) => readAll(await askArxiv(houseWith({ ARXIV_API_URL: url }), ['arxiv:1706.03762'], polite(stop))), // prettier-ignore
  },
  'a work of Crossref': {
    file: 'workers/ingest/papers/ask-crossref.ts',
    most: 5,
    json: true,
    ask: async ({ url, stop }) => readAll(await askCrossref(houseWith({ CROSSREF_API_URL: url }), ['doi:10.1000/182'], polite(stop))), // prettier-ignore
  },
  'a transcript': {
    file: 'workers/ingest/talks/transcripts.ts',
    most: 10,
    json: true,
    ask: ({ url, stop }) =>
      fetchTranscript({ videoId: 'x', captions: null, links: [{ url, type: 'application/json', language: null }], captionsUrl: undefined, ytDlp: '', fetching: own(stop) }), // prettier-ignore
  },
  YouTube: {
    file: 'workers/ingest/talks/youtube-captions.ts',
    most: 10,
    json: true,
    ask: ({ url, stop }) => askYoutube('dQw4w9WgXcQ', { fetching: { ...own(stop), youtubeUrl: url } }),
  },
  'robots.txt': {
    file: 'workers/ingest/politeness/robots.ts',
    most: 1,
    ask: ({ url, stop }) => createRobots(() => new Date(), own(stop))(url, stop),
  },
  'a link': {
    file: 'workers/links/handlers.ts',
    most: 10,
    async ask({ url, stop }) {
      await db.run(sql`delete from link_checks`);
      await db.run(sql`update items set url = ${url} where id = 1`);
      await linksHandlers(houseWith({}))['links.check']!({}, stop);
      return db.rows(sql`select state from link_checks where url = ${url}`);
    },
  },
  'a picture': {
    file: 'workers/render/fetch-pictures.ts',
    most: 12,
    async ask({ url, stop }) {
      await db.run(sql`delete from fetched_pictures`);
      const [card] = sampleContent(1).cards;
      await fetchPictures(houseWith({}), { cards: [{ ...card!, imageUrl: url, imageAlt: 'A bee' }], triedBefore: new Date(), stop }); // prettier-ignore
      expect(await db.rows(sql`select 1 from fetched_pictures where picture is not null`)).toEqual([]);
    },
  },
  'a summary': {
    file: 'workers/compose/ask-chat.ts',
    most: 0.064,
    json: true,
    ask: ({ url, stop }) => askModel({ url, key: 'k', model: 'm' }, { title: 'T', text: 'T' }, { now: () => new Date(), stop, pauseMs: 1 }), // prettier-ignore
  },
  'a translation': {
    file: 'workers/compose/editions/translator.ts',
    most: 0.256,
    json: true,
    ask: ({ url, stop }) => {
      const { config } = houseWith({ TRANSLATE_URL: url, TRANSLATE_API: 'libretranslate', EDITIONS: 'de' });
      return createTranslator(config)!.translate([{ text: 'Bees', from: 'en' }], 'de', { now: () => new Date(), stop });
    },
  },
  'a webhook of ours': {
    file: 'workers/upkeep/deliver-hooks.ts',
    most: 0.1,
    finishes: true,
    async ask({ url, stop }) {
      await db.run(sql`delete from outgoing_hooks`);
      await db.run(sql`
        insert into outgoing_hooks (type, source, data, at, created_at, next_try_at) values ('issue.sent', 'issue 1', '{}', 'epoch', 'epoch', 'epoch')`);
      await deliverHooks(houseWith({}), { to: 'webhook', write: () => ({ url, body: '{}', headers: {} }) }, stop);
      return db.rows(sql`select state, answer from outgoing_hooks`);
    },
  },
};

const never = new AbortController().signal;
const pour = (response: ServerResponse, chunk: Buffer): void => {
  const more = (): void => {
    while (!response.destroyed) {
      seen.poured += chunk.length;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
  };
  more();
};
const bomb = gzipSync(Buffer.alloc(100 * megabyte, ' '));
const huge = '[{"a":'.repeat(20_000);
const hostileJson: Readonly<Record<string, string>> = {
  'cut short': '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"A',
  'numbers beyond all measure': '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1e999,"title":-1e999,"date_published":1e308}],"message":{"DOI":"10.1000/182","title":["T"],"issued":{"date-parts":[[1e999,1e308,-5]]},"author":1e999},"segments":[{"startTime":1e999,"endTime":-1,"body":"x"}],"translatedText":[1e999],"choices":[{"message":{"content":1e999}}]}', // prettier-ignore
  'NaN': '{"items":[{"id":NaN}],"segments":[{"startTime":NaN}]}', // prettier-ignore
  'keys of every object': '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"version":"https://jsonfeed.org/version/1.1","items":[{"__proto__":{"polluted":"yes"},"id":"1","title":"T"}],"message":{"__proto__":{"polluted":"yes"},"DOI":"10.1000/182","title":["T"]},"segments":[{"__proto__":{"polluted":"yes"},"startTime":0,"body":"x"}],"translatedText":{"__proto__":["x"]},"choices":[{"__proto__":{"polluted":"yes"}}]}', // prettier-ignore
  'twenty thousand levels': huge,
  'null': 'null', // prettier-ignore
  'a list of what is none': '[null,1,"x",[[]],{}]',
};
const pages: Record<string, RequestListener> = {
  '/endless': (_request, response) => pour(response, Buffer.alloc(65_536, 'a')),
  '/bomb': (_request, response) => response.setHeader('content-encoding', 'gzip').end(bomb),
  '/inside': (_request, response) => response.writeHead(302, { location: `http://${inner}/` }).end(),
  '/drip': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/page': (_request, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title><p>Sign in first'),
  '/nothing': (_request, response) => response.end(),
};

beforeAll(async () => {
  db = await testDatabase();
  await seedIssue(db);
  const listen = async (listener: RequestListener, at: string) => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, at, resolve));
    closers.push(() => server.closeAllConnections(), () => server.close()); // prettier-ignore
    return `${at}:${(server.address() as AddressInfo).port}`;
  };
  inner = await listen((_request, response) => {
    seen.inside++;
    response.end('secret');
  }, '127.0.0.2');
  host = await listen((request, response) => {
    request.resume();
    seen.asked++;
    // A fetcher adds to the address, or asks for another page of the host: the name of the attack stands in the host's first part.
    const name = current.startsWith('json ') ? current.slice(5) : undefined;
    if (name === undefined) return pages[current]!(request, response);
    response.setHeader('content-type', 'application/json').end(hostileJson[name]);
  }, '127.0.0.1');
  base = `http://${host}`;
});
afterAll(() => {
  for (const close of closers) close();
});

let current = '/nothing';
async function attack(fetcher: Fetcher, name: string, stop = never): Promise<unknown> {
  current = name;
  Object.assign(seen, { poured: 0, inside: 0, asked: 0 });
  const came = await fetcher.ask({ url: `${base}/a`, stop }).catch((error: unknown) => error);
  expect(seen.asked).toBeGreaterThan(0);
  return came;
}
/** An instruction to the queue, or a value: never a bug. */
const expectMeant = (came: unknown): void => {
  if (came instanceof Error && !(came instanceof TemporaryError) && !(came instanceof PermanentError)) throw came;
  expect(Object.keys({})).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
};

test('every file that asks another server has a row, or a test of its own', () => {
  const asking = ['core', 'workers', 'services'].flatMap(
    (room) =>
    readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file}`)
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /\b(?:guardedFetch|askChat|postJson)\(|[^.\w]fetch\(\w*url|from 'undici'|\b(?:https?)\.(?:get|request)\(/i.test(readFileSync(new URL(file, root), 'utf8').replaceAll(/^\s*(?:\/\/|\*).*$/gm, ''))), // prettier-ignore
  );
  const known = [...Object.values(fetchers).map(({ file }) => file), ...Object.keys(elsewhere), 'workers/compose/ask-model.ts']; // prettier-ignore
  expect(asking.filter((file) => !known.includes(file))).toEqual([]);
  for (const file of Object.values(elsewhere)) expect(readFileSync(new URL(file, root), 'utf8').length).toBeGreaterThan(0); // prettier-ignore
});

describe.each(Object.entries(fetchers))('%s', (_name, fetcher) => {
  test('follows nobody inside', async () => {
    expectMeant(await attack(fetcher, '/inside'));
    expect(seen.inside).toBe(0);
  });

  test('takes no more than it says of a body without an end, and of one that unpacks to too much', async () => {
    expectMeant(await attack(fetcher, '/endless'));
    // What stands in the buffers of two sockets is poured, too; a summary is asked for three times.
    expect(seen.poured / megabyte).toBeLessThan(3 * fetcher.most + 12);
    expectMeant(await attack(fetcher, '/bomb'));
  });

  test.skipIf(fetcher.finishes)('ends at once when it is told to, while bytes come one by one', async () => {
    const stop = new AbortController();
    // In the middle of the answer: not before it is asked, whatever a busy machine takes for that.
    const stopSoon = async (): Promise<void> => {
      await expect.poll(() => seen.asked).toBeGreaterThan(0);
      setTimeout(() => stop.abort(), 300);
    };
    const [came] = await Promise.all([attack(fetcher, '/drip', stop.signal), stopSoon()]);
    // Not when its own time is over.
    expect(messageOf(came)).not.toContain('timed out');
  });

  test.each(['/page', '/nothing'])('%s in place of what was asked for is said to be that', async (page) => {
    expectMeant(await attack(fetcher, page));
  });

  test.runIf(fetcher.json).each(Object.keys(hostileJson))('JSON: %s', async (name) => {
    expectMeant(await attack(fetcher, `json ${name}`));
  });
});
