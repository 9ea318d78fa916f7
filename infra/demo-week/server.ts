// The demo week's YAML -> real sources over HTTP on loopback: the publishers a demo or a test ingests from.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readTranscript, renderJson3, renderVtt } from './captions.ts';
import { renderDeadlines } from './deadlines-response.ts';
import { dateOf, newestDate } from './demo-dates.ts';
import { readDemoSource } from './demo-source.ts';
import { withEarlierWeeks, withRewrittenTexts } from './earlier-weeks.ts';
import type { DemoItem, DemoSource, SourceFormat } from './demo-source.ts';
import { renderFeed } from './feeds.ts';
import { encodeWindows1252 } from './windows-1252.ts';
import { channelIdOf } from './youtube-response.ts';

/** A source as the product is told of it. A video's captions are at `captionsAddress` + its id. */
type ServedSource = {
  slug: string;
  kind: DemoSource['kind'] | 'deadlines';
  title: string;
  home: string;
  address: string;
  captionsAddress?: string;
  section?: string;
  lang: string;
};

export type DemoWeek = {
  url: string;
  sources: ServedSource[];
  /** From now on the sources say what they had published by then; `rewritten`: with what they changed after the draft. */
  showAt(at: Date, shown?: { rewritten: boolean }): void;
  close(): Promise<void>;
};

type DemoResponse = { type: string; body: Buffer; modified: Date };

const here = fileURLToPath(new URL('.', import.meta.url));

const contentTypes: Record<SourceFormat, string> = {
  'arxiv-atom': 'application/atom+xml; charset=utf-8',
  youtube: 'text/xml; charset=UTF-8',
  rss: 'application/rss+xml; charset=utf-8',
  // No charset: the XML label alone says it, as with many old sites.
  'rss-windows-1252': 'application/rss+xml',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json',
  broken: 'application/rss+xml; charset=utf-8',
  late: 'application/rss+xml; charset=utf-8',
};

/** Reads every source under `dir`, by file name; throws when a file does not have the shape of README.md. */
function loadDemoWeek(dir: string = here): DemoSource[] {
  const files = readdirSync(join(dir, 'sources')).filter((name) => name.endsWith('.yaml'));
  return files.toSorted().map((name) => {
    const value: unknown = parse(readFileSync(join(dir, 'sources', name), 'utf8'));
    return readDemoSource(value, `sources/${name}`);
  });
}

/**
 * Serves the week on 127.0.0.1; answers are built once, so dates stay as they were at the start. With `earlier` the sources
 * have what they published in the weeks before, too.
 */
export async function serveDemoWeek({
  now,
  port = 0,
  earlier = false,
}: {
  now: Date;
  port?: number;
  earlier?: boolean;
}): Promise<DemoWeek> {
  const week = earlier ? withEarlierWeeks(loadDemoWeek(), here) : loadDemoWeek();
  const responses = new Map<string, DemoResponse>();
  const server = createServer((request, response) => respond(responses, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const showAt = (at: Date, { rewritten } = { rewritten: false }): void => {
    for (const source of rewritten ? withRewrittenTexts(week, here) : week) {
      const items = source.items.filter((item) => dateOf(item, now) <= at);
      responses.set(pathOf(source), feedResponse({ ...source, items }, now, url));
    }
  };
  showAt(now);
  for (const item of week.flatMap(({ items }) => items))
    if (item.captions !== undefined) responses.set(`/captions/${item.id}`, captionsResponse(item, now));
  responses.set('/deadlines.yml', {
    type: 'text/yaml; charset=utf-8',
    body: Buffer.from(renderDeadlines(now)),
    modified: now,
  });
  const sources = [...week.map((source) => describeSource(source, url)), describeDeadlines(url)];
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      server.closeAllConnections();
    });
  return { url, sources, showAt, close };
}

function describeSource(source: DemoSource, url: string): ServedSource {
  const { slug, kind, title, home, lang, section } = source;
  const address = url + pathOf(source);
  const captions = kind === 'youtube' ? { captionsAddress: `${url}/captions/` } : {};
  return { slug, kind, title, home, address, ...captions, lang, ...(section && { section }) };
}

function describeDeadlines(url: string): ServedSource {
  return {
    slug: 'deadlines',
    kind: 'deadlines',
    title: 'Conference deadlines',
    home: 'https://aideadlin.es',
    address: `${url}/deadlines.yml`,
    lang: 'en',
  };
}

function pathOf(source: DemoSource): string {
  if (source.kind === 'youtube') return `/feeds/videos.xml?channel_id=UC${channelIdOf(source.slug)}`;
  return `/feeds/${source.slug}`;
}

function feedResponse(source: DemoSource, now: Date, url: string): DemoResponse {
  const text = renderFeed(source, { now, address: url + pathOf(source) });
  const body = source.format === 'rss-windows-1252' ? encodeWindows1252(text) : Buffer.from(text);
  return { type: contentTypes[source.format], body, modified: newestDate(source, now) };
}

function captionsResponse(item: DemoItem, now: Date): DemoResponse {
  const file = join(here, 'transcripts', `${item.id}.txt`);
  if (!existsSync(file))
    throw new Error(`${item.id} has captions but no transcripts/${item.id}.txt; write it or drop the field`);
  const lines = readTranscript(readFileSync(file, 'utf8'), `transcripts/${item.id}.txt`);
  const [type, text] =
    item.captions === 'vtt'
      ? ['text/vtt; charset=utf-8', renderVtt(lines)]
      : ['application/json; charset=utf-8', renderJson3(lines)];
  return { type, body: Buffer.from(text), modified: dateOf(item, now) };
}

function respond(responses: Map<string, DemoResponse>, request: IncomingMessage, response: ServerResponse): void {
  const found = responses.get(request.url ?? '/');
  if (found === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  const etag = `"${createHash('sha256').update(found.body).digest('base64url').slice(0, 27)}"`;
  const headers = { etag, 'last-modified': found.modified.toUTCString() };
  const known = (request.headers['if-none-match'] ?? '').split(/\s*,\s*/).map((tag) => tag.replace(/^W\//, ''));
  if (known.includes(etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': found.type, 'content-length': found.body.length });
  response.end(request.method === 'HEAD' ? undefined : found.body);
}
