// `npm run bench:ingest`: one very large feed by several readers, then 2,000 feeds by the product's own queue; each in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bigFeed } from './big-feed.ts';

const directory = mkdtempSync(join(tmpdir(), 'courant-bench-'));
const run = (file: string, ...args: string[]): void => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  spawnSync(process.execPath, ['--import', 'tsx', path, ...args], { stdio: 'inherit' });
};
try {
  const feed = join(directory, 'feed.xml');
  writeFileSync(feed, bigFeed());
  for (const reader of ['courant', 'stored', 'feedsmith', 'feedparser']) run('read-big-feed.ts', reader, feed);
  run('check-many.ts', 'embedded', join(directory, 'data'));
} finally {
  rmSync(directory, { recursive: true });
}
