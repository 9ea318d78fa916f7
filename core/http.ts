// The polite, guarded fetch for untrusted addresses: public hosts only, bounded in size and time, one hop at a time.
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { createGuard, createPublicLookup, refusal, type Guard } from './network/address-guard.ts';
import { readBody } from './network/http-body.ts';
import { messageOf, PermanentError, TemporaryError } from './errors.ts';
import { isPublicAddress } from './network/public-address.ts';
import { readRetryAfter } from './network/retry-after.ts';
import { isSameOrigin } from './network/same-origin.ts';

export interface FetchOptions {
  etag?: string | null;
  lastModified?: string | null;
  /** Bytes of the body, on the wire and unpacked. */
  maxBytes?: number;
  /** For everything: names, connections, redirects, body. */
  timeoutMs?: number;
  accept?: string;
  userAgent?: string | undefined;
  /** Sent to the origin that was asked for and to no other: they may hold a secret. */
  headers?: Record<string, string>;
  /** `host:port` of private addresses that may be fetched, as in ALLOW_ADDRESSES. */
  allow?: readonly string[];
  /** To post instead of get; a redirected post is refused. */
  post?: { body: string; headers: Record<string, string> };
  /** Asked before a redirect is followed; throws where it must not be. */
  mayFollow?: (url: string) => Promise<void>;
  /** Finds the addresses of a name; whatever it says, a connection that ends at a private one is refused. */
  lookup?: LookupFunction;
  /** Statuses that are expected here and no errors, such as 404 where a thing need not exist. */
  expectedStatuses?: readonly number[];
  stop?: AbortSignal;
  /** The clock by which a date in Retry-After is counted. */
  now: () => Date;
}

export interface Fetched {
  notModified: false;
  status: number;
  /** Where the response came from, after redirects. */
  url: string;
  /** Where permanent redirects (301, 308) lead, when the way there is made of nothing else. */
  permanentUrl: string | undefined;
  headers: Record<string, string>;
  body: Buffer;
  etag: string | null;
  lastModified: string | null;
}

export type NotModified = Pick<Fetched, 'permanentUrl' | 'headers'> & { notModified: true };

/** What all our requests begin their name with. */
export const agentName = 'Courant/0.1';
const userAgent = `${agentName} (weekly digest; a feed reader that asks seldom and keeps what it got)`;
const maxRedirects = 5;

/**
 * Fetches `url`, conditionally when it is known already.
 * Throws TemporaryError for time-outs, failed connections, 429 and 5xx (with Retry-After, 2 days at most), and
 * PermanentError for what another try will not change: a private address, a wrong one, too much, 4xx.
 */
export async function guardedFetch(url: string, options: FetchOptions): Promise<Fetched | NotModified> {
  const { timeoutMs = 20_000, stop } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = stop ? AbortSignal.any([deadline, stop]) : deadline;
  const guard = createGuard(options.allow ?? []);
  // A connection of its own for each fetch: what was checked is what is used, and nothing lingers.
  const agent = new Agent({ connect: connectThrough(guard, options.lookup), connections: 1, maxHeaderSize: 32_768 });
  try {
    return await follow(url, options, { guard, agent, signal });
  } catch (error) {
    if (deadline.aborted) throw new TemporaryError(`${url}: timed out after ${timeoutMs} ms`, { cause: error });
    throw toRetryError(error, url);
  } finally {
    await agent.destroy();
  }
}

/** Connects to what the guard lets through: a lookup hook alone leaks 9 of 11 tricks, so the far end is checked too. */
function connectThrough(guard: Guard, lookup: LookupFunction = createPublicLookup()): buildConnector.connector {
  const toPublic = buildConnector({ lookup, timeout: 10_000 });
  const toAllowed = buildConnector({ timeout: 10_000 });
  return (options, callback) => {
    if (guard.isAllowed(options)) return toAllowed(options, callback);
    toPublic(options, (error, socket) => {
      if (error || !socket) return callback(error ?? new Error('no socket'), null);
      const remote = socket.remoteAddress ?? '';
      if (isPublicAddress(remote)) return callback(null, socket);
      socket.destroy();
      callback(refusal(options.hostname, remote), null);
    });
  };
}

interface FetchContext {
  guard: Guard;
  agent: Agent;
  signal: AbortSignal;
}

