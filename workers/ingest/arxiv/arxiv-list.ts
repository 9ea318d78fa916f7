// arXiv's daily list (`rss.arxiv.org/rss/cs.CL+cs.LG`) -> the papers it announces; pure.
import { PermanentError } from '../../../core/errors.ts';
import { unfoldLines, paperItem, readPaperId } from './arxiv-paper.ts';
import { readArxivXml } from './arxiv-xml.ts';
import type { ArxivAnnouncement } from '../../../core/store/items.ts';
import { blankFeed, type ParsedFeed, type ParsedItem } from '../parsed-item.ts';
import { skipped } from '../politeness/refresh-hints.ts';
import { readDate } from '../dates/read-date.ts';

interface ListItem {
  title?: string;
  link?: string;
  description?: string;
  guid?: string;
  category?: string[];
  pubDate?: string;
  'dc:creator'?: string;
  'arxiv:announce_type'?: string;
  'arxiv:DOI'?: string;
}

interface List {
  rss?: { channel?: { title?: string; pubDate?: string; skipDays?: { day?: string[] }; item?: ListItem[] } };
}

/**
 * Parses a daily list. Cross-listed papers are as new here as new ones; replaced ones are revisions, news only to whoever has
 * them. A list without papers is a weekend or a holiday.
 */
export function parseArxivList(text: string): ParsedFeed {
  const channel = (readArxivXml(text) as List).rss?.channel;
  if (!channel) throw new PermanentError('arXiv answered with a list that has no channel; correct the address');
  return {
    ...blankFeed,
    title: unfoldLines(channel.title) || null,
    language: 'en',
    updated: readDate(channel.pubDate),
    asked: skipped([], channel.skipDays?.day ?? []),
    items: (channel.item ?? []).map(toPaper).filter((paper) => paper !== undefined),
  };
}

function toPaper(item: ListItem): ParsedItem | undefined {
  const paper = readPaperId(item.guid) ?? readPaperId(item.link);
  if (paper === undefined) return undefined;
  const { abstract, announced } = splitAnnouncement(item.description, item['arxiv:announce_type']);
  return paperItem(paper, {
    title: item.title,
    abstract,
    authors: (item['dc:creator'] ?? '').split(/,\s+/).filter((name) => name !== ''),
    categories: (item.category ?? []).filter((name) => typeof name === 'string'),
    doi: item['arxiv:DOI'],
    comment: undefined,
    hasComments: false,
    published: readDate(item.pubDate),
    updated: null,
    announced,
  });
}

/**
 * Splits "arXiv:2609.09159v1 Announce Type: new Abstract: ..." as lists have it; `named` is the element that says the
 * type again. `replace-cross` is a replaced paper whose home is another list.
 */
export function splitAnnouncement(
  summary: string | undefined,
  named?: string,
): { abstract: string | undefined; announced: ArxivAnnouncement | undefined } {
  const [, type, abstract] =
    /^\s*arXiv:\S+\s+Announce Type:\s*([\w-]+)\s+Abstract:\s*([\s\S]*)$/.exec(summary ?? '') ?? [];
  const announced = /^(new|cross|replace)/.exec(named?.trim() ?? type ?? '')?.[1] as ArxivAnnouncement | undefined;
  return { abstract: abstract ?? summary, announced };
}
