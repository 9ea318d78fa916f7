// Who is sending which letter: leases that end soon after their process.
import { sql, type Queryable, type Sql } from '../db.ts';
import type { SendingIssue } from './deliveries.ts';
import { leaseSeconds } from './mail-attempts.ts';
import { openKnownPicks, type KnownPick, type KnownPicks } from './known-picks.ts';
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

/** Takes up to `limit` planned letters for sending; none of an issue that is paused. `known` is kept from one lease to the next. */
export async function leaseDeliveries(
  db: Queryable,
  { issueId, contentHash, now, limit, holder, known = openKnownPicks(db), withInterests = false }: SendingIssue & { limit: number; holder: string; known?: KnownPicks; withInterests?: boolean }, // prettier-ignore
): Promise<LeasedDelivery[]> {
  // Materialized: a plan that reads what is next once for each delivery would take `limit` of them each time. The status is
  // looked at here again: a reader may unsubscribe while the issue goes out. Lists come as JSON, which the engine parses: pg
  // reads an array of PostgreSQL byte by byte in JavaScript.
  const rows = await db.rows<LeasedRow>(sql`
    with next as materialized (
      select d.id, readers.email, readers.token, readers.confirmed_at, readers.lang, picks.story_ids, picks.whys,
        case when picks.story_ids is null then ${pickList} end as stories,
        coalesce(picks.unmet, '{}') as unmet, ${pickPair} as pair,
        case when ${withInterests} then (select json_agg(words order by words) from interests where reader_id = d.reader_id) end as interests
      from deliveries as d
      join readers on readers.id = d.reader_id
      join picks on picks.issue_id = d.issue_id and picks.reader_id = d.reader_id
        and picks.content_hash = ${contentHash}
      where d.issue_id = ${issueId} and d.state = 'planned' and d.content_hash = ${contentHash}
        and coalesce(d.next_try_at <= ${now}, true) and readers.status = 'active'
        and not exists (select 1 from suppressions where suppressions.email = readers.email)
        and not exists (select 1 from issues where issues.id = d.issue_id and paused_at is not null)
      order by d.id limit ${limit} for update of d skip locked
    )
    update deliveries
    set state = 'leased', begun = false, holder = ${holder}, lease_until = ${leaseEnd}, changed_at = ${now}
    from next where deliveries.id = next.id
    returning deliveries.id, reader_id, attempts, first_tried_at, next.email, next.token, next.confirmed_at, next.lang,
      to_json(next.story_ids) as story_ids, to_json(next.whys) as whys, next.stories, to_json(next.unmet) as unmet, next.pair, next.interests`);
  await known.load(rows.flatMap(({ whys }) => whys ?? []));
  return rows.map(({ storyIds, whys, stories, ...row }) => ({
    ...row,
    stories: stories ?? known.picks(storyIds!, whys!),
  }));
}
