// 2,000 feeds on 200 hosts -> feeds per second through the product's own queue, jobs and store: all new, then all unchanged.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../core/compiled.ts';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { openHouse } from '../../../core/house.ts';
import { countDueSources } from '../../../core/store/source-leases.ts';
import { addSources, checkSourcesNow } from '../../../core/store/sources.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';

const [name = 'embedded', directory = '', databaseUrl, redisUrl] = process.argv.slice(2);
const feeds = 2000;
const hosts = 200;
const shards = 4;

const script = fileURLToPath(compiled(new URL('feed-server.ts', import.meta.url)));
const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = (await once(server.stdout, 'data')) as [Buffer];
const port = Number(line.toString());
const hostOf = (at: number): string => `127.0.0.${2 + (at % hosts)}:${port}`;

const house = await openHouse(
  parseConfig({
    DATA_DIR: directory,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    LOG_LEVEL: 'warn',
    ALLOW_ADDRESSES: Array.from({ length: hosts }, (_, at) => hostOf(at)).join(','),
  }),
);
await addSources(
  house.db,
  Array.from({ length: feeds }, (_, at) => ({
    kind: 'feed' as const,
    title: `Blog ${at}`,
    url: `http://${hostOf(at)}/feed/${at}`,
  })),
);
const answering = await house.queue.work(ingestHandlers(house));

async function checkAll(round: string): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  for (let shard = 0; shard < shards; shard++) await house.queue.enqueue('sources.check', { shard });
  for (;;) {
    // Asked more often, the counting takes a fifth of the time that is measured.
    await sleep(250);
    const { ingest } = await house.queue.counts();
    if (ingest.active + ingest.waiting === 0 && (await countDueSources(house.db, house.now())) === 0) break;
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const row = await house.db.row<{ items: number; broken: number }>(sql`
    select (select count(*) from items)::int as items, (select count(*) from sources where health = 'broken')::int as broken`);
  process.stdout.write(
    `${name.padEnd(10)} ${round}: ${feeds} feeds in ${seconds.toFixed(1)} s (CPU ${((user + system) / 1e6).toFixed(1)} s), ${(feeds / seconds).toFixed()} feeds/s; ${row!.items} items stored, ${row!.broken} broken, peak ${(process.resourceUsage().maxRSS / 1024).toFixed()} MB\n`,
  );
}

await checkAll('new');
await checkSourcesNow(house.db, house.now());
await checkAll('unchanged');
await answering.stop();
await house.close();
server.kill();
process.exit(0);
