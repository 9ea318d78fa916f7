// What a source answered -> what its feed says of itself, then its items cleaned, in batches; runs in a thread.
import { isSameOrigin } from '../../core/same-origin.ts';
import type { NewItem } from '../../core/store/items.ts';
import { parseArxiv } from './arxiv.ts';
import { cleanFeed, type FeedHead } from './clean-feed.ts';
import type { Door } from './clean.ts';
import { settleDateOrder } from './date-order.ts';
import { decodeText } from './decode.ts';
import { parseFeed } from './feed.ts';
import { findFeedLink } from './find-feed-link.ts';
import { blankFeed, type ParsedFeed, type ParsedItem } from './parsed-item.ts';
import { readFolder } from './read-folder.ts';
import { parseYoutube } from './youtube.ts';

export interface AnswerToRead {
  /** How the body is read; a folder has none, and papers that were missed come without a list when it has not changed. */
  kind: 'arxiv' | 'youtube' | 'feed' | 'folder' | 'missed';
  body: Uint8Array;
  contentType: string | undefined;
  /** Where it came from, after redirects. */
  url: string;
  /** Whether a page may name a feed instead: anywhere, on the origin of the source only, or not at all. */
  mayName: 'any' | 'own' | 'none';
  /** Nothing was ever read of the source. */
  isFirst?: boolean;
  /** What was read elsewhere of the same source and comes first, since a list knows the version of a paper. */
  missed: ParsedItem[];
  door: Omit<Door, 'language'>;
}

/** The parts of a reading, in the order they come: the address of another feed alone, or a head and batches. */
export type Told = { feedUrl: string } | { head: FeedHead } | { items: NewItem[] };

const parsers = { arxiv: parseArxiv, youtube: parseYoutube, feed: parseFeed };

/** Reads an answer; throws Temporary- and PermanentError as the parsers do. */
export async function* readAnswer(answer: AnswerToRead): AsyncGenerator<Told> {
  const feed = await parse(answer);
  if (typeof feed === 'string') return yield { feedUrl: feed };
  settleDateOrder(feed, answer.door.now);
  if (answer.missed.length > 0) feed.items = [...answer.missed, ...feed.items];
  const { batches, ...head } = cleanFeed(feed, answer.door);
  yield { head };
  for (const items of batches) yield { items };
}

async function parse(answer: AnswerToRead): Promise<ParsedFeed | string> {
  const { kind, url } = answer;
  if (kind === 'missed') return { ...blankFeed };
  if (kind === 'folder') return readFolder(url, { now: answer.door.now, isFirst: answer.isFirst ?? false });
  const text = decodeText(answer.body, answer.contentType);
  // From here on the text is all there is of it in the thread.
  answer.body = new Uint8Array();
  return namedFeed(answer, text) ?? parsers[kind](text, url);
}

function namedFeed({ kind, url, mayName, door }: AnswerToRead, text: string): string | undefined {
  if (kind !== 'feed' || mayName === 'none') return undefined;
  const found = findFeedLink(text, url);
  return found !== undefined && mayName === 'own' && !isSameOrigin(door.url, found) ? undefined : found;
}
