// A source -> what it answers, as its kind asks: in its host's turn, guarded, with its own headers; nothing is read here.
import { guardedFetch, type FetchOptions } from '../../core/http.ts';
import type { Queryable } from '../../core/db.ts';
import { nextMails, noteOnSource } from '../../core/store/incoming-mails.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import type { HostSlots } from './politeness/host-slots.ts';
import type { Turnstile } from './politeness/arxiv-pace.ts';
import { readFeedFile } from './read-feed-file.ts';
import { readForeign } from './read-foreign.ts';
import type { RecordCheck } from './record-together.ts';
import { outcomeOf, type Outcome, type KindOfSource } from './source-kind.ts';

export interface FetchContext {
  allow: readonly string[];
  /** Where arXiv's records are, where an operator says so. */
  oaiUrl?: string | undefined;
  slots: HostSlots;
  turnstile: Turnstile;
  record: RecordCheck;
  now: () => Date;
  stop: AbortSignal;
}

/** Whole archives come as one feed; what else is fetched is held to the 10 MB of `guardedFetch`. */
const mostBytesOfFeed = 64_000_000;
const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** Asks a source as its kind does; throws Temporary- and PermanentError as `guardedFetch` does. */
export async function fetchSource(
  kind: KindOfSource,
  source: SourceToCheck,
  { db, slots, turnstile, allow, oaiUrl, now, stop }: FetchContext & { db: Queryable },
): Promise<Outcome> {
  const own = { ...requestOf(source), maxBytes: kind.mostBytes ?? mostBytesOfFeed, accept, allow, stop, now };
  const ask = async (url: string, options: Partial<FetchOptions> = {}) =>
    url.startsWith('file:')
      ? readFeedFile(url, own.maxBytes)
      : slots.inTurn(url, stop, () => turnstile.inTurn(url, stop, () => guardedFetch(url, { ...own, ...options })));
  if (kind.fetch) {
    const mails = (after: number) => nextMails(db, { sourceId: source.id, after });
    const note = (words: string) => noteOnSource(db, { sourceId: source.id, note: words });
    return kind.fetch(source, { ask, read: (text) => readForeign(text, stop), mails, note, oaiUrl, now, stop });
  }
  return outcomeOf(await ask(source.url), source);
}

/** As its curator set it; that it is gone is an answer. */
function requestOf({
  etag,
  lastModified,
  userAgent,
  headers,
  secretHeader,
  secret,
}: SourceToCheck): Omit<FetchOptions, 'now'> {
  return {
    etag,
    lastModified,
    userAgent: userAgent ?? undefined,
    headers: { ...headers, ...(secretHeader && secret ? { [secretHeader]: secret } : {}) },
    expectedStatuses: [410],
  };
}
