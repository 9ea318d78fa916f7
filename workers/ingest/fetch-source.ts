// A source -> what it answered: news, no news, or that it is gone.
import { PermanentError } from '../../core/errors.ts';
import { guardedFetch, type Fetched, type FetchOptions } from '../../core/http.ts';
import type { DeadlineList } from '../../core/store/deadlines.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import { catchUpFrom, harvestArxiv } from './arxiv-harvest.ts';
import { cleanFeed, type CleanFeed } from './clean-feed.ts';
import type { Door } from './clean.ts';
import { parseDeadlines } from './deadlines.ts';
import { decodeText } from './decode.ts';
import type { HostSlots } from './host-slots.ts';
import { blankFeed, type ParsedItem } from './parsed-item.ts';
import type { Turnstile } from './politeness.ts';
import { readAnswer, type AnswerToRead, type Told } from './read-answer.ts';
import { readFolder } from './read-folder.ts';
import { readInThread } from './read-in-thread.ts';

export interface Checking {
  allow: readonly string[];
  slots: HostSlots;
  turnstile: Turnstile;
  now: () => Date;
  stop: AbortSignal;
}

/** What a source answered; no feed when it said that nothing changed. */
export interface Answer {
  feed: CleanFeed | undefined;
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
  const door = doorOf(source, checking);
  if (kind === 'folder') {
    const feed = cleanFeed(await readFolder(url), door);
    return { feed, etag: null, lastModified: null, headers: {}, permanentUrl: undefined };
  }
  const answer = await askInTurn(url, requestOf(source, checking), checking);
  const { headers, permanentUrl } = answer;
  if (!answer.notModified && answer.status === 410) return 'gone';
  const missed = kind === 'arxiv' ? await catchUp(source, checking) : [];
  const missedFeed =
    missed.length > 0 ? cleanFeed({ ...blankFeed, asked: source.asked, items: missed }, door) : undefined;
  if (answer.notModified) return { feed: missedFeed, etag, lastModified, headers, permanentUrl };
  const known = { etag: answer.etag, lastModified: answer.lastModified, headers, permanentUrl };
  if (kind === 'deadlines') return { feed: undefined, deadlines: parseDeadlines(textOf(answer)), ...known };
  const read = await readFeed(answer, { kind, door, mayName: isPrivate(source) ? 'own' : 'any' }, checking.stop);
  if (typeof read === 'string') return readNamedFeed(source, read, checking);
  return { feed: missedFeed ? joined(missedFeed, read) : read, ...known };
}

/** Longer answers take more than 50 ms to read. */
const threadBytes = 200_000;

/** The feed in an answer, its items cleaned while they are taken; or the address of the one that a page names. */
async function readFeed(
  { body, headers, url }: Fetched,
  reading: Pick<AnswerToRead, 'kind' | 'door' | 'mayName'>,
  stop: AbortSignal,
): Promise<CleanFeed | string> {
  const answer = { ...reading, body, contentType: headers['content-type'], url };
  const parts = body.length > threadBytes ? readInThread(answer, stop) : readAnswer(answer);
  const { value: first } = await parts.next();
  if (first && 'head' in first) return { ...first.head, batches: itemsOf(parts) };
  await parts.return(undefined);
  return (first as { feedUrl: string }).feedUrl;
}

async function* itemsOf(parts: AsyncIterable<Told>) {
  for await (const part of parts) if ('items' in part) yield part.items;
}

/** The list knows the version, so what it says of a paper comes last. */
function joined(missed: CleanFeed, list: CleanFeed): CleanFeed {
  async function* batches() {
    yield* missed.batches;
    yield* list.batches;
  }
  return { ...list, count: missed.count + list.count, ids: [...missed.ids, ...list.ids], batches: batches() };
}

/** Names in a directory are below it only when its address ends with a slash. */
function doorOf({ kind, url, language }: SourceToCheck, { now }: Checking): Omit<Door, 'language'> {
  return { url: kind === 'folder' ? `${url.replace(/\/$/, '')}/` : url, fixedLanguage: language, now: now() };
}

/** A page's feed is not looked for on another origin when the source has headers or a secret, which would go there. */
function isPrivate({ secretHeader, headers }: SourceToCheck): boolean {
  return secretHeader !== null || Object.keys(headers).length > 0;
}

/** Whoever adds a source knows its page, seldom the address of its feed. */
async function readNamedFeed(source: SourceToCheck, feedUrl: string, checking: Checking): Promise<Answer> {
  const request = { ...requestOf(source, checking), etag: null, lastModified: null, answers: [] };
  const answer = await askInTurn(feedUrl, request, checking);
  if (answer.notModified) throw new PermanentError(`${feedUrl} answered 304 to an unconditional request`);
  const { etag, lastModified, headers } = answer;
  const reading = { kind: 'feed', door: doorOf(source, checking), mayName: 'none' } as const;
  const feed = (await readFeed(answer, reading, checking.stop)) as CleanFeed;
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
