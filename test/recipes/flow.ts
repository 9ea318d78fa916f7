// One of each thing that the recipes of CONTRIBUTING.md add, on its way through the product; runs in the copy where they were followed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noticeComposer } from '../../core/mail/compose-notice.ts';
import { parseConfig } from '../../core/config.ts';
import { openDatabase, sql } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import type { NoticeKind } from '../../core/mail/notice-kinds.ts';
import { writeOpml } from '../../core/opml/write-opml.ts';
import { readOpml } from '../../core/opml/read-opml.ts';
import type { SourceKind } from '../../core/source-kinds.ts';
import { leaseNotices, planNotice } from '../../core/store/notices.ts';
import { addSources, listSources } from '../../core/store/sources.ts';
import { buildApp } from '../../services/app.ts';
import { ingestHandlers } from '../../workers/ingest/handlers.ts';
import { emptyDatabaseDump } from '../empty-database.ts';

const now = new Date('2026-11-21T12:00:00Z');
const list = '2026-11-20 https://tools.example/2.0 Version 2.0\n2026-11-19 https://tools.example/1.9 Version <1.9>\n';
const server = createServer((_request, response) => response.end(list));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/changes.txt`;

const db = await openDatabase({ dump: emptyDatabaseDump() });
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const queue = new Proxy({}, { get: () => async () => undefined });
const config = parseConfig({ ALLOW_ADDRESSES: new URL(url).host, PUBLIC_URL: 'http://news.example' });
const house = { config, db, log: silent, queue, now: () => now } as unknown as House;

// The source: read, and listed for others with its kind.
await addSources(db, [{ kind: 'changes' as SourceKind, title: 'Changes', url }]);
await ingestHandlers(house)['source.check']!({ sourceId: 1 }, new AbortController().signal);
const [source] = await listSources(db);
const items = await db.rows(sql`select title, url, published_at from items order by id`);
const listed = readOpml(writeOpml([source!], { title: 'Sources', at: now })).sources[0];

// The signal: given by its button, stored, shown with its weight.
await db.pool.query(`
  insert into stories (headline_item_id, first_seen, changed_at) values (1, '2026-11-20', now());
  insert into story_items (item_id, story_id, why) values (1, 1, 'first');
  insert into readers (email, token, status) values ('ada@example.org', 'token-of-ada', 'active')`);
const app = await buildApp(house, { rooms: ['web'] });
const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: '' } as const;
const before = await app.inject('/preferences/token-of-ada');
const page = await app.inject('/signal/token-of-ada/1/later');
const given = await app.inject({ ...form, url: '/signal/token-of-ada/1/later' });
const preferences = await app.inject('/preferences/token-of-ada');
const signals = await db.rows(sql`select kind from signals`);
await app.close();

// The mail: planned, and written when it is leased.
await planNotice(db, { kind: 'anniversary' as NoticeKind, email: 'ada@example.org', at: now });
const [notice] = await leaseNotices(db, { now, limit: 1, holder: 'recipe' });
const mail = await noticeComposer(house)(notice!);

process.stdout.write(
  JSON.stringify({
    source: { health: source!.health, error: source!.lastError, items, listed },
    signal: {
      page: page.body.includes('Keep it for later'),
      status: given.statusCode,
      signals,
      preferences: /kept for later today · counts 50%/.test(preferences.body),
      offered: before.body.includes('“More like this”, “Less”, “Save” and “Later”'),
    },
    mail: mail?.subject,
  }),
);
server.close();
await db.close();
