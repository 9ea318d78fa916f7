// The same documents as four readers see them: ours as `courant parse` shows it, and three libraries, each as its manual says.
import { Readable } from 'node:stream';
import { parseOne } from '../../../services/cli/parse-one.ts';

interface Document {
  path: string;
  file: string;
  contentType: string | null;
  bytes: Buffer;
}

type Row = Record<string, unknown>;

/** A document -> `{ feed, items }` in the names of the benchmark, or `{ error }`; what throws is an error, too. */
export type ReadDocument = (document: Document) => Promise<Row>;

const idle = async (): Promise<Row> => ({});

export const readers: Record<string, () => Promise<ReadDocument>> = {
  'start of the process': async () => idle,
  courant: async () => async (document) => (await parseOne(document)) as Row,
  async 'rss-parser'() {
    const { default: Parser } = await import('rss-parser');
    const parser = new Parser();
    return async ({ bytes }) => {
      const { items, ...feed } = await parser.parseString(bytes.toString('utf8'));
      return {
        feed: { ...feed, id: feed['id'], updated: feed['lastBuildDate'] },
        items: items.map((item) => ({
          ...item,
          id: item.guid ?? (item as Row)['id'],
          summary: item.summary ?? item.contentSnippet,
          author: item.creator ?? (item as Row)['author'],
          published: item.isoDate ?? item.pubDate,
        })),
      };
    };
  },
  async feedsmith() {
    const { parseFeed } = await import('feedsmith');
    return async ({ bytes }) => {
      const { feed } = parseFeed(bytes.toString('utf8')) as { feed: Row };
      const items = (feed['items'] ?? feed['entries'] ?? []) as Row[];
      return { feed: headOf(feed), items: items.map(itemOf) };
    };
  },
  async feedparser() {
    const { default: FeedParser } = await import('feedparser');
    return ({ bytes }) =>
      new Promise((resolve, reject) => {
        const items: Row[] = [];
        const parser = new FeedParser({});
        parser.on('error', reject);
        parser.on('readable', () => {
          for (let item = parser.read() as Row | null; item; item = parser.read() as Row | null) items.push(item);
        });
        parser.on('end', () => {
          const meta = parser.meta as unknown as Row | undefined;
          if (!meta) return reject(new Error('no feed'));
          resolve({
            feed: { ...meta, id: meta['guid'], updated: meta['date'] },
            items: items.map((item) => ({ ...item, id: item['guid'], content: item['description'], published: item['pubdate'], updated: item['date'] })), // prettier-ignore
          });
        });
        Readable.from([bytes]).pipe(parser);
      });
  },
};

/** Feedsmith keeps the names of each format. */
function headOf(feed: Row): Row {
  return {
    title: textOf(feed['title']),
    link: feed['link'] ?? linkOf(feed['links']) ?? feed['home_page_url'],
    description: textOf(feed['description'] ?? feed['subtitle'] ?? feed['tagline']),
    language: feed['language'],
    id: feed['id'],
    updated: feed['updated'] ?? feed['lastBuildDate'] ?? feed['modified'],
  };
}

function itemOf(item: Row): Row {
  const guid = item['guid'] as { value?: string } | string | undefined;
  const authors = (item['authors'] ?? []) as ({ name?: string } | string)[];
  const content = item['content'] as Row | string | undefined;
  const dc = item['dc'] as Row | undefined;
  return {
    id: item['id'] ?? (typeof guid === 'object' ? guid.value : guid),
    title: textOf(item['title']),
    link: item['link'] ?? linkOf(item['links']) ?? item['url'],
    summary: textOf(item['description'] ?? item['summary']),
    content: textOf((typeof content === 'object' ? content['encoded'] : undefined) ?? content) ?? item['content_html'],
    author: authors.map((one) => (typeof one === 'string' ? one : one.name)).join(', ') || dc?.['creator'],
    published: item['pubDate'] ?? item['published'] ?? item['issued'] ?? item['date_published'] ?? dc?.['date'],
    updated: item['updated'] ?? item['modified'],
  };
}

function textOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? ((value as Row)['value'] ?? undefined) : value;
}

function linkOf(links: unknown): unknown {
  const list = (links ?? []) as { rel?: string; href?: string }[];
  return (list.find(({ rel }) => rel === undefined || rel === 'alternate') ?? list[0])?.href;
}
