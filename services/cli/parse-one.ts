// One feed file -> its line of NDJSON; runs in a thread of its own, so that a file that hangs or crashes it stops nothing.
import { readFile } from 'node:fs/promises';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { cleanHtml, textOf } from '../../workers/ingest/clean/clean-html.ts';
import { cleanTitle, firstLine } from '../../workers/ingest/clean/clean-title.ts';
import { settleDateOrder } from '../../workers/ingest/dates/date-order.ts';
import { decodeText } from '../../workers/ingest/clean/decode.ts';
import { parseFeed } from '../../workers/ingest/feed.ts';
import { repairMojibake } from '../../workers/ingest/clean/mojibake.ts';
import type { ParsedFeed, ParsedItem } from '../../workers/ingest/parsed-item.ts';

export interface ParseTask {
  path: string;
  /** The name the line carries. */
  file: string;
  contentType: string | null;
}

/** Parses one file; what is wrong with it is the line's `error`. */
export async function parseOne({ path, file, contentType }: ParseTask): Promise<object> {
  try {
    const parsed = await parseFeed(decodeText(await readFile(path), contentType));
    settleDateOrder(parsed, new Date());
    const { items, asked: _, ...feed } = parsed;
    return { file, feed: shownFeed(feed), items: items.map((item) => shownItem(item, feed.link)) };
  } catch (error) {
    if (!(error instanceof PermanentError || (error instanceof Error && 'code' in error))) throw error;
    return { file, error: messageOf(error) };
  }
}

type Feed = Omit<ParsedFeed, 'items' | 'asked'>;

/** What a reader would see of a feed: through the same door as what is stored. */
function shownFeed({ title, description, ...feed }: Feed): object {
  return {
    ...feed,
    title: cleanTitle({ title: title ?? '', titleType: 'html' }) || feed.link || '',
    description: shownHtml(description, feed.link),
  };
}

function shownItem(item: ParsedItem, home: string | null): object {
  const { id, authors, published, updated } = item;
  const link = item.link ?? home;
  const summary = shownHtml(item.summary, item.bases?.summary ?? link);
  const content = shownHtml(item.content, item.bases?.content ?? link);
  const title = cleanTitle(item) || firstLine(textOf(content ?? summary ?? '')) || link || '';
  return { id, title, link, summary, content, author: authors.join(', ') || null, published, updated };
}

function shownHtml(html: string | null, base: string | null): string | null {
  return html === null ? null : cleanHtml(repairMojibake(html), base ?? 'about:blank');
}
