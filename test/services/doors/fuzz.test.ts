// Every route there is, asked with what no browser sends: nothing may fail, and nothing may take long.
// The routes are the app's own list, so a new one is covered by itself. FUZZ_SEED repeats a run; FUZZ_REQUESTS makes it longer.
import { expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { sql } from '../../../core/db.ts';
import type { Role } from '../../../core/store/curators.ts';
import { buildApp } from '../../../services/app.ts';
import { honestFeeds } from '../../workers/ingest/cpu-time.ts';
import { openDesk } from '../admin/open-desk.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { headOf, listen, sendRaw } from './raw-http.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_129);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
/** Of the process's own CPU, the asking and the database included; a busy machine adds nothing to it. A slow one has as long as for a feed of 9.5 MB. */
const mostCpuMs = 1_000;

const readerToken = 'token-of-ada-0123456789';

/** mulberry32: the same requests for the same seed. */
function createRandom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const values = [
  '1', '2', '0', '-1', '1.5', '1e3', '0x10', '+1', ' 1', '1 ', '٣', '2147483647', '2147483648', '4294967296', '9007199254740993',
  '99999999999999999999', 'NaN', 'Infinity', 'null', 'undefined', 'true', '[]', '{}', '[object Object]', '__proto__', 'constructor', 'toString',
  'x', 'a'.repeat(101), 'a'.repeat(3_000), '2026-w47', '2026-w47/../..', 'week', 'like', 'ml', 'Europe/Berlin', 'UTC+25', '0000-01-01T00:00:00Z',
  '275760-09-13T00:00:00Z', '2026-13-45', '+010000-01-01T00:00:00Z', '1.0.10', '1.999999.999999', '999999999.0.999999', '1.0.200000',
  "' or 1=1 --", '"; drop table items; --', '<script>alert(1)</script>', '${7*7}', '{{7*7}}', '{% layout "x" %}', '$\\frac{a}{b}$', '$'.repeat(900),
  '../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%2e%2e%2f', 'CON', '.eml', 'delivery-1.eml', 'file:///etc/passwd', 'javascript:alert(1)',
  'é', '日本語', '😀', '\u202e', '\ufeff', '\u0000', '\u0001', '\r\nX-Injected: 1', 'ada@reader.example', `${'a'.repeat(250)}@b.example`,
  'a@b', 'A@B.EXAMPLE\u0000', '(((((((((((', '[[[[[[[[[[[[', '\\', '\\u0000', '', ' ', ','.repeat(500), '\n'.repeat(500),
]; // prettier-ignore
/** What no encoder writes: cut short, too long, half a pair, what is no UTF-8 at all. */
const brokenBytes = ['%', '%2', '%zz', '%00', '%ff', '%c0%80', '%ed%a0%80', '%ed%b0%80', '%f4%90%80%80', '%e2%28%a1', '%u0041', '%0d%0a', '%5c', '%2e%2e', '%E0%80%AF']; // prettier-ignore
const methods = ['GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']; // prettier-ignore
const kinds = ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; charset=utf-16', 'application/json', 'text/plain', 'multipart/form-data; boundary=b', 'multipart/form-data', 'text/xml', '*/*', ';', 'a/b; c="', '', 'application/x-www-form-urlencoded, application/json']; // prettier-ignore
const hosts = ['127.0.0.1', '127.0.0.1', '127.0.0.1', 'localhost:80', 'courant.test', 'evil.example', '127.0.0.1:99999', '[::1]', '[', 'a b', '', '127.0.0.1@evil.example', 'xn--', 'a'.repeat(300)]; // prettier-ignore
const cookies = ['', 'courant_desk=', 'courant_desk=%', 'courant_desk=a;b', `courant_desk=${'A'.repeat(200)}%3B${'B'.repeat(32)}`, '=;=;=', 'courant_desk=x; courant_desk=y', '__proto__=1', `a=${'b'.repeat(4_000)}`, 'courant_desk="', 'courant_desk=é']; // prettier-ignore
const names = ['email', 'interests', 'website', 'words', 'length', 'effect', 'field', 'id', 'back', 'at', 'said', 'quote', 'subject', 'zone', 'reader', 'order', 'undo', 'story', 'kind', 'span', 'title', 'address', 'opml', 'captions', 'hash', 'sendAt', 'when', 'intro', 'change', 'section', 'role', 'direction', 'items', 'other', 'item', 'decision', 'name', 'weight', 'interval', 'headers', 'secret', 'secretHeader', 'status', 'articles', 'publication', 'mailFrom', 'postalAddress', 'sources', '_csrf', '__proto__', 'constructor', 'a[b]', 'a[]', '']; // prettier-ignore

interface Route {
  methods: string[];
  url: string;
}

function createRequests(routes: Route[], random: () => number, { token, csrf = '' }: { token: string; csrf?: string }) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const one = (): string => (random() < 0.15 ? pick(brokenBytes) : encodeURIComponent(pick(values)));
  const pairs = (most: number): string => {
    const count = Math.floor(random() * (most + 1));
    return Array.from({ length: count }, () => `${encodeURIComponent(pick(names))}=${one()}`).join('&');
  };
  const parameter = (name: string): string => {
    if (name === 'token' && random() < 0.7) return token;
    return random() < 0.3 ? '1' : one();
  };
  return () => {
    const route = pick(routes);
    const known = random() < 0.7 ? pick(route.methods) : pick(methods);
    let path = route.url.replace(/:(\w+)/g, (_, name: string) => parameter(name)).replace('*', one());
    if (random() < 0.05) path += pick(['/', '//', '/..', '/./', ';x', '%00', '?', '#x', '/%', '\\']);
    const search = pairs(4);
    if (random() < 0.5 && search) path += `?${search}`;
    if (random() < 0.01)
      path = pick([`http://evil.example${path}`, `//evil.example${path}`, '*', path.slice(1) || '*']);
    const usual = random() < 0.6;
    const body = ['GET', 'HEAD'].includes(known) && random() < 0.9 ? '' : [csrf && `_csrf=${encodeURIComponent(csrf)}`, pairs(6)].filter(Boolean).join('&'); // prettier-ignore
    return {
      method: known,
      path: path.replaceAll(' ', '%20'),
      headers: {
        host: usual ? '127.0.0.1' : pick(hosts),
        ...(body ? { 'content-type': usual ? kinds[0]! : pick(kinds), 'content-length': String(Buffer.byteLength(body)) } : {}), // prettier-ignore
        ...(csrf || usual ? {} : { cookie: pick(cookies) }),
        ...(random() < 0.1 ? { 'sec-fetch-site': pick(['cross-site', 'same-origin', '']) } : {}),
        ...(random() < 0.1 ? { 'if-none-match': pick(values.slice(0, 30)), range: 'bytes=0-,5-1,-' } : {}),
      },
      body,
    };
  };
}

/** Sends them one after another, each from an address of its own so that no limit hides what is behind it. */
async function fire(
  { port, count, cookie = '' }: { port: number; count: number; cookie?: string },
  next: ReturnType<typeof createRequests>,
) {
  const failed: string[] = [];
  const statuses = new Map<number, number>();
  for (let n = 0; n < count; n++) {
    const { method, path, headers, body } = next();
    const own = { 'x-forwarded-for': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, ...(cookie ? { cookie } : {}) };
    const text = headOf(method, path, { ...headers, ...own }) + body;
    const before = process.cpuUsage();
    const { status } = await sendRaw(port, Buffer.from(text, 'utf8'));
    const { user, system } = process.cpuUsage(before);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const cpuMs = (user + system) / 1_000;
    // A letter may have to load MJML, in a thread of its own: a second of CPU that holds nobody else up.
    const most = path.includes('/letter') ? 3 * mostCpuMs : mostCpuMs;
    const isSlow = cpuMs > most && (await honestFeeds(cpuMs, most / 1_000)) > most / 1_000;
    if (status >= 500 || status === 0 || isSlow)
      failed.push(`request ${n} of seed ${seed}: ${status}, ${Math.round(cpuMs)} ms CPU\n${text.slice(0, 2_000)}`);
  }
  return { failed, statuses };
}

