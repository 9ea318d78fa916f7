// Responses of arXiv (its API, its daily lists, OAI-PMH) -> papers; pure.
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { parseArxivList, splitAnnouncement } from './arxiv-list.ts';
import { parseArxivRecords } from './arxiv-oai.ts';
import { unfoldLines, paperItem, readPaperId } from './arxiv-paper.ts';
import { readArxivXml } from './arxiv-xml.ts';
import { blankFeed, type ParsedFeed, type ParsedItem } from '../parsed-item.ts';
import { readDate } from '../dates/read-date.ts';

interface Entry {
  id?: string;
  title?: string;
  summary?: string;
  published?: string;
  updated?: string;
  author?: { name?: string }[];
  category?: { term?: string }[];
  'arxiv:doi'?: string;
  'arxiv:comment'?: string;
  /** Of daily lists in Atom. */
  'arxiv:announce_type'?: string;
  'dc:creator'?: string;
}

interface ArxivResponse {
  feed?: { title?: string; updated?: string; 'opensearch:totalResults'?: string; entry?: Entry[] };
}

/**
 * Parses a response of the API, a daily list or records. All versions of a paper are one item, whose id has no version.
 * Throws PermanentError with arXiv's own words when it refuses the query, TemporaryError for a page that is empty by mistake.
 */
export function parseArxiv(text: string): ParsedFeed {
  const start = text.slice(0, 2000);
  if (/<rss[\s>]/i.test(start)) return parseArxivList(text);
  if (/<OAI-PMH[\s>]/.test(start)) return { ...blankFeed, language: 'en', items: parseArxivRecords(text).items };
  return parseResponse(text);
}

function parseResponse(text: string): ParsedFeed {
  const { feed } = readArxivXml(text) as ArxivResponse;
  if (!feed) throw new PermanentError('arXiv answered with something that is no Atom feed; correct the address');
  const entries = feed.entry ?? [];
  const refusal = entries.find(({ id, title }) => title === 'Error' || id?.includes('/api/errors'));
  if (refusal)
    throw new PermanentError(`arXiv refuses the query: ${unfoldLines(refusal.summary)}; correct the address`);
  if (entries.length === 0 && Number(feed['opensearch:totalResults'] ?? 0) > 0) {
    throw new TemporaryError('arXiv announced results and sent an empty page, which it does at times');
  }
  return {
    ...blankFeed,
    language: 'en',
    title: unfoldLines(feed.title),
    updated: readDate(feed.updated),
    items: entries.map(toPaper).filter((paper) => paper !== undefined),
  };
}

function toPaper(entry: Entry): ParsedItem | undefined {
  const paper = readPaperId(entry.id);
  if (paper === undefined) return undefined;
  const { abstract, announced } = splitAnnouncement(entry.summary, entry['arxiv:announce_type']);
  const names = entry.author?.map(({ name }) => name ?? '') ?? entry['dc:creator']?.split(/,\s+/) ?? [];
  return paperItem(paper, {
    title: entry.title,
    abstract,
    authors: names,
    categories: (entry.category ?? []).flatMap(({ term }) => term ?? []),
    doi: entry['arxiv:doi'],
    comment: entry['arxiv:comment'],
    // A daily list in Atom announces, and has none.
    hasComments: announced === undefined,
    published: readDate(entry.published),
    updated: readDate(entry.updated),
    announced,
  });
}
