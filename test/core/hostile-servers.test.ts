// Servers that mean harm: names that change, redirects inwards, bombs in every packing, bodies without an end.
import { spawn } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiled } from '../../core/compiled.ts';
import { createPublicLookup, type Resolve } from '../../core/network/address-guard.ts';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { guardedFetch } from '../../core/http.ts';
import { isPublicAddress } from '../../core/network/public-address.ts';
import { childEnvironment } from '../clock/test-clock.ts';

const megabyte = 1_000_000;
const fetcher = fileURLToPath(compiled(new URL('fetch-for-memory.ts', import.meta.url)));
const zeros = Buffer.alloc(60 * megabyte);
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const packed = {
  gzip: gzipSync(zeros),
  br: brotliCompressSync(zeros, quick),
  deflate: deflateSync(zeros),
  'gzip, gzip': gzipSync(gzipSync(zeros)),
  'gzip, br': brotliCompressSync(gzipSync(zeros), quick),
};

const pages: Record<string, RequestListener> = {
  '/drip': (_request, response) => drip(response, 'a'),
  '/drip-packed': (_request, response) => {
    response.setHeader('content-encoding', 'gzip');
    const gzip = createGzip();
    gzip.pipe(response);
    const timer = setInterval(() => {
      gzip.write('a');
      gzip.flush();
    }, 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  // As much as is allowed.
  '/honest': (_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(zeros.subarray(0, 5 * megabyte))),
  '/endless': (_request, response) => {
    const chunk = Buffer.alloc(65_536, 'a');
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  },
  '/many': (_request, response) => response.setHeader('content-encoding', 'gzip, gzip, gzip, gzip').end('x'),
  '/odd': (_request, response) => response.setHeader('content-encoding', 'zstd').end('x'),
  '/chain': (_request, response) => setTimeout(() => response.writeHead(302, { location: '/chain' }).end(), 200),
  '/headers': (_request, response) => response.setHeader('x-long', 'a'.repeat(100_000)).end('x'),
};

let server: Server;
let host: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const name = searchParams.get('packing') as keyof typeof packed | null;
    const to = searchParams.get('to');
    if (to !== null) return response.writeHead(302, { location: to }).end();
    if (name !== null) return response.setHeader('content-encoding', name).end(packed[name]);
    return pages[pathname]!(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const now = () => new Date();
const get = (path: string, options: object = {}) =>
  guardedFetch(`http://${host}${path}`, { now, allow: [host], maxBytes: 5 * megabyte, ...options }).catch(
    (error: unknown) => error,
  );

function drip(response: import('node:http').ServerResponse, letter: string): void {
  const timer = setInterval(() => response.write(letter), 20);
  response.on('close', () => clearInterval(timer));
}

describe('addresses', () => {
  const inward = (
    '::7f00:1 ::ffff:7f00:1 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 2002:7f00:1:: 2001:0:7f00:1:: 2001:4860::5efe:7f00:1 ' +
    '2001:4860::200:5efe:a00:1 fec0::1 fd00:ec2::254 100::1 4000::1 1::1 :: ::1 ' +
    'fe80::1 ff02::1 2001:db8::1 3fff::1 0.0.0.0 0.1.2.3 10.1.2.3 100.127.255.255 ' +
    '127.255.255.255 169.254.169.254 172.31.0.1 192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 203.0.113.1 ' +
    '224.0.0.1 240.0.0.1 255.255.255.255'
  ).split(' ');
  const outward = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1', '2a00:1450:4001::1', '::ffff:8.8.8.8'];

  test('those inside, mapped, translated and tunnelled are no public ones', () => {
    expect(inward.filter(isPublicAddress)).toEqual([]);
    expect(outward.filter((address) => !isPublicAddress(address))).toEqual([]);
  });

  const spelled =
    'http://2130706433/ http://0x7f.1/ http://017700000001/ http://127.0.0.1.:80/ http://0xa9fea9fe/ ' +
    'http://localhost/ //169.254.169.254/ file:///etc/passwd ftp://10.0.0.1/';

  test.each([
    ...inward.map((address) => `http://${address.includes(':') ? `[${address}]` : address}/`),
    ...spelled.split(' '),
  ])('a redirect to %s is refused', async (to) => {
    const error = await get(`/?to=${encodeURIComponent(to)}`);
    expect(error).toBeInstanceOf(PermanentError);
    expect((error as Error).message).toMatch(/private address|only http/);
  });
});

describe('names', () => {
  const unguarded =
    (resolve: Resolve): LookupFunction =>
    (name, options, callback) =>
      resolve(name, { ...options, all: true }, (error, found) =>
        options.all ? callback(error, found) : callback(error, found[0]!.address, found[0]!.family),
      );
  const answers = (...lists: string[][]) => {
    let turn = 0;
    return createPublicLookup((_name, _options, callback) => {
      const list = lists[Math.min(turn++, lists.length - 1)]!;
      callback(null, list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))); // prettier-ignore
    });
  };
  const resolveBy = (lookup: ReturnType<typeof createPublicLookup>) =>
    new Promise<unknown>((done) => {
      lookup('rebind.example', { all: true }, (error, found) => done(error ?? found));
    });

  test('a name that changes between check and connection is refused at the connection', async () => {
    const lookup = answers(['93.184.215.14'], ['127.0.0.1']);
    expect(await resolveBy(lookup)).toEqual([{ address: '93.184.215.14', family: 4 }]);
    const { port } = server.address() as AddressInfo;
    const refused = await new Promise<Error>((done) => {
      connect({ host: 'rebind.example', port, lookup }).on('error', done);
    });
    expect(refused).toBeInstanceOf(PermanentError);
  });

  test.each([
    ['by a lookup that is guarded', createPublicLookup],
    // As if the name had been checked before: only the far end of the connection tells.
    ['by one that is not', unguarded],
  ])('a fetch that is led inwards the second time a name is looked up, %s, sends nothing', async (_by, guarded) => {
    const given: string[] = [];
    const lookup = guarded((_name, _options, callback) => {
      const address = given.length === 0 ? '192.0.3.1' : '127.0.0.1';
      given.push(address);
      callback(null, [{ address, family: 4 }]);
    });
    const seen: string[] = [];
    const inner = createServer((request, response) => void (seen.push(request.url!), response.end('secret')));
    await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve));
    const url = `http://rebind.example:${(inner.address() as AddressInfo).port}/`;
    const errors: unknown[] = [];
    // The first address answers nobody; the second is refused at once, which a busy machine may be late to do.
    for (const timeoutMs of [1_500, 60_000]) {
      errors.push(await guardedFetch(url, { now, lookup, timeoutMs }).catch((error: unknown) => error));
    }
    inner.close();
    expect(given).toEqual(['192.0.3.1', '127.0.0.1']);
    expect(errors[0]).toBeInstanceOf(TemporaryError);
    expect(errors[1]).toBeInstanceOf(PermanentError);
    expect((errors[1] as Error).message).toContain('private address 127.0.0.1');
    expect(seen).toEqual([]);
  });

  test.each([[['93.184.215.14', '10.0.0.1']], [['2606:4700::1', '::ffff:127.0.0.1']], [['64:ff9b::7f00:1']]])(
    'one inward address of %j is enough',
    async (list) => {
      expect(await resolveBy(answers(list))).toBeInstanceOf(PermanentError);
    },
  );
});

