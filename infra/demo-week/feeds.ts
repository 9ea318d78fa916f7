/** DemoSource + now -> the body its address answers, in the format that source speaks; pure. */
import { createHash } from 'node:crypto'
import type { DemoItem, DemoSource } from './demo-source.ts'

export type FeedContext = { now: Date; address: string }

/** The body of a source's address; dates are counted back from `now`, identifiers never change. */
export function renderFeed(source: DemoSource, context: FeedContext): string {
  switch (source.format) {
    case 'arxiv-atom':
      return renderArxiv(source, context)
    case 'youtube':
      return renderYoutube(source, context)
    case 'atom':
      return renderAtom(source, context)
    case 'json':
      return renderJson(source, context)
    case 'broken':
      return renderBroken(source)
    case 'rss-windows-1252':
      return renderRss(source, context, 'windows-1252')
    case 'rss':
    case 'late':
      return renderRss(source, context, 'UTF-8')
  }
}

/** When an item was published. */
export function dateOf(item: DemoItem, now: Date): Date {
  const ms = now.getTime() - item.hoursAgo * 3_600_000
  return new Date(ms - (ms % 1000))
}

/** The newest date among a source's items, or `now` when it has none. */
export function newestDate(source: DemoSource, now: Date): Date {
  const times = source.items.map((item) => dateOf(item, now).getTime())
  return times.length === 0 ? now : new Date(Math.max(...times))
}

/** A made-up channel id of YouTube's shape, the same on every start: 22 characters, without the leading "UC". */
export function channelIdOf(slug: string): string {
  return createHash('sha256').update(`courant demo ${slug}`).digest('base64url').slice(0, 22)
}

function renderRss(source: DemoSource, { now, address }: FeedContext, charset: string): string {
  const items = newestFirst(source).map(
    (item) => `
    <item>
      <title>${escapeXml(item.title)}</title>
      <link>${escapeXml(item.url)}</link>
      <guid isPermaLink="${item.id === item.url}">${escapeXml(item.id)}</guid>
      <pubDate>${dateOf(item, now).toUTCString()}</pubDate>${each(item.authors, (name) => `
      <dc:creator>${escapeXml(name)}</dc:creator>`)}${item.lang === undefined ? '' : `
      <dc:language>${escapeXml(item.lang)}</dc:language>`}${each(item.categories, (name) => `
      <category>${escapeXml(name)}</category>`)}
      <description>${charset === 'UTF-8' ? cdata(toHtml(item)) : escapeXml(toHtml(item))}</description>
    </item>`,
  )
  return `<?xml version="1.0" encoding="${charset}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escapeXml(source.title)}</title>
    <link>${escapeXml(source.home)}</link>
    <description>${escapeXml(source.title)}</description>
    <language>${escapeXml(source.lang)}</language>
    <lastBuildDate>${newestDate(source, now).toUTCString()}</lastBuildDate>
    <atom:link href="${escapeXml(address)}" rel="self" type="application/rss+xml"/>${items.join('')}
  </channel>
</rss>
`
}

