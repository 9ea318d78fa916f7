// A source -> what it answered: news, no news, or that it is gone.
import { guardedFetch, type FetchOptions } from '../../core/http.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import { parseArxiv } from './arxiv.ts';
import { decodeText } from './decode.ts';
import { parseFeed } from './feed.ts';
import type { HostSlots } from './host-slots.ts';
import type { ParsedFeed } from './parsed-item.ts';
import { readFolder } from './read-folder.ts';
import { parseYoutube } from './youtube.ts';

export interface Checking {
  allow: readonly string[];
  slots: HostSlots;
  waitTurn: (url: string, stop: AbortSignal) => Promise<void>;
  stop: AbortSignal;
}

/** What a source answered; no feed when it said that nothing changed. */
export interface Answer {
  feed: ParsedFeed | undefined;
  etag: string | null;
  lastModified: string | null;
  headers: Record<string, string>;
  permanentUrl: string | undefined;
}

const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** Reads a source in its host's turn; throws Temporary- and PermanentError as `guardedFetch` and the parsers do. */
export async function fetchSource(source: SourceToCheck, checking: Checking): Promise<Answer | 'gone'> {
  const { kind, url, etag, lastModified } = source;
  const { slots, waitTurn, stop } = checking;
  if (kind === 'folder') {
    return { feed: await readFolder(url), etag: null, lastModified: null, headers: {}, permanentUrl: undefined };
  }
  const answer = await slots.inTurn(url, stop, async () => {
    await waitTurn(url, stop);
    return guardedFetch(url, requestOf(source, checking));
  });
  const { headers, permanentUrl } = answer;
  if (answer.notModified) return { feed: undefined, etag, lastModified, headers, permanentUrl };
  if (answer.status === 410) return 'gone';
  const text = decodeText(answer.body, headers['content-type']);
  const parse = { arxiv: parseArxiv, youtube: parseYoutube, feed: parseFeed }[kind];
  const feed = await parse(text, answer.url);
  return { feed, etag: answer.etag, lastModified: answer.lastModified, headers, permanentUrl };
}

function requestOf(source: SourceToCheck, { allow, stop }: Checking): FetchOptions {
  const { etag, lastModified, userAgent, secretHeader, secret } = source;
  const headers = { ...source.headers, ...(secretHeader && secret ? { [secretHeader]: secret } : {}) };
  return { etag, lastModified, userAgent: userAgent ?? undefined, headers, allow, stop, accept, answers: [410] };
}
