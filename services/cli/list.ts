// `courant list`: what is stored, one JSON object a line for programs, or a short table for people.
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../../core/config.ts';
import { holdDataDirectory } from '../../core/files/data-dir.ts';
import { openDatabase, type Queryable } from '../../core/db.ts';
import { PermanentError } from '../../core/errors.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { listings, pagesOf, type Listing, type ListedRow } from '../../core/store/listings.ts';
import { withDatabaseThere } from './existing-database.ts';
import { sinceDay } from './since-day.ts';

export interface ListOptions {
  listing: string;
  /** A day such as 2026-11-01, in UTC. */
  since?: string | undefined;
  json: boolean;
}

/** Prints a list to its end; a reader that has had enough, as `head`, ends it early and quietly. */
export async function runList({ listing, since, json }: ListOptions): Promise<void> {
  if (!isListing(listing)) {
    throw new PermanentError(`There is no list "${listing}"; name one of ${listings.join(', ')}.`);
  }
  const day = since === undefined ? undefined : sinceDay(since);
  await withDatabase(async (db) => {
    const lines = json ? jsonLines : tableLines;
    await printLines(lines(db, listing, day), process.stdout);
  });
}

function isListing(name: string): name is Listing {
  return (listings as readonly string[]).includes(name);
}

/** The database alone: a list needs neither queue nor workers. */
async function withDatabase(work: (db: Queryable) => Promise<void>): Promise<void> {
  const { DATABASE_URL: url, DATA_DIR } = withDatabaseThere(readConfig());
  const giveBack = url ? () => undefined : holdDataDirectory(DATA_DIR);
  try {
    const db = await openDatabase({ url, directory: join(DATA_DIR, 'db') });
    await work(db).finally(() => db.close());
  } finally {
    giveBack();
  }
}

async function printLines(lines: AsyncIterable<string>, out: Writable): Promise<void> {
  try {
    await pipeline(lines, out, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

async function* jsonLines(db: Queryable, listing: Listing, since: Date | undefined): AsyncGenerator<string> {
  for await (const rows of pagesOf(db, listing, { since })) {
    yield rows.map((row) => `${JSON.stringify(asShown(row))}\n`).join('');
  }
}

/** With what readers see where a row holds TeX; null where that is the same. */
function asShown(row: ListedRow): ListedRow {
  const shown = (field: string): string | null => {
    const said = row[field];
    const read = typeof said === 'string' ? texToText(said) : said;
    return read === said ? null : (read as string);
  };
  if ('guid' in row) return { ...row, shownTitle: shown('title'), shownText: shown('text') };
  return 'headline' in row ? { ...row, shownHeadline: shown('headline') } : row;
}

/** The columns of a table: the field and how wide it is; the last takes the rest of the line. */
const columns: Record<Listing, [field: string, width: number][]> = {
  sources: [['id', 6], ['kind', 9], ['status', 7], ['health', 7], ['items', 6], ['title', 30], ['url', 80]],
  items: [['id', 7], ['kind', 6], ['publishedAt', 10], ['sourceId', 8], ['storyId', 8], ['title', 60], ['url', 80]],
  stories: [['id', 7], ['firstSeen', 10], ['items', 6], ['topic', 24], ['headline', 80]],
  topics: [['id', 6], ['seenAt', 10], ['storyIds', 8], ['name', 40], ['keywords', 80]],
  issues: [['id', 5], ['number', 6], ['week', 10], ['status', 9], ['stories', 7], ['title', 80]],
  deliveries: [['id', 9], ['issueId', 7], ['readerId', 9], ['state', 10], ['attempts', 8], ['changedAt', 10]],
}; // prettier-ignore

async function* tableLines(db: Queryable, listing: Listing, since: Date | undefined): AsyncGenerator<string> {
  const widths = columns[listing];
  const line = (cells: string[]): string =>
    `${cells
      .map((cell, at) => clipped(cell, widths[at]![1]))
      .join('  ')
      .trimEnd()}\n`;
  yield line(widths.map(([field]) => field));
  for await (const rows of pagesOf(db, listing, { since })) {
    yield rows.map((row) => line(widths.map(([field]) => cellOf(field, row)))).join('');
  }
}

/** Lists of objects and of numbers are counted, words joined, moments shown by their day. */
function cellOf(field: string, row: ListedRow): string {
  const value = row[field];
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (!Array.isArray(value)) return typeof value === 'string' || typeof value === 'number' ? String(value) : '-';
  return value.every((part) => typeof part === 'string') && value.length > 0 ? value.join(', ') : String(value.length);
}

/** What strangers wrote may hold signs that steer a terminal. */
function clipped(text: string, width: number): string {
  const plain = text.replace(/\p{C}+/gu, ' ');
  return (plain.length > width ? `${plain.slice(0, width - 1)}…` : plain).padEnd(width);
}
