// arXiv's records over OAI-PMH 2.0 (`metadataPrefix=arXiv`) -> papers and where the next page is; pure.
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { unfoldLines, paperItem, readPaperId } from './arxiv-paper.ts';
import { readArxivXml } from './arxiv-xml.ts';
import type { ParsedItem } from '../parsed-item.ts';
import { readDate } from '../dates/read-date.ts';

interface Metadata {
  id?: string;
  created?: string;
  updated?: string;
  authors?: { author?: { keyname?: string | string[]; forenames?: string; suffix?: string }[] };
  title?: string;
  categories?: string;
  comments?: string;
  doi?: string;
  abstract?: string;
}

interface Records {
  record?: { metadata?: { arXiv?: Metadata } }[];
  resumptionToken?: string;
}

interface OaiResponse {
  'OAI-PMH'?: { error?: string; ListRecords?: Records; GetRecord?: Records };
}

export interface RecordsPage {
  items: ParsedItem[];
  /** Asks for the next page; undefined at the end. */
  token: string | undefined;
}

/**
 * Parses a page of records, which come by the day they were last modified: what was submitted before `newSince` is a
 * revision of something older. Nothing that matches is an empty page; deleted records are passed over.
 * Throws TemporaryError for a token that has run out, PermanentError with arXiv's own words for other refusals.
 */
export function parseArxivRecords(text: string, { newSince }: { newSince?: Date } = {}): RecordsPage {
  const response = (readArxivXml(text) as OaiResponse)['OAI-PMH'];
  if (response === undefined) throw new PermanentError('arXiv answered with something that is no OAI-PMH');
  if (response.error !== undefined) return refuse(text, unfoldLines(response.error));
  const records = response.ListRecords ?? response.GetRecord ?? {};
  const items = (records.record ?? []).flatMap(({ metadata }) => toPaper(metadata?.arXiv, newSince) ?? []);
  return { items, token: records.resumptionToken?.trim() || undefined };
}

/** An answer may hold several errors (OAI-PMH 2.0, 3.6): where nothing matched, what else is said of the query is moot. */
function refuse(text: string, words: string): RecordsPage {
  const codes = [...new Set([...text.matchAll(/<error\s[^<>]*?code\s*=\s*["'](\w+)["']/g)].map(([, code]) => code!))];
  if (codes.includes('noRecordsMatch')) return { items: [], token: undefined };
  if (codes.length > 0 && codes.every((code) => code === 'badResumptionToken')) {
    throw new TemporaryError(`arXiv lost its place in the records: ${words}`);
  }
  throw new PermanentError(
    `arXiv refuses to list records (${codes.join(', ') || 'no code'}): ${words}; correct the categories`,
  );
}

function toPaper(metadata: Metadata | undefined, newSince: Date | undefined): ParsedItem | undefined {
  const paper = readPaperId(metadata?.id);
  if (metadata === undefined || paper === undefined) return undefined;
  const created = readDate(metadata.created);
  return paperItem(paper, {
    title: metadata.title,
    abstract: metadata.abstract,
    authors: (metadata.authors?.author ?? []).map(nameOf),
    categories: unfoldLines(metadata.categories).split(' ').filter(Boolean),
    doi: metadata.doi,
    comment: metadata.comments,
    hasComments: true,
    published: created,
    updated: readDate(metadata.updated),
    isRevision: newSince !== undefined && created !== null && created < newSince,
  });
}

function nameOf({ forenames, keyname, suffix }: { forenames?: string; keyname?: string | string[]; suffix?: string }) {
  return [forenames, ...[keyname ?? []].flat(), suffix].filter(Boolean).join(' ');
}

/** The archives that share the set of physics. */
const physics =
  /^(astro-ph|cond-mat|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|nlin|nucl-ex|nucl-th|physics|quant-ph)$/;

/** The set of a category: `cs.CL` is `cs:cs:CL`, `hep-th` is `physics:hep-th`, a whole group is itself. */
export function setOfCategory(category: string): string {
  const [archive = '', subject] = category.split('.');
  const group = physics.test(archive) ? 'physics' : archive;
  if (subject !== undefined) return `${group}:${archive}:${subject}`;
  return group === archive ? group : `${group}:${archive}`;
}
