// The cookie of the desk: which session it holds, and by which secret its browser is known when it comes back.
import type { FastifyRequest } from 'fastify';
import type { NewSession } from '../../../core/store/sessions.ts';
import { browserWords } from './browser-words.ts';
import { createToken, hashToken } from '../../../core/crypto/one-time-token.ts';

declare module '@fastify/secure-session' {
  interface SessionData {
    /** The secret of a session; its row holds the hash. */
    token: string;
    /** The secret of this browser, made when it first asks for a link; it outlives sessions. */
    browser: string;
    /** What the tokens of forms are made of (@fastify/csrf-protection). */
    _csrf: string;
    /** The page of the desk they were sent to the sign-in page from. */
    back: string;
  }
}

/** The hash of the session that came with a request. */
export function sessionHashOf(request: FastifyRequest): string | undefined {
  const token = request.session.get('token');
  return token === undefined ? undefined : hashToken(token);
}

/** The hash of the browser's secret; undefined for one that never asked. */
export function browserHashOf(request: FastifyRequest): string | undefined {
  const secret = request.session.get('browser');
  return secret === undefined ? undefined : hashToken(secret);
}

/** Gives the browser a secret to be known by when it has none, and returns its hash. */
export function knowBrowser(request: FastifyRequest): string {
  const secret = request.session.get('browser') ?? createToken().token;
  request.session.set('browser', secret);
  return hashToken(secret);
}

/** A session for the browser that sent the request; `hold` puts it into its cookie. */
export function createSession(request: FastifyRequest, now: Date): { session: NewSession; hold: () => void } {
  const { token, tokenHash } = createToken();
  const browserHash = knowBrowser(request);
  const session = {
    tokenHash,
    browserHash,
    browser: browserWords(request.headers['user-agent']),
    address: request.ip,
    now,
  };
  const hold = (): void => {
    // A cookie that somebody planted before is worth nothing afterwards.
    request.session.regenerate(['browser', 'back']);
    request.session.set('token', token);
  };
  return { session, hold };
}
