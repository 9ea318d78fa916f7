// The text of a feed -> items: RSS, Atom, RDF, CDF and JSON Feed in one shape; pure.
// An own reader, since a library that builds the whole tree takes 1 GB for a feed of 44 MB, and none reads every format.
import { PermanentError } from '../../core/errors.ts';
import { settleDois } from './claimed-dois.ts';
import { isPage } from './pages/find-feed-link.ts';
import { readJsonFeed } from './json-feed.ts';
import type { ParsedFeed, ParsedItem } from './parsed-item.ts';
import { readXmlFeed } from './xml/xml-feed.ts';

/**
 * Parses a feed; `url` is where it was found, against which relative links are resolved.
 * Throws PermanentError with one line that says what the text is instead.
 */
export async function parseFeed(text: string, url?: string): Promise<ParsedFeed> {
  const { self = null, ...feed } = readFeed(text.replace(/^[\s\0\ufeff]+/, ''), url);
  const base = resolveLink(feed.link, url) ?? url;
  const homes = new Set([url ?? null, base ?? null, resolveLink(self, url)].flatMap((home) => bareAddress(home) ?? []));
  for (const item of feed.items) {
    resolveLinks(item, { base, homes });
    settleDois(item, url);
  }
  return { ...feed, link: base ?? feed.link };
}

function readFeed(text: string, url: string | undefined): ParsedFeed {
  if (text === '') throw new PermanentError('the answer is empty, not a feed');
  const feed = text.startsWith('{') ? readJsonFeed(text) : readXmlFeed(text, url);
  if (!feed) throw new PermanentError(describe(text, { isFile: url?.startsWith('file:') === true }));
  return feed;
}

/** What a text is that is no feed, so that the one who added the source knows what to correct. Of a file of this machine nothing is quoted. */
function describe(text: string, { isFile }: { isFile: boolean }): string {
  const start = text.slice(0, 3000);
  if (isPage(start)) {
    const title = /<title[^<>]*>([^<]{0,80})/i.exec(start)?.[1]?.trim();
    return `this is an HTML page${title && !isFile ? ` ("${title}")` : ''}, not a feed, and it names none; give the address of its feed`;
  }
  if (/<opml[\s>]/i.test(start)) return 'this is an OPML list of feeds, not a feed; import it instead';
  if (/^\s*[{[]/.test(text)) return 'this is JSON, but no JSON Feed';
  if (/^\s*</.test(text)) return 'this is XML, but neither RSS, Atom nor RDF';
  return isFile
    ? 'this is no feed (RSS, Atom, RDF or JSON Feed); put one there or delete the source'
    : `this is not a feed; it begins with ${JSON.stringify(text.slice(0, 40))}`;
}

/** In place: of 100,000 items a copy is 20 MB. */
function resolveLinks(item: ParsedItem, { base, homes }: { base: string | undefined; homes: Set<string> }): void {
  item.link = resolveLink(item.link, base);
  if (item.ownLinks) {
    // Where hosts of podcasts have no page for an episode, they repeat the address of the feed or of the show.
    const links = [item.link, ...item.ownLinks.map((link) => resolveLink(link, base))];
    item.link = links.find((link) => !homes.has(bareAddress(link) ?? '')) ?? item.link;
    const recording = item.ownLinks.at(-1);
    if (recording !== undefined) item.recording = recording;
    delete item.ownLinks;
  }
  item.imageUrl = resolveLink(item.imageUrl, base);
}

function resolveLink(link: string | null, base: string | undefined): string | null {
  if (!link) return null;
  // An address that is whole already is kept letter by letter: it may be an identifier.
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return link;
  return base !== undefined && URL.canParse(link, base) ? new URL(link, base).href : link;
}

/** Without what does not tell one page from another: scheme, "www.", a slash at the end, a fragment. */
function bareAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { hostname, port, pathname, search } = new URL(address);
  return `${hostname.replace(/^www\./, '')}:${port}${pathname.replace(/\/$/, '')}${search}`;
}
