// The guarded fetch against real servers on loopback, and every address trick we know.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { guardedFetch, type Fetched, type FetchOptions } from '../../core/http.ts';
import { isPublicAddress } from '../../core/network/public-address.ts';

let server: Server;
let host: string;
let base: string;
const text = 'Grüße aus dem Netz';

const pages: Record<string, RequestListener> = {
  '/plain': (_request, response) => response.setHeader('etag', '"v1"').end(text),
  '/gzip': (_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(text)),
  '/br': (_request, response) => response.setHeader('content-encoding', 'br').end(brotliCompressSync(text)),
  '/deflate': (_request, response) => response.setHeader('content-encoding', 'deflate').end(deflateSync(text)),
  '/raw': (_request, response) => response.setHeader('content-encoding', 'deflate').end(deflateRawSync(text)),
  '/twice': (_request, response) =>
    response.setHeader('content-encoding', 'gzip, br').end(brotliCompressSync(gzipSync(text))),
  '/bomb': (_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000))),
  '/lie': (_request, response) => response.setHeader('content-encoding', 'gzip').end('not packed at all'),
  '/agent': (request, response) => response.end(request.headers['user-agent']),
  '/304': (request, response) =>
    request.headers['if-none-match'] === '"v1"' ? response.writeHead(304).end() : response.end('changed'),
  '/busy': (_request, response) => response.writeHead(503, { 'retry-after': '120' }).end(),
  '/dated': (_request, response) => response.writeHead(503, { 'retry-after': 'Wed, 02 Jan 2030 00:10:00 GMT' }).end(),
  '/ages': (_request, response) => response.writeHead(429, { 'retry-after': '99999999' }).end(),
  '/gone': (_request, response) => response.writeHead(410).end('gone'),
  '/moved': (_request, response) => response.writeHead(301, { location: '/plain' }).end(),
  '/found': (_request, response) => response.writeHead(302, { location: '/moved' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/inside': (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/meta' }).end(),
  '/other-port': (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  '/file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/slow': (_request, response) => void response.write('a'),
};

beforeAll(async () => {
  server = createServer((request, response) => (pages[request.url!] ?? pages['/gone']!)(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  base = `http://${host}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const now = () => new Date();

async function get(path: string, options: Partial<FetchOptions> = {}): Promise<Fetched> {
  const answer = await guardedFetch(base + path, { now, allow: [host], ...options });
  if (answer.notModified) throw new Error('not modified');
  return answer;
}

describe('what is fetched', () => {
  test.each(['/plain', '/gzip', '/br', '/deflate', '/raw', '/twice'])('%s comes out unpacked', async (path) => {
    expect((await get(path)).body.toString()).toBe(text);
  });

  test('what is known already is a value, not a body', async () => {
    expect((await get('/plain')).etag).toBe('"v1"');
    expect(await guardedFetch(`${base}/304`, { now, etag: '"v1"', allow: [host] })).toMatchObject({
      notModified: true,
    });
    expect((await get('/304')).body.toString()).toBe('changed');
  });

  test('it says who asks', async () => {
    expect((await get('/agent')).body.toString()).toMatch(/^Courant\//);
  });

  test('redirects are followed, and only a permanent way is believed', async () => {
    expect(await get('/moved')).toMatchObject({ url: `${base}/plain`, permanentUrl: `${base}/plain` });
    expect(await get('/found')).toMatchObject({ url: `${base}/plain`, permanentUrl: undefined });
  });

  test('a status that is an answer here is no error', async () => {
    expect(await get('/gone', { expectedStatuses: [410] })).toMatchObject({ status: 410 });
  });
});

describe('what is refused', () => {
  const failures: [string, object, typeof PermanentError | typeof TemporaryError, RegExp][] = [
    ['/bomb', { maxBytes: 100_000 }, PermanentError, /longer than 100000 bytes/],
    ['/plain', { maxBytes: 5 }, PermanentError, /longer than 5 bytes/],
    ['/lie', {}, PermanentError, /packed as gzip and is not/],
    ['/gone', {}, PermanentError, /answered 410/],
    ['/loop', {}, PermanentError, /more than 5 times/],
    ['/inside', {}, PermanentError, /private address 169\.254\.169\.254/],
    ['/other-port', {}, PermanentError, /private address 127\.0\.0\.1/],
    ['/file', {}, PermanentError, /only http and https/],
    ['/busy', {}, TemporaryError, /answered 503/],
    ['/slow', { timeoutMs: 300 }, TemporaryError, /timed out after 300 ms/],
  ];
  test.each(failures)('%s with %o', async (...[path, options, kind, message]) => {
    const error: unknown = await get(path, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(message);
  });

  test('a server says when to come back, and is believed for two days at most', async () => {
    await expect(get('/busy')).rejects.toMatchObject({ retryAfterMs: 120_000 });
    // Ten minutes, by the clock of whoever asks.
    const then = (): Date => new Date('2030-01-02T00:00:00Z');
    await expect(get('/dated', { now: then })).rejects.toMatchObject({ retryAfterMs: 600_000 });
    await expect(get('/ages')).rejects.toMatchObject({ retryAfterMs: 2 * 86_400_000 });
  });

  test('a port where nobody listens is a temporary failure', async () => {
    await expect(guardedFetch('http://127.0.0.1:1/', { now, allow: ['127.0.0.1:1'] })).rejects.toBeInstanceOf(
      TemporaryError,
    );
  });
});

describe('address tricks', () => {
  const tricks = (port: string) => [
    `http://127.0.0.1:${port}/plain`,
    `http://localhost:${port}/plain`,
    `http://LOCALHOST:${port}/plain`,
    `http://2130706433:${port}/plain`,
    `http://0x7f000001:${port}/plain`,
    `http://0177.0.0.1:${port}/plain`,
    `http://127.1:${port}/plain`,
    `http://0:${port}/plain`,
    `http://[::1]:${port}/plain`,
    `http://[::ffff:127.0.0.1]:${port}/plain`,
    `http://[64:ff9b::7f00:1]:${port}/plain`,
    `http://①②⑦.0.0.1:${port}/plain`,
    `http://user:pass@127.0.0.1:${port}/plain`,
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://100.64.0.1/',
  ];

  test('none reaches a private address', async () => {
    const answers = await Promise.all(
      tricks(host.split(':')[1]!).map((url) => guardedFetch(url, { now }).catch((error: unknown) => error)),
    );
    for (const answer of answers) {
      expect(answer).toBeInstanceOf(PermanentError);
      expect((answer as Error).message).toMatch(/private address/);
    }
  });

  test.each(['ftp://example.org/', 'file:///etc/passwd', 'gopher://127.0.0.1:6379/_x', 'no address'])(
    '%s is refused as it stands',
    async (url) => {
      await expect(guardedFetch(url, { now })).rejects.toBeInstanceOf(PermanentError);
    },
  );

  test('public and private addresses are told apart', () => {
    const publicOnes = ['8.8.8.8', '2606:4700::1', '::ffff:8.8.8.8'];
    const privateOnes = ['192.168.1.1', '172.16.0.1', 'fc00::1', 'fe80::1', '::', '224.0.0.1', '2002:7f00:1::', 'x'];
    expect(publicOnes.map(isPublicAddress)).toEqual([true, true, true]);
    expect(privateOnes.filter(isPublicAddress)).toEqual([]);
  });
});
