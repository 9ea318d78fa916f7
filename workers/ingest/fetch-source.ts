// A source -> what it answered: news, no news, or that it is gone.
import { PermanentError } from '../../core/errors.ts';
import { guardedFetch, type Fetched, type FetchOptions } from '../../core/http.ts';
import { isSameOrigin } from '../../core/same-origin.ts';
import type { DeadlineList } from '../../core/store/deadlines.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import { catchUpFrom, harvestArxiv } from './arxiv-harvest.ts';
import { parseArxiv } from './arxiv.ts';
import { parseDeadlines } from './deadlines.ts';
import { decodeText } from './decode.ts';
import { parseFeed } from './feed.ts';
import { findFeedLink } from './find-feed-link.ts';
import type { HostSlots } from './host-slots.ts';
import { blankFeed, type ParsedFeed, type ParsedItem } from './parsed-item.ts';
import type { Turnstile } from './politeness.ts';
import { readFolder } from './read-folder.ts';
import { parseYoutube } from './youtube.ts';

export interface Checking {
  allow: readonly string[];
  slots: HostSlots;
  turnstile: Turnstile;
  now: () => Date;
  stop: AbortSignal;
}

/** What a source answered; no feed when it said that nothing changed. */
export interface Answer {
  feed: ParsedFeed | undefined;
  /** Of a list of deadlines, which has no items. */
  deadlines?: DeadlineList;
  etag: string | null;
  lastModified: string | null;
  headers: Record<string, string>;
  permanentUrl: string | undefined;
  /** Where the feed was found that the page at the source's address names. */
  feedUrl?: string;
}

/** Whole archives come as one feed; what else is fetched is held to the 10 MB of `guardedFetch`. */
const maxFeedBytes = 64_000_000;
const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** Reads a source in its host's turn; throws Temporary- and PermanentError as `guardedFetch` and the parsers do. */
export async function fetchSource(source: SourceToCheck, checking: Checking): Promise<Answer | 'gone'> {
  const { kind, url, etag, lastModified } = source;
  if (kind === 'folder') {
    return { feed: await readFolder(url), etag: null, lastModified: null, headers: {}, permanentUrl: undefined };
  }
  const answer = await askInTurn(url, requestOf(source, checking), checking);
  const { headers, permanentUrl } = answer;
  if (!answer.notModified && answer.status === 410) return 'gone';
  const missed = kind === 'arxiv' ? await catchUp(source, checking) : [];
  if (answer.notModified) return { feed: missedFeed(missed, source), etag, lastModified, headers, permanentUrl };
  const text = textOf(answer);
  const feedUrl = kind === 'feed' ? namedFeed(source, text, answer.url) : undefined;
  if (feedUrl !== undefined) return readNamedFeed(source, feedUrl, checking);
  if (kind === 'deadlines') {
    const known = { etag: answer.etag, lastModified: answer.lastModified, headers, permanentUrl };
    return { feed: undefined, deadlines: parseDeadlines(textOf(answer)), ...known };
  }
  const parse = { arxiv: parseArxiv, youtube: parseYoutube, feed: parseFeed }[kind];
  const feed = await parse(text, answer.url);
  // The list knows the version, so what it says of a paper comes last.
  const items = [...missed, ...feed.items];
  return { feed: { ...feed, items }, etag: answer.etag, lastModified: answer.lastModified, headers, permanentUrl };
}

/** The feed that a page names; not on another origin when the source has headers or a secret, which would go there. */
function namedFeed(source: SourceToCheck, text: string, pageUrl: string): string | undefined {
  const found = findFeedLink(text, pageUrl);
  const isPrivate = source.secretHeader !== null || Object.keys(source.headers).length > 0;
  return found !== undefined && isPrivate && !isSameOrigin(source.url, found) ? undefined : found;
}

/** Whoever adds a source knows its page, seldom the address of its feed. */
async function readNamedFeed(source: SourceToCheck, feedUrl: string, checking: Checking): Promise<Answer> {
  const request = { ...requestOf(source, checking), etag: null, lastModified: null, answers: [] };
  const answer = await askInTurn(feedUrl, request, checking);
  if (answer.notModified) throw new PermanentError(`${feedUrl} answered 304 to an unconditional request`);
  const { etag, lastModified, headers } = answer;
  const feed = await parseFeed(textOf(answer), answer.url);
  return { feed, etag, lastModified, headers, permanentUrl: undefined, feedUrl };
}

function askInTurn(url: string, options: FetchOptions, { slots, turnstile, stop }: Checking) {
  return slots.inTurn(url, stop, () => turnstile.inTurn(url, stop, () => guardedFetch(url, options)));
}

/** The papers that a list announced while it was not read. */
async function catchUp(source: SourceToCheck, checking: Checking): Promise<ParsedItem[]> {
  const from = catchUpFrom(source, checking.now());
  if (from === undefined) return [];
  const { allow, stop } = checking;
  const ask = async (url: string): Promise<string> => {
    const answer = await askInTurn(url, { allow, stop, accept, timeoutMs: 90_000, maxBytes: 40_000_000 }, checking);
    if (answer.notModified) throw new PermanentError(`${url} answered 304 to an unconditional request`);
    return textOf(answer);
  };
  return harvestArxiv(source, from, { ask, stop });
}

function missedFeed(items: ParsedItem[], { asked }: SourceToCheck): ParsedFeed | undefined {
  return items.length === 0 ? undefined : { ...blankFeed, asked, items };
}

function textOf({ body, headers }: Fetched): string {
  return decodeText(body, headers['content-type']);
}

function requestOf(source: SourceToCheck, { allow, stop }: Checking): FetchOptions {
  const { etag, lastModified, userAgent, secretHeader, secret } = source;
  const headers = { ...source.headers, ...(secretHeader && secret ? { [secretHeader]: secret } : {}) };
  return {
    etag,
    lastModified,
    userAgent: userAgent ?? undefined,
    headers,
    allow,
    stop,
    accept,
    answers: [410],
    maxBytes: maxFeedBytes,
  };
}
