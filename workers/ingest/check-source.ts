// One source -> its new items in the store, and on its row how it fares.
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { guardedFetch } from '../../core/http.ts';
import { recentDates, saveItems } from '../../core/store/items.ts';
import { recordCheck, sourceById, type Source } from '../../core/store/sources.ts';
import { parseArxiv } from './arxiv.ts';
import { cleanItem } from './clean.ts';
import { decodeText } from './decode.ts';
import { parseFeed } from './feed.ts';
import type { ParsedFeed } from './parsed-item.ts';
import { readFolder } from './read-folder.ts';
import { nextCheck, nextCheckAfterFailure } from './retry-schedule.ts';
import { judgeRhythm } from './source-rhythm.ts';
import { parseYoutube } from './youtube.ts';

export interface Checking {
  allow: readonly string[];
  waitTurn: (url: string, stop: AbortSignal) => Promise<void>;
  stop: AbortSignal;
}

/** What a source answered; no feed when it said that nothing changed. */
interface Answer {
  feed: ParsedFeed | undefined;
  etag: string | null;
  lastModified: string | null;
  cacheControl: string | undefined;
}

/** Looks at one source. Whatever goes wrong is on its row afterwards, with the time of the next try; only a bug is thrown. */
export async function checkSource(house: House, sourceId: number, checking: Checking): Promise<void> {
  const source = await sourceById(house.db, sourceId);
  if (source?.status !== 'active') return;
  const started = Date.now();
  try {
    const counts = await readSource(house, source, checking);
    house.log.info({ event: 'source.checked', sourceId, ...counts, ms: Date.now() - started });
    if (counts.added + counts.changed === 0) return;
    await house.queue.ring('items.embed', {});
    if (source.kind === 'youtube') await house.queue.ring('transcripts.fetch', {});
  } catch (error) {
    if (checking.stop.aborted) return;
    await recordFailure(house, source, error);
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
  }
}

async function readSource({ db, now }: House, source: Source, checking: Checking) {
  const { feed, etag, lastModified, cacheControl } = await fetchSource(source, checking);
  const at = now();
  const door = { url: placeOf(source), language: feed?.language ?? null, now: at };
  const items = (feed?.items ?? []).map((item) => cleanItem(item, door)).filter((item) => item !== undefined);
  const counts = items.length > 0 ? await saveItems(db, source.id, items) : { added: 0, changed: 0 };
  const health = judgeRhythm(await recentDates(db, source.id), at);
  const nextCheckAt = nextCheck(source, at, { ttlMinutes: feed?.ttlMinutes ?? null, cacheControl });
  const title = feed?.title ? { title: feed.title.slice(0, 200) } : {};
  await recordCheck(db, { sourceId: source.id, at, nextCheckAt, health, etag, lastModified, ...title });
  return { ...counts, items: items.length, health };
}

/** Names in a directory are below it only when its address ends with a slash. */
function placeOf({ kind, url }: Source): string {
  return kind === 'folder' ? `${url.replace(/\/$/, '')}/` : url;
}

async function fetchSource(source: Source, { allow, waitTurn, stop }: Checking): Promise<Answer> {
  const { kind, url, etag, lastModified } = source;
  if (kind === 'folder')
    return { feed: await readFolder(url), etag: null, lastModified: null, cacheControl: undefined };
  await waitTurn(url, stop);
  const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
  const answer = await guardedFetch(url, { etag, lastModified, allow, stop, accept });
  const cacheControl = answer.headers['cache-control'];
  if (answer.notModified) return { feed: undefined, etag, lastModified, cacheControl };
  const text = decodeText(answer.body, answer.headers['content-type']);
  const parse = { arxiv: parseArxiv, youtube: parseYoutube, feed: parseFeed }[kind];
  return { feed: await parse(text, answer.url), etag: answer.etag, lastModified: answer.lastModified, cacheControl };
}

async function recordFailure({ db, log, now }: House, source: Source, error: unknown): Promise<void> {
  const at = now();
  const retryAfterMs = error instanceof TemporaryError ? error.retryAfterMs : undefined;
  const nextCheckAt = nextCheckAfterFailure(source, at, retryAfterMs);
  await recordCheck(db, { sourceId: source.id, at, nextCheckAt, health: 'broken', error: messageOf(error) });
  log.warn({ event: 'source.failed', sourceId: source.id, message: messageOf(error), nextCheckAt });
}
