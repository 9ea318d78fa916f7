// The text of a feed -> one ParsedFeed through feedsmith, which has four shapes for four formats; pure.
import { parseFeed, type AtomFeed, type JsonFeed, type MediaNs, type RdfFeed, type RssFeed } from 'feedsmith';
import { escapeText } from './escape-text.ts';
import { blankItem, type ParsedFeed, type ParsedItem } from './parsed-item.ts';
import { readDate } from './read-date.ts';

/** Parses with feedsmith; throws its error for what it does not take. */
export function readWithFeedsmith(text: string): ParsedFeed {
  const parsed = parseFeed(text);
  if (parsed.format === 'rss') return fromRss(parsed.feed);
  if (parsed.format === 'rdf') return fromRdf(parsed.feed);
  if (parsed.format === 'atom') return fromAtom(parsed.feed);
  return fromJson(parsed.feed);
}

function fromRss(feed: RssFeed.Feed<string>): ParsedFeed {
  const { dc, sy, itunes, atom } = feed;
  return {
    title: feed.title ?? dc?.titles?.[0] ?? atom?.title?.value ?? null,
    link: feed.link ?? alternateOf(atom?.links) ?? null,
    description: feed.description ?? dc?.descriptions?.[0] ?? itunes?.summary ?? atom?.subtitle?.value ?? null,
    language: feed.language ?? dc?.languages?.[0] ?? feed.xml?.lang ?? null,
    id: atom?.id ?? null,
    updated: firstDate(feed.lastBuildDate, feed.pubDate, dc?.dates?.[0], atom?.updated),
    ttlMinutes: feed.ttl ?? minutesOf(sy?.updatePeriod, sy?.updateFrequency),
    items: (feed.items ?? []).map(fromRssItem),
  };
}

function fromRssItem(item: RssFeed.Item<string>): ParsedItem {
  const { dc, dcterms, itunes, media, atom, guid } = item;
  const isPermaLink = guid?.isPermaLink !== false && /^https?:/i.test(guid?.value ?? '');
  const authors = [...(item.authors ?? []).map(({ name, email }) => name ?? email), ...(dc?.creators ?? [])];
  return {
    ...blankItem,
    id: guid?.value ?? dc?.identifiers?.[0] ?? atom?.id ?? null,
    title: item.title ?? dc?.titles?.[0] ?? mediaOf(media).title ?? itunes?.title ?? atom?.title?.value ?? '',
    link:
      item.link ??
      (isPermaLink ? guid!.value! : undefined) ??
      alternateOf(atom?.links) ??
      item.enclosures?.[0]?.url ??
      null,
    summary:
      item.description ??
      dc?.descriptions?.[0] ??
      itunes?.summary ??
      mediaOf(media).description ??
      atom?.summary?.value ??
      null,
    content: item.content?.encoded ?? atom?.content?.value ?? null,
    authors: named(authors.length > 0 ? authors : [itunes?.author, ...(atom?.authors ?? []).map(({ name }) => name)]),
    published: firstDate(item.pubDate, dc?.dates?.[0], dcterms?.issued?.[0], dcterms?.created?.[0], atom?.published),
    updated: firstDate(dcterms?.modified?.[0], atom?.updated),
    language: dc?.languages?.[0] ?? item.xml?.lang ?? null,
    imageUrl:
      mediaOf(media).image ??
      itunes?.image ??
      item.enclosures?.find(({ type }) => type?.startsWith('image/'))?.url ??
      null,
    durationS: itunes?.duration ?? null,
  };
}

function fromRdf(feed: RdfFeed.Feed<string>): ParsedFeed {
  const { dc, sy } = feed;
  return {
    title: feed.title ?? dc?.titles?.[0] ?? null,
    link: feed.link ?? null,
    description: feed.description ?? dc?.descriptions?.[0] ?? null,
    language: dc?.languages?.[0] ?? feed.xml?.lang ?? null,
    id: feed.rdf?.about ?? null,
    updated: firstDate(dc?.dates?.[0], feed.dcterms?.modified?.[0], feed.atom?.updated),
    ttlMinutes: minutesOf(sy?.updatePeriod, sy?.updateFrequency),
    items: (feed.items ?? []).map(fromRdfItem),
  };
}

function fromRdfItem(item: RdfFeed.Item<string>): ParsedItem {
  const { dc, dcterms, rdf } = item;
  return {
    ...blankItem,
    id: rdf?.about ?? dc?.identifiers?.[0] ?? null,
    title: item.title ?? dc?.titles?.[0] ?? '',
    link: item.link ?? rdf?.about ?? null,
    summary: item.description ?? dc?.descriptions?.[0] ?? null,
    content: item.content?.encoded ?? null,
    authors: named(dc?.creators ?? []),
    published: firstDate(dc?.dates?.[0], dcterms?.issued?.[0], dcterms?.created?.[0]),
    updated: firstDate(dcterms?.modified?.[0]),
    language: dc?.languages?.[0] ?? null,
  };
}

function fromAtom(feed: AtomFeed.Feed<string>): ParsedFeed {
  const base = feed.xml?.base;
  return {
    title: feed.title?.value ?? null,
    link: joined(alternateOf(feed.links), base),
    description: feed.subtitle?.value ?? null,
    language: feed.xml?.lang ?? null,
    id: feed.id ?? null,
    updated: firstDate(feed.updated),
    ttlMinutes: minutesOf(feed.sy?.updatePeriod, feed.sy?.updateFrequency),
    items: (feed.entries ?? []).map((entry) => fromAtomEntry(entry, feed)),
  };
}

