// `npm run bench:ingest`: one very large feed by several readers, then 2,000 feeds by the product's own queue in each of its shapes; each in a
// process of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../core/compiled.ts';
import { postgresServer, redisServer } from '../../servers.ts';
import { bigFeed } from './big-feed.ts';

const directory = mkdtempSync(join(tmpdir(), 'courant-bench-'));
const run = (file: string, ...args: string[]): void => {
  const path = fileURLToPath(compiled(new URL(file, import.meta.url)));
  spawnSync(process.execPath, [path, ...args], { stdio: 'inherit' });
};
// A server each, since each begins with an empty database; those of the tests, so without fsync.
const [postgres, besideRedis, redis] = [await postgresServer(), await postgresServer(), await redisServer()];
try {
  const feed = join(directory, 'feed.xml');
  writeFileSync(feed, bigFeed());
  for (const reader of ['courant', 'stored', 'feedsmith', 'feedparser']) run('read-big-feed.ts', reader, feed);
  const data = join(directory, 'data');
  run('check-many.ts', 'embedded', data);
  if (postgres) run('check-many.ts', 'PostgreSQL', data, postgres.url);
  if (besideRedis && redis) run('check-many.ts', 'and Redis', data, besideRedis.url, redis.url);
} finally {
  rmSync(directory, { recursive: true });
  for (const server of [postgres, besideRedis, redis]) await server?.stop();
}
