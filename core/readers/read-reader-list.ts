// A CSV of readers, as we, listmonk, Mailchimp or Ghost export it -> rows to import and what is wrong, line by line; pure.
import { parse } from 'csv-parse/sync';
import { readMailAddress } from '../mail/mail-address.ts';
import { networkOf } from '../network/network-of.ts';
import { oneLine } from '../one-line.ts';
import { maxInterestLength, maxInterests } from '../store/interests.ts';
import type { ImportedReader, ListProblem } from '../store/reader-imports.ts';
import { hasRefused, timeOf, readColumns, type ListRow as Row, type ListFacts } from './list-columns.ts';

/** Which program wrote a list, told by its columns. */
export type ListOrigin = 'courant' | 'listmonk' | 'mailchimp' | 'ghost' | 'plain';

export interface ReaderList {
  origin: ListOrigin;
  rows: ImportedReader[];
  problems: ListProblem[];
}

/** A list of more is imported in parts. */
const mostRows = 100_000;
const defaultLength = 12;

/** How each program tells what we keep; column names are lower case. The first whose columns are all there is taken. */
const origins: readonly {
  origin: ListOrigin;
  columns: readonly string[];
  email: string;
  tell: (row: Row) => ListFacts;
}[] = [
  {
    origin: 'courant',
    columns: ['email', 'status', 'interests', 'consent_wording'],
    email: 'email',
    tell: (row) => ({
      status: ownStatus(row['status']),
      interests: (row['interests'] ?? '').split(';'),
      length: Number(row['length']),
    }),
  },
  {
    // listmonk: `uuid,email,name,attributes,status,created_at,updated_at`; status is enabled, disabled or blocklisted.
    origin: 'listmonk',
    columns: ['email', 'status', 'attributes'],
    email: 'email',
    tell: (row) => ({
      status: row['status'] === 'enabled' ? 'active' : row['status'] === 'disabled' ? 'unsubscribed' : 'suppressed',
      createdAt: timeOf(row['created_at']),
      wording: `listmonk, ${row['status'] ?? 'no status'}`,
    }),
  },
  {
    // Mailchimp: a file each for subscribed, unsubscribed and cleaned; the latter two have a column of their own for the time.
    origin: 'mailchimp',
    columns: ['email address', 'optin_time'],
    email: 'email address',
    tell: (row) => ({
      status: row['clean_time'] ? 'suppressed' : row['unsub_time'] ? 'unsubscribed' : 'active',
      createdAt: timeOf(row['optin_time']),
      agreedAt: timeOf(row['confirm_time']) ?? timeOf(row['optin_time']),
      network: row['confirm_ip'] ?? row['optin_ip'] ?? null,
      wording: `Mailchimp, ${row['confirm_time'] ? 'confirmed' : 'opted in'}`,
    }),
  },
  {
    // Ghost's members: who gets no newsletter has `subscribed_to_emails` false.
    origin: 'ghost',
    columns: ['email', 'subscribed_to_emails'],
    email: 'email',
    tell: (row) => ({
      status: row['subscribed_to_emails'] === 'true' && !row['deleted_at'] ? 'active' : 'unsubscribed',
      createdAt: timeOf(row['created_at']),
      wording: 'Ghost, member',
    }),
  },
  {
    origin: 'plain',
    columns: ['email'],
    email: 'email',
    tell: (row) => ({
      status: statusOf(row),
      interests: (row['interests'] ?? '').replaceAll(',', ';').split(';'),
      wording: 'A list of addresses',
    }),
  },
];

/** Who had paused goes on pausing; of all others we sent no mail. */
function ownStatus(status: string | undefined): ImportedReader['status'] {
  return status === 'active' || status === 'paused' || status === 'unsubscribed' ? status : 'suppressed';
}

const unconfirmed = ['pending', 'unconfirmed'];
const willing = ['', 'active', 'subscribed', 'enabled', 'confirmed', 'true', 'yes', '1'];
const unreachable = ['suppressed', 'bounced', 'cleaned', 'complained', 'blocked', 'blocklisted', 'blacklisted', 'spam'];

/** What any other program says in a column `status`, `state` or `subscribed`: whoever is not clearly willing has left. */
function statusOf(row: Row): ImportedReader['status'] {
  const said = [row['status'], row['state'], row['subscribed']].map((value) => (value ?? '').trim().toLowerCase());
  if (said.some((value) => unreachable.includes(value))) return 'suppressed';
  if (said.includes('paused')) return 'paused';
  const hasLeft =
    hasRefused(row) || ['unsubscribed_at', 'unsub_time', 'left_at'].some((column) => (row[column] ?? '').trim() !== '');
  return !hasLeft && said.every((value) => willing.includes(value)) ? 'active' : 'unsubscribed';
}