async function follow(start: string, options: FetchOptions, context: FetchContext): Promise<Fetched | NotModified> {
  let url = start;
  let permanentUrl: string | undefined;
  let isPermanent = true;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    context.guard.check(url);
    const own = isSameOrigin(start, url) ? options.headers : {};
    const response = await ask(url, { ...options, headers: own ?? {} }, context);
    // A body that nobody reads ends with the connection, which is no error of ours.
    response.body.on('error', () => undefined);
    const headers = flatten(response.headers);
    const location = headers['location'];
    if (![301, 302, 303, 307, 308].includes(response.statusCode) || location === undefined) {
      return receive({ url, permanentUrl, headers, response }, options);
    }
    response.body.destroy();
    if (options.post) throw new PermanentError(`${url} redirects a post to ${location}; nothing was sent there`);
    url = resolveLocation(location, url);
    await options.mayFollow?.(url);
    isPermanent &&= response.statusCode === 301 || response.statusCode === 308;
    if (isPermanent) permanentUrl = url;
  }
  throw new PermanentError(`${start} redirects more than ${maxRedirects} times; correct the address of the source`);
}

async function ask(
  url: string,
  options: FetchOptions,
  { agent, signal }: FetchContext,
): Promise<Dispatcher.ResponseData> {
  const headers: Record<string, string> = {
    'user-agent': options.userAgent ?? userAgent,
    accept: options.accept ?? '*/*',
    'accept-encoding': 'gzip, deflate, br',
    ...options.headers,
  };
  if (options.etag) headers['if-none-match'] = options.etag;
  if (options.lastModified) headers['if-modified-since'] = options.lastModified;
  if (!options.post) return request(url, { dispatcher: agent, signal, headers });
  const { body, headers: own } = options.post;
  return request(url, { dispatcher: agent, signal, method: 'POST', body, headers: { ...headers, ...own } });
}

interface Received {
  url: string;
  permanentUrl: string | undefined;
  headers: Record<string, string>;
  response: Dispatcher.ResponseData;
}

async function receive(received: Received, options: FetchOptions): Promise<Fetched | NotModified> {
  const { url, permanentUrl, headers, response } = received;
  const { statusCode: status, body } = response;
  const { maxBytes = 10_000_000, expectedStatuses = [] } = options;
  if (status === 304) return { notModified: true, permanentUrl, headers };
  if (!expectedStatuses.includes(status)) refuseFailure({ url, status, headers }, options.now());
  return {
    notModified: false,
    status,
    url,
    permanentUrl,
    headers,
    body: await readBody(body, { url, encoding: headers['content-encoding'], maxBytes }),
    etag: headers['etag'] ?? null,
    lastModified: headers['last-modified'] ?? null,
  };
}

function refuseFailure(
  { url, status, headers }: { url: string; status: number; headers: Record<string, string> },
  now: Date,
): void {
  if (status === 429 || status >= 500) {
    const retryAfterMs = readRetryAfter(headers['retry-after'], now);
    throw new TemporaryError(`${url} answered ${status}`, retryAfterMs === undefined ? {} : { retryAfterMs });
  }
  if (status < 200 || status >= 300) {
    throw new PermanentError(`${url} answered ${status}; look whether the source has moved or is gone`);
  }
}

function resolveLocation(location: string, base: string): string {
  if (!URL.canParse(location, base))
    throw new PermanentError(`${base} redirects to "${location}", which is no address`);
  return new URL(location, base).href;
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

const lastingCodes = /^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HPE_|UND_ERR_INVALID)/;

/** An error of the network as an instruction; what carries no code is a bug and stays as it is. */
function toRetryError(error: unknown, url: string): unknown {
  if (error instanceof TemporaryError || error instanceof PermanentError || !(error instanceof Error)) return error;
  // The guard's refusal travels through undici as a cause.
  if (error.cause instanceof PermanentError) return error.cause;
  const code = 'code' in error ? String(error.code) : '';
  if (lastingCodes.test(code)) {
    return new PermanentError(`${url}: ${messageOf(error)}; the server must be corrected`, { cause: error });
  }
  if (code === 'ENOTFOUND') {
    const { hostname } = new URL(url);
    return new TemporaryError(`${url}: nobody knows the name ${hostname}; correct the address if it stays so`, {
      cause: error,
    });
  }
  return code ? new TemporaryError(`${url}: no answer (${code})`, { cause: error }) : error;
}
