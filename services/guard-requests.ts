// What every request is held to before its body is read: how often, for which host, and how much may be unfinished at a time.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../core/config.ts';
import { createHostCheck } from './hosts.ts';
import { notFound } from './page-error.ts';
import { wordsFor } from './page-words.ts';

/** In bytes: an intro of 5,000 Chinese characters takes 45,000 in a form. Only curators may send more, where it is needed. */
const bodyLimit = 65_536;
/** Unfinished bodies of one address (of IPv6 its /64), and of all: at `bodyLimit` each, 64 MB. */
const mostOpen = { each: 20, all: 1_000 };
declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a body may be read though its address has many unfinished ones: a provider posts for all its people from one. */
    isKnown?: (request: FastifyRequest) => Promise<boolean>;
  }
}

/** Within this a body of `bodyLimit` bytes is complete, at 26 kbit/s. */
const bodyMs = 20_000;

/**
 * For `fastify()`: what Node itself ends. 60 s is what the longest upload, 12 MB of captions, takes at 1.6 Mbit/s;
 * a visitor who reads nothing for two minutes is gone.
 */
export const serverLimits = {
  bodyLimit,
  requestTimeout: 60_000,
  connectionTimeout: 120_000,
  // Opening the rooms reads files and loads code; after 10 s, which a busy machine may take, Fastify would give the start up.
  pluginTimeout: 120_000,
  http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
};

/**
 * Registers the checks; `@fastify/rate-limit` must be there. Addresses that lead nowhere count, too. The answers here are
 * plain text: whoever is refused a thousand times must not cost a thousand pages.
 */
export function guardRequests(app: FastifyInstance, config: Config): void {
  const countVisit = app.createRateLimit();
  const isOurs = createHostCheck(config);
  const takeBody = countOpenBodies();

  // Node asks the system for the address when it is first wanted, and of a connection that was reset nobody knows it any more.
  app.server.on('connection', (socket) => void socket.remoteAddress);

  app.addHook('onRequest', async (request, reply) => {
    // Who hung up before the connection was taken has no address to be counted by, and nobody reads an answer.
    if (request.raw.socket.remoteAddress === undefined) return reply.hijack();
    // A route with a limit of its own, or with none, is counted there.
    const isCounted = request.routeOptions.config?.rateLimit === undefined;
    const visit = await countVisit(request, { increment: isCounted });
    if (isCounted && !visit.isAllowed && visit.isExceeded) {
      reply.header('retry-after', visit.ttlInSeconds);
      return refuse(reply, 429, wordsFor(request, config).say('error.429in', { n: visit.ttlInSeconds }));
    }
    if (!isOurs(request.headers.host, request.raw.socket.localAddress)) {
      return refuse(
        reply,
        421,
        'Courant does not answer to this name. If it is yours, set PUBLIC_URL (or DESK_URL) to it and start again; a proxy in front has to pass the Host header on.',
      );
    }
    if (!hasBody(request)) return;
    if (request.is404) throw notFound();
    if (!(await takeBody(request, reply, visit.key))) {
      reply.header('retry-after', bodyMs / 1000);
      return refuse(reply, 503, wordsFor(request, config).say('error.503'));
    }
  });

  // What is answered before it was sent to the end is not waited for.
  app.addHook('onSend', async (request, reply) => {
    if (hasBody(request) && !request.raw.complete) reply.header('connection', 'close');
  });
}

function refuse(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(`${words}\n`);
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Returns what notes a body as unfinished until it is complete, ends it when that takes too long, and is false above the ceilings. */
function countOpenBodies(): (request: FastifyRequest, reply: FastifyReply, visitor: string) => Promise<boolean> {
  const open = new Map<string, number>();
  let all = 0;
  return async (request, reply, visitor) => {
    const { raw, routeOptions } = request;
    if (all >= mostOpen.all) return false;
    if ((open.get(visitor) ?? 0) >= mostOpen.each && !(await routeOptions.config?.isKnown?.(request))) return false;
    // While it was asked others came, and who sent all of it may have hung up: nothing is open then.
    if (raw.destroyed) return true;
    if (all >= mostOpen.all) return false;
    open.set(visitor, (open.get(visitor) ?? 0) + 1);
    all++;
    // A curator's upload has the time that Node gives it; who is none is turned away before it.
    const isUpload = (routeOptions.bodyLimit ?? 0) > bodyLimit;
    const timer = setTimeout(() => raw.destroy(), isUpload ? serverLimits.requestTimeout : bodyMs);
    let isOpen = true;
    const close = (): void => {
      if (!isOpen) return;
      isOpen = false;
      clearTimeout(timer);
      all--;
      const rest = open.get(visitor)! - 1;
      if (rest > 0) open.set(visitor, rest);
      else open.delete(visitor);
    };
    raw.once('end', close).once('close', close);
    // Of a request that was answered before its end Node says nothing more; its connection ends with the answer.
    reply.raw.once('close', close);
    return true;
  };
}
