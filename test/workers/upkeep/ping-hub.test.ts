// WebSub: the feed of issues names the hub, which is told of each issue once, and again while it does not answer.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { upkeepHandlers } from '../../../workers/upkeep/handlers.ts';
import { openApp } from '../../services/open-app.ts';
import { seedSentIssue } from '../../services/seed-issue.ts';

const never = new AbortController().signal;
let server: Server;
let hub: string;
let told: { type: string | undefined; form: Record<string, string> }[];
let status: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      told.push({ type: request.headers['content-type'], form: Object.fromEntries(new URLSearchParams(body)) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`;
});
afterAll(() => server.close());
beforeEach(() => {
  told = [];
  status = 204;
});

const open = () => openApp({ WEBSUB_HUB: hub, ALLOW_ADDRESSES: new URL(hub).host });
const feeds = ['http://courant.test/feed.xml', 'http://courant.test/feed.json'];
const publishes = feeds.map((url) => ({ type: 'application/x-www-form-urlencoded', form: { 'hub.mode': 'publish', 'hub.url': url } })); // prettier-ignore

test('the hub is told of both forms of the feed once an issue, when the public may read it', async () => {
  const { db, house } = await open();
  const ping = () => upkeepHandlers(house)['hub.ping']!({}, never);
  await seedSentIssue(db);
  await db.run(sql`update issues set status = 'scheduled', sent_at = null`);
  await ping();
  expect(told).toEqual([]);
  await db.run(sql`update issues set status = 'sending'`);
  await ping();
  expect(told).toEqual(publishes);
  await db.run(sql`update issues set status = 'sent', sent_at = '2026-11-20T11:05:00Z'`);
  await ping();
  expect(told).toHaveLength(2);
});

test('a hub that is down is told later, and other webhooks are not held up by it nor taken for it', async () => {
  const { db, house, clock } = await open();
  const ping = () => upkeepHandlers(house)['hub.ping']!({}, never);
  await seedSentIssue(db);
  await db.run(sql`
    insert into outgoing_hooks (type, source, data, at, created_at, next_try_at)
    values ('reader.bounced', 'x', '{}', ${clock.now}, ${clock.now}, ${clock.now})`);
  status = 503;
  await ping();
  expect(told).toEqual([publishes[0]]);
  await ping();
  // The second form, which was given back; the first waits.
  expect(told).toEqual(publishes);
  status = 202;
  clock.now = new Date(clock.now.getTime() + 6_000);
  await ping();
  expect(told.slice(2)).toEqual(publishes);
  const rows = await db.rows(sql`select type, state, attempts from outgoing_hooks order by id`);
  expect(rows).toEqual([
    { type: 'reader.bounced', state: 'planned', attempts: 0 },
    { type: 'feed.published', state: 'sent', attempts: 2 },
    { type: 'feed.published', state: 'sent', attempts: 2 },
  ]);
});

test('an archive from before the hub was named is no news', async () => {
  const { db, house, clock } = await open();
  await seedSentIssue(db);
  clock.now = new Date('2026-11-24T12:00:00Z');
  await upkeepHandlers(house)['hub.ping']!({}, never);
  expect(told).toEqual([]);
});

test('the feed of issues names the hub in header and body; other feeds, of which no hub is told, do not', async () => {
  const { app, db } = await open();
  await seedSentIssue(db);
  const atom = await app.inject('/feed.xml?x=1');
  expect(atom.headers.link).toBe(`<${hub}>; rel="hub", <${feeds[0]}>; rel="self"`);
  expect(atom.body).toContain(`<link rel="hub" href="${hub}"/>`);
  expect(atom.body).toContain(`<link rel="self" type="application/atom+xml" href="${feeds[0]}"/>`);
  const json = await app.inject('/feed.json');
  expect(json.headers.link).toBe(`<${hub}>; rel="hub", <${feeds[1]}>; rel="self"`);
  expect(json.json()).toMatchObject({ feed_url: feeds[1], hubs: [{ type: 'WebSub', url: hub }] });
  const topic = await app.inject('/topics/1/feed.xml');
  expect([topic.headers.link, topic.body.includes('rel="hub"')]).toEqual([undefined, false]);
});

test('without one nothing is named and nobody is told', async () => {
  const { app, db, house } = await openApp();
  await seedSentIssue(db);
  await upkeepHandlers(house)['hub.ping']!({}, never);
  expect(await db.rows(sql`select 1 from outgoing_hooks`)).toEqual([]);
  const { body, headers } = await app.inject('/feed.xml');
  expect([headers.link, body.includes('rel="hub"')]).toEqual([undefined, false]);
});
