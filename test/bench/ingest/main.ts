// A generated feed of 100,000 items -> seconds, MB/s and peak memory of the product's door, feedsmith and feedparser, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import FeedParser from 'feedparser';
import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import { cleanItem } from '../../../workers/ingest/clean.ts';
import { decodeText } from '../../../workers/ingest/decode.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';

const url = 'https://big.example/feed';

const readers: Record<string, (bytes: Buffer) => Promise<number>> = {
  async courant(bytes) {
    const { items, language } = await parseFeed(decodeText(bytes), url);
    return items.filter((item) => cleanItem(item, { url, language, now: new Date() })).length;
  },
  async feedsmith(bytes) {
    const { format, feed } = parseWithFeedsmith(bytes.toString());
    return format === 'rss' ? (feed.items?.length ?? 0) : 0;
  },
  async feedparser(bytes) {
    let count = 0;
    for await (const item of Readable.from([bytes]).pipe(new FeedParser({}))) if (item) count++;
    return count;
  },
};

function bigFeed(): Buffer {
  const sentence = 'We study neural machinery and say at some length what came of it, in a few sentences more.';
  const items = Array.from(
    { length: 100_000 },
    (_, at) =>
      `<item><title>Item ${at} about &amp; models</title><link>https://big.example/p/${at}</link><guid isPermaLink="false">g-${at}</guid><pubDate>Sat, 07 Sep 2024 10:00:01 GMT</pubDate><description><![CDATA[<p>No. ${at}: ${sentence} See <a href="/x/${at}">the <b>paper</b></a>. ${sentence}</p>]]></description></item>`,
  );
  return Buffer.from(
    `<rss version="2.0"><channel><title>Big</title><link>https://big.example/</link>${items.join('')}</channel></rss>`,
  );
}

async function measure(name: string): Promise<void> {
  const bytes = bigFeed();
  const started = Date.now();
  const items = await readers[name]!(bytes);
  const seconds = (Date.now() - started) / 1000;
  const megabytes = bytes.length / 1e6;
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed();
  process.stdout.write(
    `${name.padEnd(10)} ${items} items, ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(1)} MB/s, peak ${peak} MB\n`,
  );
}

const [name] = process.argv.slice(2);
if (name !== undefined) await measure(name);
else {
  for (const reader of Object.keys(readers)) {
    spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), reader], { stdio: 'inherit' });
  }
}
