// A web page -> the address of the feed it names by `<link rel="alternate">`; pure.
import { decodeHTMLStrict } from 'entities';

const feedTypes = /^(application\/(rss|atom|rdf|feed)\+(xml|json)|application\/(x\.)?(atom|rss)|text\/rss(\+xml)?)\b/i;

/** The address of the page's feed, that of its posts before that of its comments; undefined for what is no page, or names none. */
export function findFeedLink(text: string, url: string): string | undefined {
  if (!isPage(text)) return undefined;
  // Where a head ends; nobody has a longer one.
  const head = text.slice(0, 300_000);
  const links = [...head.matchAll(/<link\s([^<>]{1,2000})>/gi)].map(([, inside]) => attributesOf(inside!));
  const feeds = links.filter(
    ({ rel = '', type = '', href }) => /\balternate\b/i.test(rel) && feedTypes.test(type.trim()) && href,
  );
  const posts = feeds.find(({ title = '', href = '' }) => !/comment/i.test(`${title} ${href}`)) ?? feeds[0];
  if (!posts) return undefined;
  const base = attributesOf(/<base\s([^<>]{1,2000})>/i.exec(head)?.[1] ?? '')['href'];
  const found = resolve(posts['href']!, resolve(base ?? '', url) ?? url);
  return found === url ? undefined : found;
}

/** Whether a text is a web page. */
export function isPage(text: string): boolean {
  return /<html[\s>]|<!doctype html/i.test(text.slice(0, 3000));
}

function attributesOf(inside: string): Record<string, string> {
  const found = inside.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g);
  return Object.fromEntries(
    [...found].map(([, name, double, single, bare]) => [
      name!.toLowerCase(),
      decodeHTMLStrict(double ?? single ?? bare ?? ''),
    ]),
  );
}

/** Only the web. */
function resolve(href: string, base: string): string | undefined {
  if (!URL.canParse(href.trim(), base)) return undefined;
  const found = new URL(href.trim(), base).href;
  return /^https?:/.test(found) ? found : undefined;
}
