// A feed as text -> the store, by the reader, the cleaner and the door of the product, without the thread around them.
import type { Database } from '../../../core/db.ts';
import { sql } from '../../../core/db.ts';
import type { NewItem } from '../../../core/store/items.ts';
import { readDocument, type DocumentToRead } from '../../../workers/ingest/read-document.ts';
import { takeItems } from '../../../workers/ingest/take-items.ts';

interface Post {
  title: string;
  link?: string;
  guid?: string;
  text?: string;
  /** As the feed writes it. */
  date?: string;
}

/** An RSS feed; what a post does not have is left out. */
export function rssOf(posts: readonly Post[]): string {
  const items = posts.map(({ title, link, guid, text = `${title}, told at length.`, date }) =>
    [
      `<item><title>${title}</title><description>${text}</description>`,
      link === undefined ? '' : `<link>${link.replaceAll('&', '&amp;')}</link>`,
      guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`,
      date === undefined ? '' : `<pubDate>${date}</pubDate>`,
      '</item>',
    ].join(''),
  );
  return `<rss version="2.0"><channel><title>Feed</title><link>https://home.example/</link>${items.join('')}</channel></rss>`;
}

/** One reading of a source; returns how many items were new and how many changed. */
export async function readIntoStore(
  db: Database,
  text: string,
  {
    sourceId = 1,
    kind = 'feed',
    now = new Date(),
  }: { sourceId?: number; kind?: DocumentToRead['kind']; now?: Date } = {},
): Promise<{ added: number; changed: number }> {
  const url = 'https://home.example/feed.xml';
  const body = Buffer.from(text);
  const parts = readDocument({ kind, body, contentType: 'application/xml', url, isFirst: false, missed: [], context: { url, now } }); // prettier-ignore
  const { value: first } = await parts.next();
  if (!first || !('head' in first)) throw new Error('no head came first');
  async function* batches(): AsyncGenerator<NewItem[]> {
    for await (const part of parts) if ('items' in part) yield part.items;
  }
  const known = await db.row(sql`select 1 from items where source_id = ${sourceId} limit 1`);
  const feed = { ...first.head, batches: batches() };
  const { added, changed } = await takeItems(db, {
    sourceId,
    isFirst: !known,
    at: now,
    feed,
    stop: AbortSignal.timeout(60_000),
  });
  return { added, changed };
}
