// The text of a feed -> items: RSS, Atom, RDF and JSON Feed in one shape, by feedsmith, else by feedparser.
import { PermanentError } from '../../core/errors.ts';
import { readWithFeedparser } from './feedparser-feed.ts';
import { readWithFeedsmith } from './feedsmith-feed.ts';
import type { ParsedFeed, ParsedItem } from './parsed-item.ts';

/**
 * Parses a feed; `url` is where it was found, against which relative links are resolved.
 * Throws PermanentError with one line that says what the text is instead.
 */
export async function parseFeed(text: string, url?: string): Promise<ParsedFeed> {
  const feed = await readFeed(text.replace(/^[\s\0\ufeff]+/, ''), url);
  const base = resolveLink(feed.link, url) ?? url;
  return { ...feed, link: base ?? feed.link, items: feed.items.map((item) => withResolvedLinks(item, base)) };
}

async function readFeed(text: string, url: string | undefined): Promise<ParsedFeed> {
  if (text === '') throw new PermanentError('the answer is empty, not a feed');
  let reason: unknown;
  try {
    const feed = readWithFeedsmith(text);
    // feedsmith takes a torn feed without a word and finds nothing in it.
    if (feed.items.length > 0 || !/<(\w+:)?(item|entry)[\s>]/i.test(text)) return feed;
  } catch (error) {
    reason = error;
  }
  try {
    return await readWithFeedparser(text, url);
  } catch (error) {
    throw new PermanentError(describe(text), { cause: reason ?? error });
  }
}

/** What a text is that is no feed, so that the one who added the source knows what to correct. */
function describe(text: string): string {
  const start = text.slice(0, 3000);
  if (/<html[\s>]|<!doctype html/i.test(start)) {
    const title = /<title[^>]*>([^<]{0,80})/i.exec(start)?.[1]?.trim();
    return `this is an HTML page${title ? ` ("${title}")` : ''}, not a feed; give the address of its feed`;
  }
  if (/<opml[\s>]/i.test(start)) return 'this is an OPML list of feeds, not a feed; import it instead';
  if (/^\s*[{[]/.test(text)) return 'this is JSON, but no JSON Feed';
  if (/^\s*</.test(text)) return 'this is XML, but neither RSS, Atom nor RDF';
  return `this is not a feed; it begins with ${JSON.stringify(text.slice(0, 40))}`;
}

function withResolvedLinks(item: ParsedItem, base: string | undefined): ParsedItem {
  return { ...item, link: resolveLink(item.link, base), imageUrl: resolveLink(item.imageUrl, base) };
}

function resolveLink(link: string | null, base: string | undefined): string | null {
  if (!link) return null;
  // An address that is whole already is kept letter by letter: it may be an identifier.
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return link;
  return base !== undefined && URL.canParse(link, base) ? new URL(link, base).href : link;
}
