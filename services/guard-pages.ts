// What every response carries and every visitor is held to: security headers, and a limit on how often.
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PageError } from './page-error.ts';

/** No inline script or style, nothing from another site, forms only to ourselves. */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  frameSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/** Registers headers and limits; `isSecure` when people come by https. */
export async function guardPages(app: FastifyInstance, { isSecure }: { isSecure: boolean }): Promise<void> {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    // The links in a mail carry the reader's token: it must not travel on to the sites that stories link to.
    referrerPolicy: { policy: 'no-referrer' },
    // Sandboxed frames of our own pages cannot be keyed like their page, and browsers warn about the difference.
    originAgentCluster: false,
  });
  sendAlike(app);
  // Counted in guard-requests.ts, for unknown addresses too; routes that are rarer still say so themselves.
  await app.register(rateLimit, {
    global: false,
    max: 600,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { ttl }) =>
      new PageError(429, { key: 'error.429' }, { key: 'error.429wait', values: { n: Math.ceil(ttl / 60_000) } }),
  });
}

/** Puts on every response the headers that helmet made for the first: they are alike, and making them takes longer than any other step of a page that is sent again. */
function sendAlike(app: FastifyInstance): void {
  let made: [name: string, value: string][] | undefined;
  app.addHook('onRequest', (_request, reply, done) => {
    if (made) {
      for (const [name, value] of made) reply.raw.setHeader(name, value);
      return done();
    }
    const before = reply.raw.getHeaderNames();
    void reply.helmet();
    made = reply.raw.getHeaderNames().flatMap((name) => (before.includes(name) ? [] : [[name, String(reply.raw.getHeader(name))] as [string, string]])); // prettier-ignore
    done();
  });
}

/** For forms that send mail or check a secret: tried at most this often from one address. */
export const seldom = { rateLimit: { max: 20, timeWindow: '10 minutes' } };

const framedHead = '<base target="_blank"><link rel="icon" href="data:,">';

/**
 * Answers with a mail as its reader sees it, for a sandboxed frame on our own pages. A mail brings its styles along,
 * so they are allowed here and nothing else is: no script, no form, no picture from elsewhere. Opened alone it would make
 * browsers ask for an icon, which a sandbox may not have: an empty one says that there is none.
 */
export function sendFramed(reply: FastifyReply, html: string): FastifyReply {
  const policy = [
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'",
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  ].join('; ');
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('x-frame-options', 'SAMEORIGIN')
    .header('cache-control', 'no-store')
    .send(html.replace(/<head[^<>]*>/i, (head) => `${head}${framedHead}`));
}

/** Lets a page of ours stand in a frame of ours. */
export function allowFrame(reply: FastifyReply): FastifyReply {
  const policy = Object.entries({ ...directives, frameAncestors: ["'self'"] })
    .map(([name, sources]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${sources.join(' ')}`)
    .join('; ');
  return reply.header('content-security-policy', policy).header('x-frame-options', 'SAMEORIGIN');
}
