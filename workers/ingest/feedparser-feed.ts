// The text of a feed that feedsmith refuses -> one ParsedFeed, through npm feedparser, which forgives torn XML; pure.
import { Readable } from 'node:stream';
import FeedParser from 'feedparser';
import { blankItem, type ParsedFeed, type ParsedItem } from './parsed-item.ts';

/** Parses with feedparser; throws its error when it finds no feed at all. */
export async function readWithFeedparser(text: string, url: string | undefined): Promise<ParsedFeed> {
  const parser = new FeedParser(url === undefined ? {} : { feedurl: url });
  const items: ParsedItem[] = [];
  let failure: unknown;
  // What it read before the tear is worth keeping.
  parser.on('error', (error: unknown) => (failure ??= error));
  parser.on('data', (item: FeedParser.Item) => items.push(toItem(item)));
  await new Promise<void>((resolve) => {
    parser.on('end', resolve).on('close', resolve);
    // Text is UTF-8 by now, whatever its declaration says.
    Readable.from([Buffer.from(text.replace(/^(<\?xml[^>]*?)\s+encoding=["'][^"']*["']/i, '$1'))]).pipe(parser);
  });
  const { meta } = parser as { meta?: Partial<FeedParser.Meta> };
  // An empty feed is one all the same, when its root says so.
  if (!meta?.['#type']) throw failure ?? new Error('no feed found');
  return {
    title: meta.title ?? null,
    link: meta.link || null,
    description: meta.description ?? null,
    language: meta.language ?? null,
    id: null,
    updated: validDate(meta.date),
    ttlMinutes: null,
    items,
  };
}

function toItem(item: FeedParser.Item): ParsedItem {
  return {
    ...blankItem,
    id: item.guid ?? null,
    title: item.title ?? '',
    link: item.origlink || item.link || null,
    summary: item.summary ?? null,
    content: item.description ?? null,
    authors: item.author ? [item.author] : [],
    published: validDate(item.pubdate),
    updated: validDate(item.date),
    imageUrl: item.image?.url ?? null,
  };
}

function validDate(date: Date | null | undefined): Date | null {
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date : null;
}