/** The app with all rooms, and the list of its routes as it made them itself. */
async function openAll(environment: Record<string, string>, role: Role = 'owner') {
  const desk = await openDesk(role, environment);
  const routes: Route[] = [];
  const app: FastifyInstance = await buildApp(desk.house, {
    rooms: ['web', 'admin', 'outbox'],
    onRoute: ({ method, url }) => void routes.push({ methods: [method].flat(), url }),
  });
  await seedSentIssue(desk.db);
  await desk.db.run(sql`insert into readers (email, status, token) values ('ada@reader.example', 'active', ${readerToken})`); // prettier-ignore
  return { ...desk, app, routes };
}

test(`${requests} requests of nobody: none fails, none takes a second`, async () => {
  const { app, routes } = await openAll({ TRUST_PROXY: 'loopback', LOG_LEVEL: 'silent' });
  const port = await listen(app);
  try {
    expect(routes.length).toBeGreaterThan(80);
    const next = createRequests(routes, createRandom(seed), { token: readerToken });
    const { failed, statuses } = await fire({ port, count: requests }, next);
    expect(failed).toEqual([]);
    // It did get behind the doors: pages, redirects and refusals of each kind.
    for (const status of [200, 303, 400, 404, 415, 421]) expect([status, statuses.has(status)]).toEqual([status, true]);
  } finally {
    await app.close();
  }
});

