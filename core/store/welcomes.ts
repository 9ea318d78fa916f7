// Who confirmed after the newest issue went out: they get that issue, ranked for them, at once.
import { sql, type Queryable } from '../db.ts';
import { withdrawnInIssues } from './withdrawals.ts';

/** Whoever confirmed longer ago was not welcomed in time, and gets the next issue. */
const welcomeDays = 3;
/** An issue is worth welcoming with until the next one is near. */
const issueDays = 14;

/**
 * The newest issue that went out, if it is new enough to welcome with; none while another goes out, which is the one to welcome with
 * then. One of which every letter was tried is out: what its server put off may take days, and nobody waits for it.
 */
export async function issueToWelcomeWith(
  db: Queryable,
  now: Date,
): Promise<{ id: number; contentHash: string } | undefined> {
  const row = await db.row<{ id: number; contentHash: string; isNew: boolean; isOut: boolean }>(sql`
    select id, content_hash, coalesce(sent_at, send_at) > ${now}::timestamptz - ${issueDays} * interval '1 day' as is_new,
      (status = 'sent' or paused_at is null and exists (select 1 from deliveries where issue_id = issues.id))
        and not exists (
          select 1 from deliveries join issues as going on going.id = issue_id
          where going.status = 'sending' and state in ('planned', 'leased') and first_tried_at is null) as is_out
    from issues where status in ('sending', 'sent') order by number desc limit 1`);
  return row?.isNew && row.isOut && !(await isNoWelcome(db, row.id)) ? row : undefined;
}

/** A curator stopped it, or a paper in it was withdrawn since. */
async function isNoWelcome(db: Queryable, issueId: number): Promise<boolean> {
  const stopped = await db.row(sql`
    select 1 from deliveries where issue_id = ${issueId} and state = 'failed' and reason = 'stopped' limit 1`);
  return stopped !== undefined || (await withdrawnInIssues(db, [issueId])).length > 0;
}

/**
 * Readers to welcome with an issue: who confirmed by themselves since it went out, and have no letter of it. Imported ones
 * did not ask for it today, and who comes back knows the publication.
 */
export async function readersToWelcome(
  db: Queryable,
  { issueId, contentHash, now }: { issueId: number; contentHash: string; now: Date },
): Promise<{ id: number; isRanked: boolean }[]> {
  return db.rows(sql`
    select readers.id, exists (
      select 1 from picks where issue_id = ${issueId} and reader_id = readers.id and content_hash = ${contentHash}) as is_ranked
    from readers, issues
    where issues.id = ${issueId} and readers.status = 'active'
      and confirmed_at > coalesce(send_at, sent_at) and confirmed_at > ${now}::timestamptz - ${welcomeDays} * interval '1 day'
      and exists (select 1 from consents where reader_id = readers.id and event = 'confirmed' and consents.at = confirmed_at)
      and not exists (select 1 from deliveries where deliveries.issue_id = issues.id and deliveries.reader_id = readers.id)
    order by readers.id`);
}

/** Whether an issue that went out already comes to this reader; else the next one is their first. */
export async function isToWelcome(db: Queryable, { readerId, now }: { readerId: number; now: Date }): Promise<boolean> {
  const newest = await issueToWelcomeWith(db, now);
  if (!newest) return false;
  const waiting = await readersToWelcome(db, { issueId: newest.id, contentHash: newest.contentHash, now });
  return waiting.some(({ id }) => id === readerId);
}

/** Plans the letters of these readers; who has one is left alone. */
export async function planWelcomes(
  db: Queryable,
  { issueId, contentHash, readerIds, now }: { issueId: number; contentHash: string; readerIds: number[]; now: Date },
): Promise<void> {
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, content_hash, changed_at)
    select ${issueId}, id, ${contentHash}, ${now} from readers where id = any(${readerIds}::int[]) and status = 'active'
    on conflict do nothing`);
}

/** Issues that went out and have letters on their way again: welcomes that were not taken yet. */
export async function issuesWithWelcomes(db: Queryable): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    select id from issues where status = 'sent' and exists (
      select 1 from deliveries where issue_id = issues.id and state in ('planned', 'leased')) order by id`);
  return rows.map(({ id }) => id);
}

/** Who gets a newer issue needs no older one: what is still planned of other issues that went out is suppressed. */
export async function dropOldWelcomes(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<void> {
  await db.run(sql`
    update deliveries set state = 'suppressed', changed_at = ${now} where issue_id = ${issueId} and state = 'planned'`);
}
