// A YouTube DemoSource -> what youtube.com/feeds/videos.xml answers; pure.
import { createHash } from 'node:crypto';
import { dateOf, isoSeconds, newestFirst } from './demo-dates.ts';
import type { DemoItem, DemoSource } from './demo-source.ts';
import { each, escapeXml } from './xml.ts';

/** A made-up channel id of YouTube's shape, the same on every start: 22 characters, without the leading "UC". */
export function channelIdOf(slug: string): string {
  return createHash('sha256').update(`courant demo ${slug}`).digest('base64url').slice(0, 22);
}

/** Atom with media:group; the feed's own channel id lacks its "UC", those of the entries have it. */
export function renderYoutube(source: DemoSource, { now, address }: { now: Date; address: string }): string {
  const channelId = channelIdOf(source.slug);
  const entries = newestFirst(source).map((item) =>
    renderEntry({ ...item, authors: item.authors ?? [source.title] }, now, `UC${channelId}`),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="${escapeXml(address)}"/>
 <id>yt:channel:${channelId}</id>
 <yt:channelId>${channelId}</yt:channelId>
 <title>${escapeXml(source.title)}</title>
 <link rel="alternate" href="https://www.youtube.com/channel/UC${channelId}"/>
 <author>
  <name>${escapeXml(source.title)}</name>
  <uri>https://www.youtube.com/channel/UC${channelId}</uri>
 </author>
 <published>2015-01-01T00:00:00+00:00</published>
${entries.join('')}</feed>
`;
}

function renderEntry(item: DemoItem, now: Date, channelId: string): string {
  const date = isoSeconds(dateOf(item, now)).replace('Z', '+00:00');
  const id = escapeXml(item.id);
  const title = escapeXml(item.title);
  const uri = `https://www.youtube.com/channel/${channelId}`;
  return ` <entry>
  <id>yt:video:${id}</id>
  <yt:videoId>${id}</yt:videoId>
  <yt:channelId>${channelId}</yt:channelId>
  <title>${title}</title>
  <link rel="alternate" href="${escapeXml(item.url)}"/>
${each(item.authors, (name) => `  <author>\n   <name>${name}</name>\n   <uri>${uri}</uri>\n  </author>\n`)}\
  <published>${date}</published>
  <updated>${date}</updated>
  <media:group>
   <media:title>${title}</media:title>
   <media:content url="https://www.youtube.com/v/${id}?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="https://i1.ytimg.com/vi/${id}/hqdefault.jpg" width="480" height="360"/>
   <media:description>${escapeXml(item.text)}</media:description>
  </media:group>
 </entry>
`;
}
