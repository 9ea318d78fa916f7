// The body that a source answered with -> what its feed says of itself, then its items cleaned, in batches; pure.
import { isSameOrigin } from '../../core/same-origin.ts';
import type { NewItem } from '../../core/store/items.ts';
import { parseArxiv } from './arxiv.ts';
import { cleanFeed, type FeedHead } from './clean-feed.ts';
import type { Door } from './clean.ts';
import { decodeText } from './decode.ts';
import { parseFeed } from './feed.ts';
import { findFeedLink } from './find-feed-link.ts';
import { parseYoutube } from './youtube.ts';

export interface AnswerToRead {
  kind: 'arxiv' | 'youtube' | 'feed';
  body: Uint8Array;
  contentType: string | undefined;
  /** Where it came from, after redirects. */
  url: string;
  /** Whether a page may name a feed instead: anywhere, on the origin of the source only, or not at all. */
  mayName: 'any' | 'own' | 'none';
  door: Omit<Door, 'language'>;
}

/** The parts of a reading, in the order they come: the address of another feed alone, or a head and batches. */
export type Told = { feedUrl: string } | { head: FeedHead } | { items: NewItem[] };

/** Reads an answer; throws Temporary- and PermanentError as the parsers do. */
export async function* readAnswer(answer: AnswerToRead): AsyncGenerator<Told> {
  const { kind, url, door } = answer;
  const text = decodeText(answer.body, answer.contentType);
  // In a thread the text is all there is of it now.
  answer.body = new Uint8Array();
  const feedUrl = namedFeed(answer, text);
  if (feedUrl !== undefined) return yield { feedUrl };
  const parse = { arxiv: parseArxiv, youtube: parseYoutube, feed: parseFeed }[kind];
  const { batches, ...head } = cleanFeed(await parse(text, url), door);
  yield { head };
  for await (const items of batches) yield { items };
}

function namedFeed({ kind, url, mayName, door }: AnswerToRead, text: string): string | undefined {
  if (kind !== 'feed' || mayName === 'none') return undefined;
  const found = findFeedLink(text, url);
  return found !== undefined && mayName === 'own' && !isSameOrigin(door.url, found) ? undefined : found;
}
