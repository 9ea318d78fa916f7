// The links of an open issue are asked in the background, one day apart, and a refusal is told from nothing there.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { linkChecks } from '../../../core/store/gate.ts';
import { linksHandlers } from '../../../workers/links/handlers.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

test('what answers, what is gone and what does not let us look', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.statusCode = { '/gone': 404, '/closed': 403, '/ill': 503 }[url] ?? 200;
    response.end('x');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const db = await testDatabase();
  await seedIssue(db);
  const clock = { now: new Date('2026-11-20T12:00:00Z') };
  const config = parseConfig({ ALLOW_ADDRESSES: host, LOG_LEVEL: 'silent' });
  const house = { config, db, log: openLog(config), now: () => clock.now } as House;
  const paths = ['/fine', '/gone', '/closed', '/ill'];
  for (const [at, path] of paths.entries())
    await db.run(sql`update items set url = ${`http://${host}${path}`} where id = ${at + 1}`);
  await db.run(sql`update stories set headline_item_id = null where false`);
  const check = linksHandlers(house)['links.check']!;
  await check({}, new AbortController().signal);
  const known = await linkChecks(
    db,
    (await db.rows<{ url: string }>(sql`select url from link_checks`)).map(({ url }) => url),
  );
  const states = new Map(known.map(({ url, state }) => [new URL(url).pathname, state]));
  expect(states).toEqual(new Map([['/fine', 'ok'], ['/gone', 'broken'], ['/closed', 'unsure'], ['/ill', 'unsure']])); // prettier-ignore
  expect(known.find(({ url }) => url.endsWith('/closed'))?.why).toContain('answered 403');

  const before = asked.length;
  await check({}, new AbortController().signal);
  expect(asked).toHaveLength(before);
  clock.now = new Date('2026-11-21T12:00:01Z');
  await check({}, new AbortController().signal);
  expect(asked.length).toBeGreaterThan(before);
});

test('what is private to this machine is no link of a letter, and arXiv is not asked for what it gave', async () => {
  const db = await testDatabase();
  await seedIssue(db);
  const config = parseConfig({ LOG_LEVEL: 'silent' });
  const house = { config, db, log: openLog(config), now: () => new Date('2026-11-20T12:00:00Z') } as House;
  await db.run(
    sql`update items set url = case id when 4 then 'https://arxiv.org/abs/2106.09685' else 'http://127.0.0.1:9/' || id end`,
  );
  await linksHandlers(house)['links.check']!({}, new AbortController().signal);
  const states = (await linkChecks(db, ['https://arxiv.org/abs/2106.09685', 'http://127.0.0.1:9/1'])).map(
    ({ state }) => state,
  );
  expect(states.toSorted()).toEqual(['broken', 'ok']);
});

test('where links are not to be asked, no host is, and what leads into a private network is stopped all the same', async () => {
  const db = await testDatabase();
  await seedIssue(db);
  const config = parseConfig({ LOG_LEVEL: 'silent', CHECK_LINKS: 'no' });
  const house = { config, db, log: openLog(config), now: () => new Date('2026-11-20T12:00:00Z') } as House;
  // A host that does not exist: asked, it would be named as the reason.
  await db.run(
    sql`update items set url = case id when 1 then 'http://192.168.1.20/wiki' else 'https://blog.example/' || id end`,
  );
  await linksHandlers(house)['links.check']!({}, new AbortController().signal);
  const [own, other] = await linkChecks(db, ['http://192.168.1.20/wiki', 'https://blog.example/2']);
  expect([own, other]).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ url: 'http://192.168.1.20/wiki', state: 'broken' }),
      expect.objectContaining({ state: 'unsure', why: 'this site is set up not to try links' }),
    ]),
  );
});
