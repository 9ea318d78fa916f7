// DemoSource + now -> the body its address answers, in the format that source speaks; pure.
import { renderArxiv } from './arxiv-response.ts';
import { dateOf, newestDate, newestFirst } from './demo-dates.ts';
import type { DemoItem, DemoSource } from './demo-source.ts';
import { cdata, each, escapeXml } from './xml.ts';
import { renderYoutube } from './youtube-response.ts';

/** What a feed depends on besides its source: the clock at the start and its own address. */
type FeedContext = { now: Date; address: string };

/** The body of a source's address; dates are counted back from `now`, identifiers never change. */
export function renderFeed(source: DemoSource, context: FeedContext): string {
  switch (source.format) {
    case 'arxiv-atom':
      return renderArxiv(source, context.now);
    case 'youtube':
      return renderYoutube(source, context);
    case 'atom':
      return renderAtom(source, context);
    case 'json':
      return renderJson(source, context);
    case 'broken':
      return renderBroken(source);
    case 'rss-windows-1252':
      return renderRss(source, context, 'windows-1252');
    case 'rss':
    case 'late':
      return renderRss(source, context, 'UTF-8');
  }
}

function renderRss(source: DemoSource, { now, address }: FeedContext, charset: string): string {
  const items = newestFirst(source).map((item) => renderRssItem(item, now, charset === 'UTF-8'));
  return `<?xml version="1.0" encoding="${charset}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escapeXml(source.title)}</title>
    <link>${escapeXml(source.home)}</link>
    <description>${escapeXml(source.title)}</description>
    <language>${escapeXml(source.lang)}</language>
    <lastBuildDate>${newestDate(source, now).toUTCString()}</lastBuildDate>
    <atom:link href="${escapeXml(address)}" rel="self" type="application/rss+xml"/>
${items.join('')}  </channel>
</rss>
`;
}

function renderRssItem(item: DemoItem, now: Date, isCdata: boolean): string {
  const html = toHtml(item);
  const lang = item.lang === undefined ? [] : [item.lang];
  return `    <item>
      <title>${escapeXml(item.title)}</title>
      <link>${escapeXml(item.url)}</link>
      <guid isPermaLink="${item.id === item.url}">${escapeXml(item.id)}</guid>
      <pubDate>${dateOf(item, now).toUTCString()}</pubDate>
${each(item.authors, (name) => `      <dc:creator>${name}</dc:creator>\n`)}\
${each(lang, (code) => `      <dc:language>${code}</dc:language>\n`)}\
${each(item.categories, (name) => `      <category>${name}</category>\n`)}\
      <description>${isCdata ? cdata(html) : escapeXml(html)}</description>
    </item>
`;
}

function renderAtom(source: DemoSource, { now, address }: FeedContext): string {
  const entries = newestFirst(source).map((item) => renderAtomEntry(item, now));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(source.lang)}">
  <id>${escapeXml(source.home)}</id>
  <title>${escapeXml(source.title)}</title>
  <link rel="alternate" type="text/html" href="${escapeXml(source.home)}"/>
  <link rel="self" type="application/atom+xml" href="${escapeXml(address)}"/>
  <updated>${newestDate(source, now).toISOString()}</updated>
  <author><name>${escapeXml(source.title)}</name></author>
${entries.join('')}</feed>
`;
}

function renderAtomEntry(item: DemoItem, now: Date): string {
  const date = dateOf(item, now).toISOString();
  return `  <entry>
    <id>${escapeXml(item.id)}</id>
    <title>${escapeXml(item.title)}</title>
    <link rel="alternate" type="text/html" href="${escapeXml(item.url)}"/>
    <published>${date}</published>
    <updated>${date}</updated>
${each(item.authors, (name) => `    <author><name>${name}</name></author>\n`)}\
${each(item.categories, (name) => `    <category term="${name}"/>\n`)}\
    <content type="html">${escapeXml(toHtml(item))}</content>
  </entry>
`;
}

function renderJson(source: DemoSource, { now, address }: FeedContext): string {
  return JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: source.title,
      home_page_url: source.home,
      feed_url: address,
      language: source.lang,
      items: newestFirst(source).map((item) => ({
        id: item.id,
        url: item.url,
        title: item.title,
        content_html: toHtml(item),
        date_published: dateOf(item, now).toISOString(),
        authors: (item.authors ?? []).map((name) => ({ name })),
        tags: item.categories ?? [],
        ...(item.lang === undefined ? {} : { language: item.lang }),
      })),
    },
    null,
    2,
  );
}

/** What a proxy's error page looks like when it is cut off in the middle of the answer. */
function renderBroken(source: DemoSource): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<html><head><title>502 Bad Gateway | ${escapeXml(source.title)}</title>
<body><h1>502 Bad Gateway</h1><p>The upstream server answered nothing & closed the connection.<br>
<table><tr><td>Request id<td>7f3a`;
}

/** Text that is markup already stays as it is; plain text becomes paragraphs whose addresses are links. */
function toHtml(item: DemoItem): string {
  const padding =
    item.repeat === undefined ? '' : `<p>${'courant'.repeat(Math.ceil(item.repeat / 7)).slice(0, item.repeat)}</p>`;
  const text = item.text.trim();
  if (/<(p|a|div|img|script|iframe|style|ul|em|strong)[\s>]/i.test(text)) return text + padding;
  const paragraphs = text.split(/\n+/).map((paragraph) => {
    const linked = escapeXml(paragraph).replace(/https?:\/\/[^\s<>]*[^\s<>.,;:)]/g, '<a href="$&">$&</a>');
    return `<p>${linked}</p>`;
  });
  return paragraphs.join('\n') + padding;
}