/** Reads a list: comma, semicolon or tab between columns. What is no reader is told with its line and left out. */
export function readReaderList(text: string): ReaderList {
  const problems: ListProblem[] = [];
  const { header, records } = readRecords(text, problems);
  const origin = origins.find(({ columns }) => columns.every((column) => header.includes(column)));
  if (!origin) {
    const what =
      header.length === 0
        ? 'The list is empty.'
        : 'No column is called "email" (or "Email Address"). The first line names the columns.';
    return { origin: 'plain', rows: [], problems: [{ line: 1, what }, ...problems] };
  }
  const seen = new Map<string, number>();
  const rows: ImportedReader[] = [];
  for (const { row, line } of records) {
    const typed = withoutGuard(row[origin.email] ?? '');
    const email = readMailAddress(typed);
    const first = email === undefined ? undefined : seen.get(email);
    if (email === undefined)
      problems.push({
        line,
        what: typed.trim() === '' ? 'It has no address.' : `“${typed.slice(0, 80)}” is no address mail can be sent to.`,
      });
    else if (first !== undefined)
      problems.push({ line, what: `It has the same address as line ${first}, which is taken.` });
    else if (unconfirmed.includes((row['status'] ?? '').trim().toLowerCase()))
      problems.push({ line, what: 'They were asked and never confirmed that they want mail.' });
    else if (rows.length >= mostRows)
      return {
        origin: origin.origin,
        rows,
        problems: [...problems, { line, what: `A list may have ${mostRows} readers; import the rest afterwards.` }],
      };
    else {
      seen.set(email, line);
      rows.push(rowOf(email, toldBy(row, origin.tell)));
    }
  }
  return { origin: origin.origin, rows, problems: problems.toSorted((a, b) => a.line - b.line) };
}

/** What its program says in its own way, and what any column says beside it. */
function toldBy(row: Row, tell: (row: Row) => ListFacts): ListFacts {
  const ownWay = Object.fromEntries(Object.entries(tell(row)).filter(([, value]) => value !== null && value !== ''));
  const facts = readColumns(row);
  return { ...facts, ...ownWay, ...(facts.saysHow && { wording: facts.wording }) };
}

function rowOf(email: string, facts: ListFacts): ImportedReader {
  const { interests = [], length = defaultLength, network } = facts;
  const words = interests
    .map((one) => withoutGuard(oneLine(one)).slice(0, maxInterestLength))
    .filter((one) => one !== '');
  return {
    email,
    status: facts.status ?? 'active',
    interests: [...new Set(words)].slice(0, maxInterests),
    length: Number.isInteger(length) && length >= 3 && length <= 40 ? length : defaultLength,
    createdAt: facts.createdAt ?? null,
    agreedAt: facts.agreedAt ?? null,
    // Our own export names networks; "203.0.113.77/32" is somebody's address.
    network: network ? networkOf(network) : null,
    wording: oneLine(withoutGuard(facts.wording ?? '')),
    saysHow: facts.saysHow ?? false,
    lang: facts.lang ?? null,
  };
}

interface Records {
  header: readonly string[];
  records: { row: Row; line: number }[];
}

function readRecords(text: string, problems: ListProblem[]): Records {
  let header: string[] = [];
  const records: Records['records'] = [];
  const options = {
    bom: true,
    info: true as const,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    delimiter: [',', ';', '\t'],
    max_record_size: 100_000,
  };
  const parsed = parse(text, {
    ...options,
    on_skip: (error) =>
      void problems.push({
        line: Number(error?.['lines'] ?? 0),
        what: 'A quotation mark is opened and not closed, or stands inside a field.',
      }),
  }) as unknown as { record: string[]; info: { lines: number } }[];
  for (const { record, info } of parsed) {
    if (header.length === 0) {
      header = record.map((name) => name.trim().toLowerCase());
      continue;
    }
    if (record.length !== header.length && record.length < header.length) {
      problems.push({ line: info.lines, what: `It has ${record.length} columns of ${header.length}.` });
      continue;
    }
    records.push({
      row: Object.fromEntries(header.map((name, at) => [name, (record[at] ?? '').trim()])),
      line: info.lines,
    });
  }
  return { header, records };
}

/** A table program takes what begins so for a formula; our export puts an apostrophe before it. */
const formulaStarts = ['=', '+', '-', '@'];

function withoutGuard(text: string): string {
  return text.startsWith("'") && formulaStarts.includes(text[1] ?? '') ? text.slice(1) : text;
}

/** A cell of an export: quoted where it must be (RFC 4180), and no formula. */
export function csvCell(value: string): string {
  const safe = formulaStarts.includes(value[0] ?? '') ? `'${value}` : value;
  return [',', '"', '\n', '\r', ';', '\t'].some((one) => safe.includes(one)) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
