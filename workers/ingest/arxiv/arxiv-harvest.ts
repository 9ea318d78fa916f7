// An arXiv list that was not read for a while -> the papers it announced meanwhile, from OAI-PMH.
import { setTimeout as sleep } from 'node:timers/promises';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { Source } from '../../../core/store/sources.ts';
import { setOfCategory, type RecordsPage } from './arxiv-oai.ts';
import type { ParsedItem } from '../parsed-item.ts';
import type { SourceAsking } from '../source-kind.ts';
import { dayMs, weekMs } from '../../../core/time.ts';

const maxPages = 200;
/** Papers are announced up to five days after they were submitted, over holidays. */
const announcedWithinMs = weekMs;
const longestMs = 60 * dayMs;

/** A page of records has some 1,000 papers, and OAI-PMH takes its time over it. No header of the source goes to another host. */
const unconditional = { etag: null, lastModified: null, userAgent: undefined, headers: {}, answers: [], timeoutMs: 90_000, maxBytes: 40_000_000 }; // prettier-ignore

type Known = Pick<Source, 'url' | 'options' | 'lastSuccessAt'>;

/**
 * From which day on to ask for records: the day before the last success when that is more than a day ago, or the day an
 * operator asked for; undefined when the daily list says it all, or the source is no list.
 */
export function catchUpFrom({ url, options, lastSuccessAt }: Known, now: Date): Date | undefined {
  if (categoriesOf(url).length === 0 || oaiAddress({ url, options }) === undefined) return undefined;
  const query = options.catchUpFrom === undefined ? undefined : new Date(options.catchUpFrom);
  const silentMs = lastSuccessAt === null ? 0 : now.getTime() - lastSuccessAt.getTime();
  const missed = silentMs > dayMs ? new Date(now.getTime() - silentMs - dayMs) : undefined;
  const from = query ?? missed;
  return from && new Date(Math.max(from.getTime(), now.getTime() - longestMs));
}

/** Reads all records of the list's categories that were modified since `from`. */
export async function harvestArxiv(
  source: Pick<Source, 'url' | 'options'>,
  from: Date,
  asking: SourceAsking,
): Promise<ParsedItem[]> {
  const newSince = new Date(from.getTime() - announcedWithinMs);
  const papers = new Map<string, ParsedItem>();
  for (const category of categoriesOf(source.url)) {
    const query = { metadataPrefix: 'arXiv', set: setOfCategory(category), from: from.toISOString().slice(0, 10) };
    for (const item of await readAllPages({ address: oaiAddress(source)!, query, newSince, asking })) {
      papers.set(item.id!, item);
    }
  }
  return [...papers.values()];
}

interface Harvest {
  address: string;
  query: Record<string, string>;
  newSince: Date;
  asking: SourceAsking;
}

async function readAllPages({ address, query, newSince, asking }: Harvest): Promise<ParsedItem[]> {
  const items: ParsedItem[] = [];
  const seen = new Set<string>();
  let parameters = query;
  for (;;) {
    const url = `${address}?${new URLSearchParams({ verb: 'ListRecords', ...parameters }).toString()}`;
    const page = await askPatiently(url, newSince, asking);
    items.push(...page.items);
    if (page.token === undefined) return items;
    if (seen.has(page.token) || seen.size >= maxPages) {
      throw new PermanentError(`${address} turns in circles after ${seen.size} pages; look whether it is arXiv's`);
    }
    seen.add(page.token);
    parameters = { resumptionToken: page.token };
  }
}

/** OAI-PMH slows its readers down with 503 and Retry-After in the middle of a list; starting over would cost all pages. */
async function askPatiently(url: string, newSince: Date, { ask, read, stop }: SourceAsking): Promise<RecordsPage> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await ask(url, unconditional);
      if (answer.notModified) throw new PermanentError(`${url} answered 304 to an unconditional request`);
      const { body, headers } = answer;
      return await read({ kind: 'arxivRecords', input: { body, contentType: headers['content-type'], newSince } });
    } catch (error) {
      const waitMs = error instanceof TemporaryError ? error.retryAfterMs : undefined;
      if (waitMs === undefined || waitMs > 60_000 || attempt === 4) throw error;
      await sleep(waitMs, undefined, { signal: stop });
    }
  }
}

/** The categories of `https://rss.arxiv.org/rss/cs.CL+cs.LG`; none for any other address. */
function categoriesOf(url: string): string[] {
  const list = /^\/(?:rss|atom)\/([\w.+-]+)$/.exec(new URL(url).pathname)?.[1] ?? '';
  return list.split('+').filter((category) => /^[a-z-]+(\.[A-Za-z-]+)?$/.test(category));
}

function oaiAddress({ url, options }: Pick<Source, 'url' | 'options'>): string | undefined {
  return options.oaiUrl ?? (new URL(url).hostname === 'rss.arxiv.org' ? 'https://oaipmh.arxiv.org/oai' : undefined);
}
