// What a source responded -> what it says of itself, then its items cleaned, in batches; runs in a thread.
import type { SourceKind } from '../../core/source-kinds.ts';
import type { NewItem } from '../../core/store/items.ts';
import { cleanFeed, type FeedHead } from './clean/clean-feed.ts';
import type { CleaningContext } from './clean/clean.ts';
import { settleDateOrder } from './dates/date-order.ts';
import { decodeText } from './clean/decode.ts';
import { blankFeed, type FileNote, type ParsedFeed, type ParsedItem } from './parsed-item.ts';
import { openKind } from './source-kind.ts';

export interface DocumentToRead {
  kind: SourceKind;
  /** Undefined when it has not changed, and there is only what was missed. */
  body: Uint8Array | undefined;
  contentType: string | undefined;
  /** Where it came from, after redirects. */
  url: string;
  /** Nothing was ever read of the source. */
  isFirst: boolean;
  /** What was read elsewhere of the same source and comes first, since a list knows the version of a paper. */
  missed: ParsedItem[];
  /** The files of a folder that took too much before. */
  passedOver?: readonly FileNote[];
  context: Omit<CleaningContext, 'language'>;
}

/** The parts of a reading, in the order they come: a head, and batches. */
export type ReadingPart = { head: FeedHead } | { items: NewItem[] };

/** Reads an answer as its kind does, and tells of each file before it; throws Temporary- and PermanentError as that does. */
export async function* readDocument(
  document: DocumentToRead,
  onFile?: (path: string) => void,
): AsyncGenerator<ReadingPart> {
  const feed = await parse(document, onFile);
  settleDateOrder(feed, document.context.now);
  if (document.missed.length > 0) feed.items = [...document.missed, ...feed.items];
  const { batches, ...head } = cleanFeed(feed, document.context);
  yield { head };
  for (const items of batches) yield { items };
}

async function parse(document: DocumentToRead, onFile?: (path: string) => void): Promise<ParsedFeed> {
  const { body, contentType, url, isFirst, context, passedOver } = document;
  if (body === undefined) return { ...blankFeed };
  const kind = await openKind(document.kind);
  const text = decodeText(body, contentType);
  // From here on the text is all there is of it in the thread.
  document.body = undefined;
  return kind.read({ text, url, now: context.now, isFirst, passedOver, onFile });
}
