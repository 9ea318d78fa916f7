// What is forgotten, when, and in how small bites. What the ledger, the archive and "never the same story twice" need stays.
import { sql, type Queryable, type Sql } from '../db.ts';
import { dayMs } from '../time.ts';

/** How long each is kept; docs/retention.md says what for. */
export interface RetentionDays {
  picksDays: number;
  exposuresDays: number;
  clicksDays: number;
  answersDays: number;
  noticesDays: number;
  rendersDays: number;
}

/** Deleted by one statement: some ten milliseconds, in which the embedded database answers nobody else. */
const bite = 2_000;

/** Deletes what was kept long enough, a bite at a time until `stop` says so; returns how many rows of each went. */
export async function forgetOld(
  db: Queryable,
  { keeping, now, stop }: { keeping: RetentionDays; now: Date; stop: AbortSignal },
): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {};
  for (const [name, statement] of Object.entries(statementsFor(keeping, now))) {
    for (let count = bite; count === bite && !stop.aborted;) {
      count = await db.run(statement);
      if (count > 0) forgotten[name] = (forgotten[name] ?? 0) + count;
    }
  }
  return forgotten;
}

function statementsFor(keeping: RetentionDays, now: Date): Record<string, Sql> {
  const before = (days: number): Date => new Date(now.getTime() - days * dayMs);
  // Rows by their address in the table: a key of three columns would be joined again.
  const sentBefore = (days: number) => sql`select id from issues where status = 'sent' and sent_at < ${before(days)}`;
  return {
    picks: sql`
      delete from picks where ctid = any(array(
        select picks.ctid from picks where issue_id in (${sentBefore(keeping.picksDays)}) limit ${bite}))`,
    // Whoever the picks were for had another address and token then.
    written: sql`
      update deliveries set written = null where id = any(array(
        select id from deliveries
        where written is not null and issue_id in (${sentBefore(keeping.picksDays)}) limit ${bite}))`,
    // A story that an open issue holds, or may hold again since an item came or changed, is remembered however old it is.
    exposures: sql`
      delete from exposures where ctid = any(array(
        select exposures.ctid from exposures
        where issue_id in (${sentBefore(keeping.exposuresDays)}) and at < ${before(keeping.exposuresDays)}
          and not exists (
            select 1 from stories_of_issues as held join issues on issues.id = held.issue_id
            where held.story_id = exposures.story_id and status <> 'sent')
          and not exists (
            select 1 from story_items join items on items.id = item_id
            where story_items.story_id = exposures.story_id
              and greatest(items.created_at, items.updated_at) >= ${before(keeping.exposuresDays)})
        limit ${bite}))`,
    // Two weeks more than the picks that name them: an issue may wait that long between ranking and sending.
    reasons: sql`
      delete from pick_reasons where id = any(array(
        select id from pick_reasons where used_on < ${before(keeping.picksDays + 14)} limit ${bite}))`,
    clicks: sql`
      delete from clicks where id = any(array(
        select id from clicks where at < ${before(keeping.clicksDays)} limit ${bite}))`,
    answers: sql`
      delete from pair_answers where ctid = any(array(
        select ctid from pair_answers where at < ${before(keeping.answersDays)} limit ${bite}))`,
    notices: sql`
      delete from notices where id = any(array(
        select id from notices
        where created_at < ${before(keeping.noticesDays)} and state in ('submitted', 'failed', 'unknown') limit ${bite}))`,
    // A day's are counted; what is passed on to a person is theirs to keep.
    mails: sql`
      delete from reader_mails where id = any(array(
        select id from reader_mails where at < ${before(keeping.noticesDays)} limit ${bite}))`,
    // Events are looked for three days back: what is older is not found again.
    hooks: sql`
      delete from outgoing_hooks where id = any(array(
        select id from outgoing_hooks where at < ${before(keeping.noticesDays + 7)} and state <> 'planned' limit ${bite}))`,
    renders: sql`
      delete from renders where ctid = any(array(
        select renders.ctid from renders where issue_id in (${sentBefore(keeping.rendersDays)}) limit ${bite}))`,
  };
}
