// What reading costs, beside an honest feed in the same run: both take longer on a busy machine.
import { parseFeed } from '../../../workers/ingest/feed.ts';

/** 9.5 MB; about a second of a quiet 2026 server core. */
const honest = `<rss><channel>${'<item><title>A &amp; B</title><link>/p</link><description>What came of it.</description></item>'.repeat(100_000)}`;

/** Processor time of this process in ms. */
export async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

let last = Infinity;

/** How many honest feeds could be read in this time; when it seems more than `most`, the feed is read anew: the machine may be slower now. */
export async function honestFeeds(ms: number, most: number): Promise<number> {
  if (last === Infinity || ms / last > most) last = await honestFeedMs();
  return ms / last;
}

/** What an honest feed of the size of the largest takes to read here and now. */
export function honestFeedMs(): Promise<number> {
  return cpuMs(() => parseFeed(honest, 'https://f.example/'));
}
