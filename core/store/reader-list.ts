// Readers as the desk lists them: found by a part of the address or an interest, a page at a time, newest first.
import { sql, type Queryable } from '../db.ts';
import type { ReaderStatus } from './readers.ts';

export interface ListedReader {
  id: number;
  email: string;
  status: ReaderStatus;
  createdAt: Date;
  interests: string[];
  /** The newest issue they got a letter of. */
  lastNumber: number | null;
  lastAt: Date | null;
  isSuppressed: boolean;
}

export interface ReaderSearch {
  /** A part of the address, or of an interest. */
  words: string;
  /** Whether addresses are searched: who may not see them must not guess them either. */
  inAddresses: boolean;
  status?: ReaderStatus | undefined;
  /** Only those before this id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** The readers that fit, newest first. */
export function listReaders(db: Queryable, search: ReaderSearch): Promise<ListedReader[]> {
  const { words, inAddresses, status, before, limit } = search;
  const part = `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const fits =
    words === ''
      ? sql`true`
      : sql`(${inAddresses}::boolean and email like ${part} or exists (
    select 1 from interests where reader_id = readers.id and lower(words) like ${part}))`;
  return db.rows<ListedReader>(sql`
    select id, email, status, created_at,
      array(select words from interests where reader_id = listed.id order by created_at, words limit 4) as interests,
      newest.number as last_number, newest.at as last_at,
      exists (select 1 from suppressions where suppressions.email = listed.email) as is_suppressed
    from (
      select id, email, status, created_at from readers
      where (${status ?? null}::text is null or status = ${status ?? null}) and (${before ?? null}::int is null or id < ${before ?? null}::int)
        and ${fits}
      order by id desc limit ${limit}) as listed
    left join lateral (
      select number, changed_at as at from deliveries join issues on issues.id = issue_id
      where reader_id = listed.id and state in ('submitted', 'unknown', 'bounced', 'complained')
      order by issue_id desc limit 1) as newest on true
    order by id desc`);
}

/** Every reader for an export, by id, a part at a time: what was agreed to is the newest consent that began the subscription. */
export function exportedReaders(db: Queryable, { afterId, limit }: { afterId: number; limit: number }) {
  return db.rows<ExportedReader>(sql`
    select readers.id, email, status, length, lang, created_at, confirmed_at,
      array(select words from interests where reader_id = readers.id order by created_at, words) as interests,
      consent.event as consent, consent.wording as consent_wording, consent.at as consent_at, consent.address as consent_network
    from readers
    left join lateral (
      select event, wording, at, address from consents where reader_id = readers.id and event <> 'asked'
      order by id desc limit 1) as consent on true
    where readers.id > ${afterId} order by readers.id limit ${limit}`);
}

export interface ExportedReader {
  id: number;
  email: string;
  status: ReaderStatus;
  length: number;
  /** Null: not chosen. */
  lang: string | null;
  createdAt: Date;
  confirmedAt: Date | null;
  interests: string[];
  consent: string | null;
  consentWording: string | null;
  consentAt: Date | null;
  consentNetwork: string | null;
}