test.each(['owner', 'reviewer'] as const)('and of an %s at the desk', async (role) => {
  const { app, routes, cookie, get } = await openAll({ TRUST_PROXY: 'loopback', LOG_LEVEL: 'silent' }, role);
  const port = await listen(app);
  try {
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await get('/desk')).body)![1]!;
    // Signing out or removing oneself would end the test before its end.
    const desk = routes.filter(({ url }) => url.startsWith('/desk') && !/sign-out|remove|role|sessions/.test(url));
    const next = createRequests(desk, createRandom(seed + role.length), { token: 'x', csrf });
    const { failed, statuses } = await fire({ port, count: Math.ceil(requests / 5), cookie: cookie() }, next);
    expect(failed).toEqual([]);
    const expected = role === 'owner' ? [200, 303, 400, 404] : [200, 400, 403, 404];
    for (const status of expected) expect([status, statuses.has(status)]).toEqual([status, true]);
  } finally {
    await app.close();
  }
});

test('and of a reader by their own links', async () => {
  const { app, routes, db } = await openAll({ TRUST_PROXY: 'loopback', LOG_LEVEL: 'silent' });
  const port = await listen(app);
  try {
    // Leaving, new links and being deleted would end the test before its end.
    const own = routes.filter(({ url }) => url.includes(':token') && !/^\/desk|unsubscribe|renew|delete/.test(url));
    expect(own.length).toBeGreaterThan(8);
    const ours = own.map((route) => ({ ...route, url: route.url.replace(':token', readerToken) }));
    const next = createRequests(ours, createRandom(seed + 3), { token: readerToken });
    const { failed, statuses } = await fire({ port, count: Math.ceil(requests / 5) }, next);
    expect(failed).toEqual([]);
    for (const status of [200, 303, 400]) expect([status, statuses.has(status)]).toEqual([status, true]);
    // A pause is what a form of theirs asks for, and its fields are guessed too.
    const reader = await db.row<{ status: string }>(sql`select status from readers where token = ${readerToken}`);
    expect(['active', 'paused']).toContain(reader?.status);
  } finally {
    await app.close();
  }
});