function renderAtom(source: DemoSource, { now, address }: FeedContext): string {
  const entries = newestFirst(source).map(
    (item) => `
  <entry>
    <id>${escapeXml(item.id)}</id>
    <title>${escapeXml(item.title)}</title>
    <link rel="alternate" type="text/html" href="${escapeXml(item.url)}"/>
    <published>${dateOf(item, now).toISOString()}</published>
    <updated>${dateOf(item, now).toISOString()}</updated>${atomAuthors(item)}${each(item.categories, (name) => `
    <category term="${escapeXml(name)}"/>`)}
    <content type="html">${escapeXml(toHtml(item))}</content>
  </entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(source.lang)}">
  <id>${escapeXml(source.home)}</id>
  <title>${escapeXml(source.title)}</title>
  <link rel="alternate" type="text/html" href="${escapeXml(source.home)}"/>
  <link rel="self" type="application/atom+xml" href="${escapeXml(address)}"/>
  <updated>${newestDate(source, now).toISOString()}</updated>
  <author><name>${escapeXml(source.title)}</name></author>${entries.join('')}
</feed>
`
}

/** As export.arxiv.org/api/query answers since 2026: https links, a version behind every id, categories before authors. */
function renderArxiv(source: DemoSource, { now }: FeedContext): string {
  const entries = newestFirst(source).map((item) => {
    const versioned = `${item.id}v${item.version ?? 1}`
    const date = isoSeconds(dateOf(item, now))
    const terms = item.categories ?? ['cs.LG']
    return `
  <entry>
    <id>http://arxiv.org/abs/${escapeXml(versioned)}</id>
    <title>${escapeXml(item.title)}</title>
    <updated>${date}</updated>
    <link href="https://arxiv.org/abs/${escapeXml(versioned)}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${escapeXml(versioned)}" rel="related" type="application/pdf" title="pdf"/>
    <summary>${escapeXml(item.text)}</summary>${each(terms, (term) => `
    <category term="${escapeXml(term)}" scheme="http://arxiv.org/schemas/atom"/>`)}
    <published>${date}</published>
    <arxiv:primary_category term="${escapeXml(terms[0] ?? 'cs.LG')}"/>${atomAuthors(item)}
  </entry>`
  })
  const count = source.items.length
  const query = `search_query=cat:${source.slug}&start=0&max_results=100`
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/${channelIdOf(source.slug)}</id>
  <title>arXiv Query: ${escapeXml(query)}</title>
  <updated>${isoSeconds(newestDate(source, now))}</updated>
  <link href="${escapeXml(`https://arxiv.org/api/query?${query}`)}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>
  <opensearch:totalResults>${count}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>${entries.join('')}
</feed>
`
}

/** As youtube.com/feeds/videos.xml answers: the channel id lacks its "UC" on the feed and has it on the entries. */
function renderYoutube(source: DemoSource, { now, address }: FeedContext): string {
  const channelId = channelIdOf(source.slug)
  const channelUrl = `https://www.youtube.com/channel/UC${channelId}`
  const entries = newestFirst(source).map((item) => {
    const date = isoSeconds(dateOf(item, now)).replace('Z', '+00:00')
    const [id, title] = [escapeXml(item.id), escapeXml(item.title)]
    return `
    <entry>
        <id>yt:video:${id}</id>
        <yt:videoId>${id}</yt:videoId>
        <yt:channelId>UC${channelId}</yt:channelId>
        <title>${title}</title>
        <link rel="alternate" href="${escapeXml(item.url)}"/>${each(item.authors ?? [source.title], (name) => `
        <author>
            <name>${escapeXml(name)}</name>
            <uri>${channelUrl}</uri>
        </author>`)}
        <published>${date}</published>
        <updated>${date}</updated>
        <media:group>
            <media:title>${title}</media:title>
            <media:content url="https://www.youtube.com/v/${id}?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
            <media:thumbnail url="https://i1.ytimg.com/vi/${id}/hqdefault.jpg" width="480" height="360"/>
            <media:description>${escapeXml(item.text)}</media:description>
        </media:group>
    </entry>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
    <link rel="self" href="${escapeXml(address)}"/>
    <id>yt:channel:${channelId}</id>
    <yt:channelId>${channelId}</yt:channelId>
    <title>${escapeXml(source.title)}</title>
    <link rel="alternate" href="${channelUrl}"/>
    <author>
        <name>${escapeXml(source.title)}</name>
        <uri>${channelUrl}</uri>
    </author>
    <published>2015-01-01T00:00:00+00:00</published>${entries.join('')}
</feed>
`
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
  )
}

/** What a proxy's error page looks like when it is cut off in the middle of the answer. */
function renderBroken(source: DemoSource): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<html><head><title>502 Bad Gateway | ${escapeXml(source.title)}</title>
<body><h1>502 Bad Gateway</h1><p>The upstream server answered nothing & closed the connection.<br>
<table><tr><td>Request id<td>7f3a`
}

function newestFirst(source: DemoSource): DemoItem[] {
  return source.items.toSorted((a, b) => a.hoursAgo - b.hoursAgo)
}

function atomAuthors(item: DemoItem): string {
  return each(item.authors, (name) => `
    <author>
      <name>${escapeXml(name)}</name>
    </author>`)
}

/** Text that is markup already stays as it is; plain text becomes paragraphs whose addresses are links. */
function toHtml(item: DemoItem): string {
  const padding = item.repeat === undefined ? '' : `<p>${'courant'.repeat(Math.ceil(item.repeat / 7)).slice(0, item.repeat)}</p>`
  const text = item.text.trim()
  if (/<(p|a|div|img|script|iframe|style|ul|em|strong)[\s>]/i.test(text)) return text + padding
  const paragraphs = text.split(/\n+/).map((paragraph) => {
    const linked = escapeXml(paragraph).replace(/https?:\/\/[^\s<>]*[^\s<>.,;:)]/g, '<a href="$&">$&</a>')
    return `<p>${linked}</p>`
  })
  return paragraphs.join('\n') + padding
}

function each(names: string[] | undefined, render: (name: string) => string): string {
  return (names ?? []).map(render).join('')
}

function isoSeconds(date: Date): string {
  return date.toISOString().replace('.000', '')
}

function cdata(text: string): string {
  return `<![CDATA[${dropControls(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

function escapeXml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return dropControls(text).replace(/[&<>"']/g, (char) => names[char] ?? char)
}

/** XML 1.0 has no way to write most control characters (section 2.2), not even escaped. */
function dropControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
}