function fromAtomEntry(entry: AtomFeed.Entry<string>, feed: AtomFeed.Feed<string>): ParsedItem {
  const { dc, dcterms, media, content } = entry;
  const authors = entry.authors ?? entry.source?.authors ?? (dc?.creators ? [] : feed.authors) ?? [];
  const base = joined(entry.xml?.base ?? null, feed.xml?.base) ?? feed.xml?.base;
  return {
    ...blankItem,
    id: entry.id ?? null,
    title: entry.title?.value ?? mediaOf(media).title ?? dc?.titles?.[0] ?? '',
    titleType: entry.title?.type?.includes('html') ? 'html' : 'text',
    link: joined(alternateOf(entry.links) ?? content?.src ?? addressIn(entry.id), base),
    summary: htmlOf(entry.summary) ?? mediaDescriptionOf(media) ?? dc?.descriptions?.[0] ?? null,
    content: htmlOf(content),
    authors: named([...authors.map(({ name, email }) => name ?? email), ...(dc?.creators ?? [])]),
    published: firstDate(entry.published, dcterms?.issued?.[0], dcterms?.created?.[0], dc?.dates?.[0]),
    updated: firstDate(entry.updated, dcterms?.modified?.[0]),
    language: entry.xml?.lang ?? content?.xml?.lang ?? null,
    imageUrl: mediaOf(media).image ?? null,
    durationS: mediaOf(media).durationS ?? null,
    keys: entry.yt?.videoId ? [`video:${entry.yt.videoId}`] : [],
  };
}

function fromJson(feed: JsonFeed.Feed<string>): ParsedFeed {
  return {
    title: feed.title ?? null,
    link: feed.home_page_url ?? null,
    description: feed.description ?? null,
    language: feed.language ?? null,
    id: feed.feed_url ?? null,
    updated: null,
    ttlMinutes: null,
    items: (feed.items ?? []).map((item) => ({
      ...blankItem,
      id: item.id ?? item.url ?? null,
      title: item.title ?? '',
      titleType: 'text',
      link: item.url ?? item.external_url ?? null,
      summary: item.summary === undefined ? null : escapeText(item.summary),
      content: item.content_html ?? (item.content_text === undefined ? null : escapeText(item.content_text)),
      authors: named((item.authors ?? feed.authors ?? []).map(({ name }) => name)),
      published: firstDate(item.date_published),
      updated: firstDate(item.date_modified),
      language: item.language ?? null,
      imageUrl: item.image ?? item.banner_image ?? null,
      durationS: item.attachments?.find((part) => part.duration_in_seconds)?.duration_in_seconds ?? null,
    })),
  };
}

/** An Atom id that is a web address is where the entry is, when nothing else says so. */
function addressIn(id: string | undefined): string | null {
  return id !== undefined && /^https?:/i.test(id) ? id : null;
}

/** An Atom text as HTML: what is declared (or by default is) text gets escaped (RFC 4287, 3.1.1). */
function htmlOf(text: AtomFeed.Content | undefined): string | null {
  if (text?.value === undefined) return null;
  const isMarkup = /html|xml/i.test(text.type ?? '');
  return isMarkup ? text.value : escapeText(text.value);
}

function alternateOf(links: { href?: string; rel?: string; type?: string }[] | undefined): string | null {
  const alternates = (links ?? []).filter(({ href, rel }) => href && (rel ?? 'alternate') === 'alternate');
  const page = alternates.find(({ type }) => type === undefined || type.includes('html')) ?? alternates[0];
  return page?.href ?? links?.find(({ href, rel }) => href && rel !== 'self' && rel !== 'enclosure')?.href ?? null;
}

interface Media {
  title?: string | undefined;
  description?: string | undefined;
  image?: string | undefined;
  durationS?: number | undefined;
}

function mediaOf(media: MediaNs.ItemOrFeed | undefined): Media {
  const all = [media, ...(media?.groups ?? []), ...(media?.contents ?? [])];
  const first = <Value>(pick: (part: NonNullable<(typeof all)[number]>) => Value | undefined): Value | undefined =>
    all.map((part) => (part ? pick(part) : undefined)).find((value) => value !== undefined);
  return {
    title: first((part) => part.title?.value),
    description: first((part) => part.description?.value),
    image: first((part) => part.thumbnails?.[0]?.url),
    durationS: media?.contents?.find(({ duration }) => duration)?.duration,
  };
}

/** A media description is text unless it says otherwise, and YouTube's has line breaks that matter. */
function mediaDescriptionOf(media: MediaNs.ItemOrFeed | undefined): string | null {
  const { description } = mediaOf(media);
  return description === undefined ? null : escapeText(description).replace(/\r?\n/g, '<br>\n');
}

function named(names: (string | undefined)[]): string[] {
  return [...new Set(names.map((name) => name?.trim() ?? ''))].filter((name) => name !== '');
}

function firstDate(...values: (string | undefined)[]): Date | null {
  for (const value of values) {
    const date = readDate(value);
    if (date) return date;
  }
  return null;
}

const periods: Record<string, number> = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };

function minutesOf(period: string | undefined, frequency = 1): number | null {
  const minutes = periods[period?.toLowerCase() ?? ''];
  return minutes === undefined ? null : minutes / Math.max(1, frequency);
}

function joined(link: string | null, base: string | undefined): string | null {
  return link !== null && base !== undefined && URL.canParse(link, base) ? new URL(link, base).href : link;
}
