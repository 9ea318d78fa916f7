// A source -> what it answered: news, no news, or that it is gone.
import { PermanentError } from '../../core/errors.ts';
import { guardedFetch, type Fetched, type FetchOptions } from '../../core/http.ts';
import type { DeadlineList } from '../../core/store/deadlines.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import { believePage, type Move } from './believe-move.ts';
import { catchUpFrom, harvestArxiv } from './arxiv-harvest.ts';
import { decodeText } from './decode.ts';
import type { HostSlots } from './host-slots.ts';
import type { ParsedItem } from './parsed-item.ts';
import type { Turnstile } from './politeness.ts';
import type { AnswerToRead } from './read-answer.ts';
import { readFeedFile } from './read-feed-file.ts';
import { readForeign } from './read-foreign.ts';
import { readInThread, type Reading } from './read-in-thread.ts';
import type { RecordCheck } from './record-together.ts';

export interface Checking {
  allow: readonly string[];
  slots: HostSlots;
  turnstile: Turnstile;
  record: RecordCheck;
  now: () => Date;
  stop: AbortSignal;
}

/** What a source answered; no feed when it said that nothing changed. */
export interface Answer {
  feed: Reading | undefined;
  /** Of a list of deadlines, which has no items. */
  deadlines?: DeadlineList;
  etag: string | null;
  lastModified: string | null;
  headers: Record<string, string>;
  permanentUrl: string | undefined;
  /** Where the feed was found that the page at the source's address names. */
  feedUrl?: string;
}

/** A page stands where a feed was, and names one: how often it did, to be believed later. */
export interface PageInstead {
  page: Omit<Move, 'isBelieved'> & { names: string };
}

/** Whole archives come as one feed; what else is fetched is held to the 10 MB of `guardedFetch`. */
const maxFeedBytes = 64_000_000;
/** Five thousand deadlines; nobody keeps more in a list. */
const maxDeadlineBytes = 1_000_000;
const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** Reads a source in its host's turn; throws Temporary- and PermanentError as `guardedFetch` and the parsers do. */
export async function fetchSource(source: SourceToCheck, checking: Checking): Promise<Answer | PageInstead | 'gone'> {
  const { kind, url, etag, lastModified } = source;
  const { stop } = checking;
  const read = (answer: Partial<AnswerToRead>) => readInThread({ ...blankAnswer(source, checking), ...answer }, stop);
  if (kind === 'folder') {
    const feed = (await read({ kind })) as Reading;
    return { feed, etag: null, lastModified: null, headers: {}, permanentUrl: undefined };
  }
  const answer = url.startsWith('file:')
    ? await readFeedFile(url, maxFeedBytes)
    : await askInTurn(url, requestOf(source, checking), checking);
  const { headers, permanentUrl } = answer;
  if (!answer.notModified && answer.status === 410) return 'gone';
  const missed = kind === 'arxiv' ? await catchUp(source, checking) : [];
  if (answer.notModified) {
    const feed = missed.length > 0 ? { ...((await read({ missed })) as Reading), asked: source.asked } : undefined;
    return { feed, etag, lastModified, headers, permanentUrl };
  }
  const known = { etag: answer.etag, lastModified: answer.lastModified, headers, permanentUrl };
  if (kind === 'deadlines')
    return {
      feed: undefined,
      deadlines: await readForeign({ kind: 'deadlines', input: textOf(answer) }, stop),
      ...known,
    };
  const feed = await read({ kind, ...bodyOf(answer), mayName: isPrivate(source) ? 'own' : 'any', missed });
  if (typeof feed !== 'string') return { feed, ...known };
  // Who adds a source may give its page; once it has been a feed, a page in its place is mostly a fault of the moment.
  const { isBelieved, ...page } = believePage(source, feed);
  return source.lastSuccessAt === null || isBelieved
    ? readNamedFeed(source, feed, checking)
    : { page: { ...page, names: feed } };
}

function bodyOf({ body, headers, url }: Fetched) {
  return { body, contentType: headers['content-type'], url };
}

function blankAnswer(source: SourceToCheck, { now }: Checking): AnswerToRead {
  const { url, lastSuccessAt } = source;
  const isFirst = lastSuccessAt === null;
  const door = { url: placeOf(source), fixedLanguage: source.language, now: now() };
  return {
    kind: 'missed',
    body: new Uint8Array(),
    contentType: undefined,
    url,
    mayName: 'none',
    isFirst,
    missed: [],
    door,
  };
}

/** Names in a directory are below it only when its address ends with a slash. */
function placeOf({ kind, url }: SourceToCheck): string {
  return kind === 'folder' ? `${url.replace(/\/$/, '')}/` : url;
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
  const reading = { ...blankAnswer(source, checking), ...bodyOf(answer), kind: 'feed' } as const;
  const feed = (await readInThread(reading, checking.stop)) as Reading;
  return { feed, etag, lastModified, headers, permanentUrl: undefined, feedUrl };
}

function askInTurn(url: string, options: FetchOptions, { slots, turnstile, stop, now }: Checking) {
  return slots.inTurn(url, stop, () => turnstile.inTurn(url, stop, () => guardedFetch(url, { ...options, now })));
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
    maxBytes: source.kind === 'deadlines' ? maxDeadlineBytes : maxFeedBytes,
  };
}
