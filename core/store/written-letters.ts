// What letters were made of, beside their issue and picks: with it a past letter can be made again byte for byte.
import { sql, type Queryable } from '../db.ts';
import type { WordsLang } from '../words-langs.ts';
import type { KnownPick } from './known-picks.ts';
import { pickList } from './picks.ts';
import { toJson } from '../storable.ts';

/** The same for all letters of a run. */
export interface LetterSeries {
  from: { name: string; address: string };
  publication: string;
  postalAddress: string;
  /** Where answers go, when not to the sender. */
  replyTo?: string;
  /** Each has an address of its own for replies; left out before there were such. */
  repliesByMail?: true;
  /** Their subjects go on with what is the reader's own; left out where they do not. */
  personalSubject?: true;
  timezone: string;
  /** Of whoever chose none; left out before there were languages. */
  lang?: WordsLang;
  publicUrl: string;
  /** Where letters come back to; null where nothing does. */
  inboxDomain: string | null;
  /** The names of the keys that sign. */
  dkim: { domain: string; selector: string }[];
}

/** One letter's own. */
export interface WrittenLetter {
  seriesId: number;
  at: Date;
  takes8bit: boolean;
  email: string;
  token: string;
  confirmedAt: Date | null;
  /** The stories it asked about; left out where it asked nothing. */
  pair?: readonly [number, number];
  /** The parts of deadlines it showed; left out where it had none. */
  deadlines?: readonly string[];
  /** Left out where it is English. */
  lang?: WordsLang;
}

/** The id of a series; an equal one has one already. */
export async function saveSeries(db: Queryable, series: LetterSeries): Promise<number> {
  const madeOf = toJson(series);
  await db.run(sql`insert into letter_series (made_of) values (${madeOf}::jsonb) on conflict do nothing`);
  const row = await db.row<{ id: number }>(sql`select id from letter_series where made_of = ${madeOf}::jsonb`);
  return row!.id;
}

export interface PastLetter {
  id: number;
  readerId: number;
  issueId: number;
  contentHash: string;
  /** Null for one that nobody wrote, or whose making is not kept any more. */
  written: WrittenLetter | null;
  series: LetterSeries | null;
  /** Null when the picks are not kept any more. */
  stories: KnownPick[] | null;
  unmet: string[];
}

/** The letter of a reader (an address or an id) in an issue (a number or the name in its address); undefined where there is none. */
export async function pastLetter(
  db: Queryable,
  { reader, issue }: { reader: string; issue: string },
): Promise<PastLetter | undefined> {
  const row = await db.row<PastLetter>(sql`
    select d.id, d.reader_id, d.issue_id, d.content_hash, d.written, made_of as series,
      case when picks.reader_id is not null then ${pickList} end as stories, coalesce(picks.unmet, '{}') as unmet
    from deliveries as d
    join readers on readers.id = d.reader_id
    join issues on issues.id = d.issue_id
    left join picks on picks.issue_id = d.issue_id and picks.reader_id = d.reader_id and picks.content_hash = d.content_hash
    left join letter_series on letter_series.id = (d.written ->> 'seriesId')::integer
    where (readers.id::text = ${reader} or lower(readers.email) = ${reader.trim().toLowerCase()})
      and (issues.slug = ${issue} or issues.number::text = ${issue})`);
  return row && { ...row, written: row.written && withDates(row.written) };
}

/** Inside jsonb a time is text. */
function withDates(written: WrittenLetter): WrittenLetter {
  const { at, confirmedAt } = written;
  return { ...written, at: new Date(at), confirmedAt: confirmedAt && new Date(confirmedAt) };
}
