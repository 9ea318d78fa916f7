// kill -9 while one feed is half heard and another half stored: the next process has all of both, and nothing twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../../core/compiled.ts';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { openHouse } from '../../../core/house.ts';
import { addSources, listSources } from '../../../core/store/sources.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import { postgresServer } from '../../servers.ts';

const script = fileURLToPath(compiled(new URL('paced-worker.ts', import.meta.url)));
const items = 6000;
/** A feed whose newest item is a week old is `quiet`. */
const published = new Date(Date.now() - 3_600_000).toUTCString();
const postgres = await postgresServer();
afterAll(() => postgres?.stop());

test.skipIf(!postgres)('after kill -9 in the middle of two feeds both are read, each item once', async () => {
  const feeds = await startFeeds();
  const environment = {
    DATABASE_URL: postgres!.url,
    ALLOW_ADDRESSES: feeds.hosts.join(','),
    DATA_DIR: tmpdir(),
    LOG_LEVEL: 'error',
  };
  // When the leases of the one who dies are over, and the pause after a feed that took too long on a busy machine.
  const later = new Date(Date.now() + 86_400_000);
  const house = await openHouse(parseConfig(environment), () => later);
  onTestFinished(() => house.close());
  await addSources(
    house.db,
    ['half', 'whole'].map((name, at) => ({ kind: 'feed', title: name, url: `http://${feeds.hosts[at]}/${name}` })),
  );
  const stored = async () =>
    (await house.db.row<{ items: number; guids: number }>(
      sql`select count(*)::int as items, count(distinct (source_id, guid))::int as guids from items`,
    ))!;

  const child = spawn(process.execPath, [script, '0'], {
    env: childEnvironment(environment),
  });
  const exit = once(child, 'exit');
  await house.queue.enqueue('sources.check', { shard: 0 });
  await expect.poll(async () => (await stored()).items, { interval: 5 }).toBeGreaterThan(0);
  child.kill('SIGKILL');
  expect((await exit)[1]).toBe('SIGKILL');
  expect((await stored()).items).toBeLessThan(2 * items);
  expect((await listSources(house.db)).map(({ lastSuccessAt }) => lastSuccessAt)).toContain(null);

  feeds.isWhole = true;
  await ingestHandlers(house)['sources.check']!({ shard: 0 }, new AbortController().signal);
  expect(await stored()).toEqual({ items: 2 * items, guids: 2 * items });
  expect(await house.db.rows(sql`select health, failures, leased_until from sources`)).toEqual(
    Array.from({ length: 2 }, () => ({ health: 'ok', failures: 0, leasedUntil: null })),
  );
});

/** Two feeds on two hosts; of /half only the first half is said until `isWhole`. */
async function startFeeds() {
  const state = { hosts: [] as string[], isWhole: false };
  const server = createServer(({ url }, response) => {
    const body = `<rss version="2.0"><channel><title>F</title>${Array.from({ length: items }, (_, at) => itemOf(at)).join('')}</channel></rss>`;
    if (url === '/half' && !state.isWhole) response.write(body.slice(0, body.length / 2));
    else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  // The worker asks 127.0.0.1 one at a time, as if it were arXiv.
  state.hosts = [`127.0.0.2:${port}`, `127.0.0.3:${port}`];
  return state;
}

function itemOf(at: number): string {
  return `<item><guid>g${at}</guid><title>Item ${at}</title><link>https://x.example/${at}</link><description>What came of number ${at}.</description><pubDate>${published}</pubDate></item>`;
}
