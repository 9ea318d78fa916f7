// Who is sending which letter: leases that end soon after their process.
import { sql, type Queryable, type Sql } from '../db.ts';
import type { SendingIssue } from './deliveries.ts';
import { leaseSeconds } from './mail-attempts.ts';
import { createKnownPicks, type KnownPick, type KnownPicks } from './known-picks.ts';
import type { WordsLang } from '../words-langs.ts';
import { pickList, pickPair, type Pick } from './picks.ts';

/** A delivery that is ours to send, with all that its letter needs. */
export interface LeasedDelivery {
  id: number;
  readerId: number;
  attempts: number;
  firstTriedAt: Date | null;
  email: string;
  token: string;
  confirmedAt: Date | null;
  /** That the reader chose; null for that of the publication. */
  lang: WordsLang | null;
  stories: readonly KnownPick[];
  /** Interests of the reader that the issue has nothing on. */
  unmet: string[];
  /** The two stories that its letter may ask about. */
  pair: readonly [number, number] | null;
  /** What they want; left out where it was not asked for. */
  interests?: string[] | null;
}

/**
 * What a dead process had taken and not begun is planned again. What it had begun becomes `unknown` and is never sent
 * again: its reader may have the letter, and one missing is better than one twice.
 */
export async function expireLeases(db: Queryable, { issueId }: { issueId: number }): Promise<void> {
  await db.run(sql`${endLeases(sql`deliveries`)} and issue_id = ${issueId} and lease_until < clock_timestamp()`);
}

/** The same for all letters and notices, when an embedded database opens: whoever held them is gone. */
export async function releaseAllMails(db: Queryable): Promise<void> {
  await db.run(endLeases(sql`deliveries`));
  await db.run(endLeases(sql`notices`));
}

/** Ends the leases of `table`; more conditions may follow. */
export function endLeases(table: Sql): Sql {
  return sql`
    update ${table} set state = case when begun then 'unknown' else 'planned' end,
      reason = case when begun then 'no-answer' else reason end, lease_until = null
    where state = 'leased'`;
}

/** Keeps what `holder` has leased of an issue; only the database's clock counts, so that clocks need not agree. */
export async function renewLeases(
  db: Queryable,
  { issueId, holder }: { issueId: number; holder: string },
): Promise<void> {
  await db.run(sql`
    update deliveries set lease_until = ${leaseEnd}
    where issue_id = ${issueId} and state = 'leased' and holder = ${holder}`);
}

const leaseEnd = sql`clock_timestamp() + ${leaseSeconds}::int * interval '1 second'`;

type LeasedRow = Omit<LeasedDelivery, 'stories'> & {
  storyIds: number[] | null;
  whys: number[] | null;
  stories: Pick[] | null;
};

interface Leasing extends SendingIssue {
  limit: number;
  holder: string;
  known?: KnownPicks;
  withInterests?: boolean;
}

/** Takes up to `limit` planned letters for sending; none of an issue that is paused. `known` is kept from one lease to the next. */
export async function leaseDeliveries(db: Queryable, leasing: Leasing): Promise<LeasedDelivery[]> {
  const { limit, known = createKnownPicks(db) } = leasing;
  const rows: LeasedRow[] = [];
  for (let after = 0; rows.length < limit;) {
    const wanted = limit - rows.length;
    const { leased, last, seen } = await leaseNext(db, { ...leasing, limit: wanted, after });
    rows.push(...leased);
    // Some that were next may not get a letter now; those behind them may.
    if (seen < wanted) break;
    after = last;
  }
  await known.load(rows.flatMap(({ whys }) => whys ?? []));
  return rows.map(({ storyIds, whys, stories, ...row }) => ({
    ...row,
    stories: stories ?? known.picks(storyIds!, whys!),
  }));
}

/** Of the next `limit` that are due behind the id `after`, those whose readers may get a letter; how many were next, and the last id. */
async function leaseNext(
  db: Queryable,
  { issueId, contentHash, now, limit, holder, after, withInterests = false }: Leasing & { after: number },
): Promise<{ leased: LeasedRow[]; last: number; seen: number }> {
  // What is next comes from one index in its order, before anything is joined: who joins first is tempted to sort all that are planned
  // for each lease (196 ms for 200 of 18,000 letters, once the statistics knew of them; 7 ms so). The status is looked at here again: a reader
  // may unsubscribe while the issue goes out. Lists come as JSON, which the engine parses: pg reads an array of PostgreSQL byte by
  // byte in JavaScript.
  const rows = await db.rows<Omit<LeasedRow, 'id'> & { id: number | null; last: number; seen: number }>(sql`
    with next as materialized (
      select id, reader_id from deliveries
      where issue_id = ${issueId} and id > ${after} and state = 'planned' and content_hash = ${contentHash}
        and coalesce(next_try_at <= ${now}, true)
        and not (select paused_at is not null from issues where id = ${issueId})
      order by id limit ${limit} for update skip locked
    ), due as materialized (
      select d.id, readers.email, readers.token, readers.confirmed_at, readers.lang, picks.story_ids, picks.whys,
        case when picks.story_ids is null then ${pickList} end as stories,
        coalesce(picks.unmet, '{}') as unmet, ${pickPair} as pair,
        case when ${withInterests} then (select json_agg(words order by words) from interests where reader_id = d.reader_id) end as interests
      from next as d
      join readers on readers.id = d.reader_id
      join picks on picks.issue_id = ${issueId} and picks.reader_id = d.reader_id and picks.content_hash = ${contentHash}
      where readers.status = 'active'
        and not exists (select 1 from suppressions where suppressions.email = readers.email)
    ), leased as (
      update deliveries
      set state = 'leased', begun = false, holder = ${holder}, lease_until = ${leaseEnd}, changed_at = ${now}
      from due where deliveries.id = due.id
      returning deliveries.id, reader_id, attempts, first_tried_at, due.email, due.token, due.confirmed_at, due.lang,
        to_json(due.story_ids) as story_ids, to_json(due.whys) as whys, due.stories, to_json(due.unmet) as unmet, due.pair, due.interests
    )
    select leased.*, last, seen
    from (select coalesce(max(id), 0) as last, count(*)::int as seen from next) as all_next left join leased on true
    order by leased.id`);
  const { last, seen } = rows[0]!;
  return {
    leased: rows.filter((row): row is LeasedRow & { last: number; seen: number } => row.id !== null),
    last,
    seen,
  };
}
