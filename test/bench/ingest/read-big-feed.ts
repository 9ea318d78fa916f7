// One reader and the file of a very large feed -> seconds, MB/s, CPU, peak memory, and how long the event loop stood still.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../core/db.ts';
import type { DocumentToRead } from '../../../workers/ingest/read-document.ts';

const url = 'https://big.example/feed';
// Loaded by the readers that are ours only, since libraries are measured without them.
let readInThread: (typeof import('../../../workers/ingest/read-in-thread.ts'))['readInThread'];
let takeItems: (typeof import('../../../workers/ingest/take-items.ts'))['takeItems'];
const [name = 'courant', path = ''] = process.argv.slice(2);

/** Decode, parse, clean, canonical addresses, identifiers, language, content hash: all up to the store, in the product's thread. */
async function read(body?: Buffer): Promise<number> {
  let count = 0;
  const { batches } = await readInThread(answer(body), new AbortController().signal);
  for await (const items of batches) count += items.length;
  return count;
}

/** The same, and each batch stored in the embedded database. */
async function store(db: Database): Promise<number> {
  const { signal } = new AbortController();
  const feed = await readInThread(answer(), signal);
  return (await takeItems(db, { sourceId: 1, isFirst: true, at: new Date(), feed, stop: signal })).added;
}

/** The thread starts and loads its modules, as those of the libraries are loaded before the clock runs. */
async function warmUp(): Promise<void> {
  await read(Buffer.from('<rss version="2.0"><channel><item><title>One</title></item></channel></rss>'));
  // Until the thread is free again; a second one would be started otherwise.
  await sleep(100);
}

function answer(body: Buffer = readFileSync(path)) {
  const door = { url, now: new Date() };
  return {
    kind: 'feed',
    body,
    contentType: undefined,
    url,
    isFirst: true,
    missed: [],
    context: door,
  } satisfies DocumentToRead;
}

const readers: Record<string, () => Promise<() => Promise<number>>> = {
  async courant() {
    ({ readInThread } = await import('../../../workers/ingest/read-in-thread.ts'));
    await warmUp();
    return read;
  },
  async stored() {
    ({ readInThread } = await import('../../../workers/ingest/read-in-thread.ts'));
    ({ takeItems } = await import('../../../workers/ingest/take-items.ts'));
    const { openDatabase } = await import('../../../core/db.ts');
    const { addSources } = await import('../../../core/store/sources.ts');
    const db = await openDatabase({ directory: `${path}.db` });
    await addSources(db, [{ kind: 'feed', title: 'Big', url }]);
    await warmUp();
    return () => store(db);
  },
  async feedsmith() {
    const { parseFeed } = await import('feedsmith');
    return async () => {
      const { format, feed } = parseFeed(readFileSync(path, 'utf8'));
      return format === 'rss' ? (feed.items?.length ?? 0) : 0;
    };
  },
  async feedparser() {
    const { default: FeedParser } = await import('feedparser');
    return async () => {
      let count = 0;
      for await (const item of createReadStream(path).pipe(new FeedParser({}))) if (item) count++;
      return count;
    };
  },
};

const work = await readers[name]!();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const started = performance.now();
const before = process.cpuUsage();
const items = await work();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const megabytes = statSync(path).size / 1e6;
process.stdout.write(
  `${name.padEnd(10)} ${items} items, ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s (CPU ${((user + system) / 1e6).toFixed(1)} s), ${(megabytes / seconds).toFixed(1)} MB/s, peak ${(process.resourceUsage().maxRSS / 1024).toFixed()} MB, event loop held up to ${(delay.max / 1e6).toFixed()} ms\n`,
);
process.exit(0);
