// Pages that are sent again as they were made while no row of the database changed since: whoever asks a second time costs one small query.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../core/house.ts';
import { databaseState } from '../core/store/database-state.ts';
import { createLruCache } from './lru-cache.ts';
import { wordsFor } from './page-words.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Under what the page of this request is looked for and kept; null: it is made each time. */
    kept: { key: string; state: string } | null;
    /** Set by a page of the desk that shows nothing but rows and the time, so that it may be kept for its session. */
    isKeepable: boolean;
  }
}

interface KeptPage {
  state: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** A few hundred pages; who asks with a thousand made-up queries pushes out pages that are made again. */
const mostBytes = 32_000_000;
/** What a page takes beside its body, headers and address. */
const bytesAPage = 2_000;
/** No link of ours is longer; whoever makes one up has the page made for it. */
const longestAddress = 500;
/** Countdowns and "in 5 min" are as old as this at most. */
const freshMs = 10_000;
/** Of one visit alone; all else belongs to the page: who may frame or show it, too (pictures of letters are shown by other sites). */
const ofOneVisit = ['set-cookie', 'content-length', 'connection', 'date', 'retry-after', 'hx-push-url'];

/** The state of rows and clock under which a page is the same. */
export function stateAt(rows: string, now: Date): string {
  return `${rows} ${Math.floor(now.getTime() / freshMs)}`;
}

/**
 * Looks for the page under `request.kept`, which an earlier hook sets, and keeps what is sent when `mayKeep` says so. A state
 * never comes back, so a page that was made while rows changed is never found again.
 */
export function keepUnchanged(
  app: FastifyInstance,
  mayKeep: (request: FastifyRequest, cache: string) => boolean,
): void {
  const pages = createLruCache<KeptPage>(mostBytes, bytesOf);
  let newest = '';

  function keep(key: string, page: KeptPage): void {
    // What was made of earlier rows is never found again.
    if (page.state !== newest) pages.clear();
    newest = page.state;
    pages.set(key, page);
  }

  // Behind the limits of a route, which are looked at when the request comes in.
  app.addHook('preHandler', async (request, reply) => {
    if (!request.kept) return;
    const page = pages.get(request.kept.key);
    if (page?.state !== request.kept.state) return;
    request.kept = null;
    // Most are those of every page, which stand there by now: setting twenty again takes a tenth of what such a page costs.
    const headers = reply.getHeaders();
    for (const name in headers) if (!(name in page.headers) && !ofVisit(name)) reply.removeHeader(name);
    for (const name in page.headers) if (headers[name] !== page.headers[name]) reply.header(name, page.headers[name]);
    return reply.send(page.body);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.kept || reply.statusCode !== 200) return;
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return;
    const cache = String(reply.getHeader('cache-control') ?? '');
    if (request.url.length > longestAddress || !mayKeep(request, cache) || reply.getHeader('set-cookie') !== undefined)
      return;
    // What is another for each site that asks is not kept.
    const vary = String(reply.getHeader('vary') ?? '').toLowerCase();
    if (vary.includes('origin')) return;
    const names = Object.keys(reply.getHeaders()).filter((name) => !ofVisit(name));
    keep(request.kept.key, {
      state: request.kept.state,
      headers: Object.fromEntries(names.map((name) => [name, String(reply.getHeader(name))])),
      body: Buffer.from(payload),
    });
  });
}

function ofVisit(name: string): boolean {
  return ofOneVisit.includes(name) || name.startsWith('x-ratelimit');
}

function bytesOf(key: string, { headers, body }: KeptPage): number {
  return bytesAPage + 2 * key.length + body.length + JSON.stringify(headers).length;
}

/** Keeps what anybody may keep, by address and language: pages that say so themselves and are nobody's own. */
export function keepSharedPages(app: FastifyInstance, { db, now, config }: Pick<House, 'db' | 'now' | 'config'>): void {
  app.addHook('preHandler', async (request) => {
    const { url = '' } = request.routeOptions;
    if (request.method !== 'GET' || url.includes(':token') || url.startsWith('/go/') || url.startsWith('/pictures/'))
      return;
    const { lang } = wordsFor(request, config);
    request.kept = { key: `${lang} ${request.url}`, state: stateAt(await databaseState(db), now()) };
  });
  keepUnchanged(app, (_request, cache) => cache.startsWith('public'));
}