describe('bodies', () => {
  test.each(Object.keys(packed))('a bomb of 60 MB packed as %s is refused', async (packing) => {
    const error = await get(`/?packing=${encodeURIComponent(packing)}`);
    expect(error).toBeInstanceOf(PermanentError);
    expect((error as Error).message).toMatch(/longer than 5000000 bytes/);
  });

  test('bombs take no more memory than honest pages', async () => {
    const paths = Object.keys(packed).map((packing) => `/?packing=${encodeURIComponent(packing)}`);
    const child = spawn(process.execPath, [fetcher, `http://${host}`, '/honest', ...paths], {
      env: childEnvironment({}),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const peaks = JSON.parse(await text(child.stdout)) as number[];
    expect(peaks).toHaveLength(1 + paths.length);
    // In 60 MB that were kept nobody could be mistaken.
    expect(peaks.at(-1)! - peaks[0]!).toBeLessThan(40 * megabyte);
  });

  test.each(['/drip', '/drip-packed', '/silent', '/chain'])('%s ends with the deadline', async (path) => {
    const error = await get(path, { timeoutMs: 500 });
    expect(error).toBeInstanceOf(TemporaryError);
    expect((error as Error).message).toMatch(/timed out after 500 ms/);
  });

  test.each([
    ['/endless', /longer than/],
    ['/many', /packed 4 times/],
    ['/odd', /packed as zstd/],
  ])('%s is refused', async (path, message) => {
    const error = await get(path);
    expect(error).toBeInstanceOf(PermanentError);
    expect((error as Error).message).toMatch(message);
  });

  test('headers of 100 kB are an error, not a crash', async () => {
    expect(await get('/headers')).toBeInstanceOf(Error);
  });
});
