// What arXiv answers (Atom of its API, RSS of its daily lists) -> papers; pure.
import { XMLParser } from 'fast-xml-parser';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { escapeText } from './escape-text.ts';
import { parseFeed } from './feed.ts';
import { doiKey } from './keys.ts';
import { blankItem, type ParsedFeed, type ParsedItem } from './parsed-item.ts';
import { readDate } from './read-date.ts';

interface Entry {
  id?: string;
  title?: string;
  summary?: string;
  published?: string;
  updated?: string;
  author?: { name?: string }[];
  'arxiv:doi'?: string;
  'arxiv:comment'?: string;
}

interface Answer {
  feed?: { title?: string; updated?: string; 'opensearch:totalResults'?: string; entry?: Entry[] };
}

const parser = new XMLParser({
  parseTagValue: false,
  // Numeric references such as &#39; are only decoded with the HTML ones.
  htmlEntities: true,
  isArray: (name) => ['entry', 'author'].includes(name),
});

const idPattern = /(?:abs\/|oai:arXiv\.org:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/;

/**
 * Parses an answer of the API or a list. All versions of a paper are one item, whose id has no version.
 * Throws PermanentError with arXiv's own words when it refuses the query, TemporaryError for a page that is empty by mistake.
 */
export async function parseArxiv(text: string, url: string): Promise<ParsedFeed> {
  return /<rss[\s>]/i.test(text.slice(0, 2000)) ? parseList(text, url) : parseAnswer(text);
}

function parseAnswer(text: string): ParsedFeed {
  const { feed } = readXml(text);
  if (!feed) throw new PermanentError('arXiv answered with something that is no Atom feed; correct the address');
  const entries = feed.entry ?? [];
  const refusal = entries.find(({ id, title }) => title === 'Error' || id?.includes('/api/errors'));
  if (refusal) throw new PermanentError(`arXiv refuses the query: ${fold(refusal.summary)}; correct the address`);
  if (entries.length === 0 && Number(feed['opensearch:totalResults'] ?? 0) > 0) {
    throw new TemporaryError('arXiv announced results and sent an empty page, which it does at times');
  }
  return {
    title: fold(feed.title),
    link: null,
    description: null,
    language: 'en',
    id: null,
    updated: readDate(feed.updated),
    ttlMinutes: null,
    items: entries.map(toPaper).filter((paper) => paper !== undefined),
  };
}

function readXml(text: string): Answer {
  try {
    return parser.parse(text) as Answer;
  } catch (error) {
    throw new PermanentError('arXiv answered with broken XML; correct the address or wait', { cause: error });
  }
}

function toPaper(entry: Entry): ParsedItem | undefined {
  const id = idPattern.exec(entry.id ?? '')?.[1];
  if (id === undefined) return undefined;
  const comment = fold(entry['arxiv:comment']);
  // A comment counts pages, unless it says where the code is.
  const code = /https?:/.test(comment) ? `\n<p>${escapeText(comment)}</p>` : '';
  return {
    ...blankItem,
    ...paperOf(id),
    title: fold(entry.title),
    content: `<p>${escapeText(fold(entry.summary))}</p>${code}`,
    authors: (entry.author ?? []).map(({ name }) => fold(name)),
    published: readDate(entry.published),
    updated: readDate(entry.updated),
    keys: [`arxiv:${id.toLowerCase()}`, ...(entry['arxiv:doi'] ? [doiKey(entry['arxiv:doi'])] : [])],
  };
}

/** The daily list: new papers and cross-lists; what was merely replaced is no news. */
async function parseList(text: string, url: string): Promise<ParsedFeed> {
  const feed = await parseFeed(text, url);
  return { ...feed, language: 'en', items: feed.items.map(fromList).filter((paper) => paper !== undefined) };
}

function fromList(item: ParsedItem): ParsedItem | undefined {
  const id = idPattern.exec(item.id ?? '')?.[1] ?? idPattern.exec(item.link ?? '')?.[1];
  const [, announced, abstract] =
    /^arXiv:\S+\s+Announce Type:\s*([\w-]+)\s+Abstract:\s*([\s\S]*)$/.exec(item.summary ?? '') ?? [];
  if (id === undefined || announced?.startsWith('replace')) return undefined;
  return {
    ...item,
    ...paperOf(id),
    title: fold(item.title),
    content: `<p>${escapeText(fold(abstract ?? item.summary))}</p>`,
    summary: null,
    authors: item.authors.flatMap((names) => names.split(/,\s+/)),
    keys: [`arxiv:${id.toLowerCase()}`],
  };
}

function paperOf(id: string) {
  return { kind: 'paper', id, titleType: 'text', link: `https://arxiv.org/abs/${id}` } as const;
}

/** arXiv wraps titles and abstracts at 80 columns. */
function fold(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
