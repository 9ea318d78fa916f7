// How sources of a kind are asked and read: one file of kinds/ for each row of core/source-kinds.ts, found by its name.
import { PermanentError } from '../../core/errors.ts';
import type { Fetched, FetchOptions, NotModified } from '../../core/http.ts';
import { isSourceKind, type SourceKind } from '../../core/source-kinds.ts';
import type { IncomingMail } from '../../core/store/incoming-mails.ts';
import type { SourceCheck, SourceToCheck } from '../../core/store/sources.ts';
import type { Move } from './politeness/believe-move.ts';
import type { FeedHead } from './clean/clean-feed.ts';
import type { FileNote, ParsedFeed, ParsedItem } from './parsed-item.ts';
import type { ForeignKind, ForeignText, ReadAs } from './read-foreign-text.ts';

/** What a source has to say, as text; a folder has none, and is read where it lies. */
interface SourceText {
  text: string;
  /** Where it came from, after redirects. */
  url: string;
  now: Date;
  /** Nothing was ever read of the source. */
  isFirst: boolean;
  /** Of a folder: what is not to be read again, and whom to tell of each file before it is read. */
  passedOver?: readonly FileNote[] | undefined;
  onFile?: ((path: string) => void) | undefined;
}

export interface KindOfSource {
  /** Reads the response, in a thread: pure, but for folders. Throws Temporary- and PermanentError. */
  read: (response: SourceText) => ParsedFeed | Promise<ParsedFeed>;
  /** Asks the source, and reads nothing of what it says; left out: its address is asked. */
  fetch?: (source: SourceToCheck, asking: SourceAsking) => Promise<Outcome>;
  /** Of a response; 64 MB when left out. */
  mostBytes?: number;
  /** Against what its own links are meant: its address when left out. */
  baseOf?: (url: string) => string;
  /** What it makes of the rhythm of its items; left out: what the rhythm says. `feed` is undefined when nothing changed. */
  judge?: (seen: { source: SourceToCheck; feed: FeedHead | undefined; rhythm: Health }) => Health;
  /** Whom its news concern beside those who wait for items. */
  followUps?: readonly FollowUpJob[];
}

type Health = Exclude<SourceCheck['health'], 'broken'>;
/** The jobs that news lead to. */
export type FollowUpJob = 'items.embed' | 'transcripts.fetch';

/** With what a kind asks. */
export interface SourceAsking {
  /** Asks an address in its host's turn, as the source is asked (headers, secret, since when); throws as `guardedFetch`. */
  ask: (url: string, options?: Partial<FetchOptions>) => Promise<Fetched | NotModified>;
  /** Reads what was responded on the way, in a thread. */
  read: <Kind extends ForeignKind>(text: ForeignText<Kind>) => Promise<ReadAs<Kind>>;
  /** The mails of a source that were not read yet, behind the one with this id; and what its curator has to do. */
  mails: (after: number) => Promise<IncomingMail[]>;
  note: (words: string) => Promise<void>;
  /** Where arXiv's records are, where an operator says so. */
  oaiUrl?: string | undefined;
  now: () => Date;
  stop: AbortSignal;
}

/** What came of asking. */
export type Outcome =
  | SourceResponse
  /** Its publisher says that it is gone for good. */
  | { is: 'gone' }
  /** A page stands where a feed was, and names one: how often it did, to be believed later. */
  | { is: 'page'; names: string; move: Omit<Move, 'isBelieved'> };

export interface SourceResponse {
  is: 'response';
  /** To be read; undefined when nothing has changed. */
  body: Uint8Array | undefined;
  contentType: string | undefined;
  /** Where it came from, after redirects. */
  url: string;
  /** What was read elsewhere of the same source, and comes first. */
  missed: ParsedItem[];
  etag: string | null;
  lastModified: string | null;
  headers: Record<string, string>;
  permanentUrl: string | undefined;
  /** Where the feed was found that the page at the source's address names. */
  feedUrl?: string;
}

/** What `guardedFetch` got, as an outcome; what did not change keeps its marks. */
export function outcomeOf(fetched: Fetched | NotModified, source: SourceToCheck): Outcome {
  const { headers, permanentUrl } = fetched;
  const known = {
    is: 'response',
    missed: [],
    headers,
    permanentUrl,
    contentType: headers['content-type'],
  } as const;
  if (fetched.notModified) {
    const { url, etag, lastModified } = source;
    return { ...known, missed: [], body: undefined, url, etag, lastModified };
  }
  const { status, body, url, etag, lastModified } = fetched;
  return status === 410 ? { is: 'gone' } : { ...known, missed: [], body, url, etag, lastModified };
}

/** The file of a kind. Only what is read is loaded: threads and processes that meet no folder never load its readers. */
export async function openKind(kind: SourceKind): Promise<KindOfSource> {
  // A newer program beside this one may have added it.
  if (!isSourceKind(kind)) {
    throw new PermanentError(
      `this Courant cannot read sources of the kind "${String(kind)}"; start the version that can`,
    );
  }
  const file = (await import(`./kinds/${kind}.ts`)) as { kindOfSource: KindOfSource };
  return file.kindOfSource;
}
