// Deliveries: the ledger of letters. planned = submitted + failed + unknown + suppressed, for each issue, after any crash.
import type { Reason } from '../pick-reason.ts';
import { sql, type Database, type Queryable } from '../db.ts';
import { afterAttempt, leaseMs, type Attempt } from './mail-attempts.ts';
import { pickList } from './picks.ts';

/** One approved content of one issue, and the clock. */
export interface SendingIssue {
  issueId: number;
  contentHash: string;
  now: Date;
}

/** A delivery that is ours to send, with all that its letter needs. */
export interface LeasedDelivery {
  id: number;
  readerId: number;
  attempts: number;
  email: string;
  token: string;
  confirmedAt: Date | null;
  stories: { storyId: number; kind: 'editor' | 'personal'; reason: Reason | null; updated?: boolean }[];
}

/** What came of one leased delivery. */
export interface TriedDelivery {
  id: number;
  attempts: number;
  attempt: Attempt;
  /** Null when no message could be made. */
  messageId: string | null;
  /** In the order they were shown. */
  storyIds: number[];
}

/** True when an active reader, confirmed before `before`, has no picks from this content yet. */
export async function hasUnranked(
  db: Queryable,
  { issueId, contentHash, before }: { issueId: number; contentHash: string; before: Date },
): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (
      select 1 from readers
      where status = 'active' and confirmed_at <= ${before} and not exists (
        select 1 from picks
        where issue_id = ${issueId} and reader_id = readers.id and content_hash = ${contentHash})) as found`);
  return row!.found;
}

/** Planned by one statement: about 0.2 s of the embedded database, in which everybody waits. */
const plannedAtOnce = 5_000;

/**
 * Plans a letter for every active reader confirmed before `before`; who has one already is left alone. In bites, until
 * `stop` says so: then some are not planned yet, and the next run goes on.
 */
export async function planDeliveries(
  db: Queryable,
  { issueId, contentHash, before, now, stop }: SendingIssue & { before: Date; stop: AbortSignal },
): Promise<void> {
  const last = await db.row<{ id: number | null }>(sql`select max(id) as id from readers`);
  for (let first = 0; first <= (last?.id ?? -1) && !stop.aborted; first += plannedAtOnce) {
    await db.run(sql`
      insert into deliveries (issue_id, reader_id, content_hash, changed_at)
      select ${issueId}, id, ${contentHash}, ${now} from readers
      where id >= ${first} and id < ${first + plannedAtOnce} and status = 'active' and confirmed_at <= ${before}
        and not exists (select 1 from deliveries where issue_id = ${issueId} and reader_id = readers.id)
      on conflict do nothing`);
  }
}

/** Suppresses what is planned for readers who stopped, whose address must get no mail, or whose rules left nothing. */
export async function suppressStopped(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<void> {
  // From those who stopped to their letters: they are few, and the letters are many.
  await db.run(sql`
    update deliveries set state = 'suppressed', changed_at = ${now}
    where issue_id = ${issueId} and state = 'planned' and reader_id in (
      select id from readers where status <> 'active'
      union all select readers.id from suppressions join readers using (email)
      union all select picks.reader_id from picks join deliveries as own using (issue_id, reader_id, content_hash)
        where issue_id = ${issueId} and (picks.story_ids = '{}' or picks.stories = '[]'))`);
}

/**
 * What a dead process had taken becomes `unknown` and is never sent again: its reader may have the letter, and one
 * missing is better than one twice.
 */
export async function expireLeases(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<void> {
  await db.run(sql`
    update deliveries set state = 'unknown', lease_until = null, changed_at = ${now}
    where issue_id = ${issueId} and state = 'leased' and lease_until < ${now}`);
}

/** Takes up to `limit` planned letters for sending. */
export async function leaseDeliveries(
  db: Queryable,
  { issueId, contentHash, now, limit }: SendingIssue & { limit: number },
): Promise<LeasedDelivery[]> {
  // The status is looked at here again: a reader may unsubscribe while the issue goes out.
  return db.rows<LeasedDelivery>(sql`
    update deliveries
    set state = 'leased', lease_until = ${new Date(now.getTime() + leaseMs)}, changed_at = ${now}
    from (
      select d.id, readers.email, readers.token, readers.confirmed_at, ${pickList} as stories
      from deliveries as d
      join readers on readers.id = d.reader_id
      join picks on picks.issue_id = d.issue_id and picks.reader_id = d.reader_id
        and picks.content_hash = ${contentHash}
      where d.issue_id = ${issueId} and d.state = 'planned' and d.content_hash = ${contentHash}
        and coalesce(d.next_try_at <= ${now}, true) and readers.status = 'active'
        and not exists (select 1 from suppressions where suppressions.email = readers.email)
      order by d.id limit ${limit} for update of d skip locked
    ) as next
    where deliveries.id = next.id
    returning deliveries.id, reader_id, attempts, next.email, next.token, next.confirmed_at, next.stories`);
}

/** Writes down what came of the attempts and, in the same transaction, which stories the readers were shown. */
export async function settleDeliveries(
  db: Database,
  { issueId, now, tried }: { issueId: number; now: Date; tried: TriedDelivery[] },
): Promise<void> {
  const rows = tried.map(({ id, attempts, attempt, messageId, storyIds }) => {
    const after = afterAttempt(attempt, { attempts, now });
    const mayHaveArrived = after.state === 'submitted' || after.state === 'unknown';
    return { id, reply: attempt.reply, messageId, storyIds: mayHaveArrived ? storyIds : [], ...after };
  });
  await db.transaction(async (tx) => {
    // A lease that ran out while its mail was under way is `unknown`; what the server said in the end is the truth.
    await tx.run(sql`
      update deliveries set state = t.state, attempts = t.attempts, next_try_at = t."nextTryAt", smtp_reply = t.reply,
        message_id = t."messageId", story_ids = array(select jsonb_array_elements_text(t."storyIds")::integer),
        lease_until = null, changed_at = ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id integer, state text, attempts integer,
        "nextTryAt" timestamptz, reply text, "messageId" text, "storyIds" jsonb)
      where deliveries.id = t.id and deliveries.state in ('leased', 'unknown')`);
    const submitted = rows.filter(({ state }) => state === 'submitted').map(({ id }) => id);
    await tx.run(sql`
      insert into exposures (reader_id, story_id, issue_id, position, at)
      select reader_id, story_id, issue_id, position, ${now}
      from deliveries, unnest(story_ids) with ordinality as shown(story_id, position)
      where deliveries.id = any(${submitted}) and issue_id = ${issueId} and state = 'submitted'
      on conflict do nothing`);
  });
}

/** Where the letters of an issue stand. `planned` is all of them, the sum of the others. */
export interface LedgerCounts {
  planned: number;
  submitted: number;
  failed: number;
  unknown: number;
  suppressed: number;
  leased: number;
  waiting: number;
}

/** The ledger of an issue, counted row by row. A letter that bounced or was complained about had been submitted. */
export async function countLedger(db: Queryable, issueId: number): Promise<LedgerCounts> {
  const row = await db.row<LedgerCounts>(sql`
    select count(*)::int as planned,
      count(*) filter (where state in ('submitted', 'bounced', 'complained'))::int as submitted,
      count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'unknown')::int as unknown,
      count(*) filter (where state = 'suppressed')::int as suppressed,
      count(*) filter (where state = 'leased')::int as leased,
      count(*) filter (where state = 'planned')::int as waiting
    from deliveries where issue_id = ${issueId}`);
  return row!;
}

/** Counts the ledger and keeps the figures with the issue, for whoever looks at it: a million rows take 0.3 s. */
export async function keepLedger(
  db: Queryable,
  { issueId, now }: { issueId: number; now: Date },
): Promise<LedgerCounts> {
  const counts = await countLedger(db, issueId);
  await db.run(sql`
    update issues set ledger = ${JSON.stringify(counts)}::jsonb, ledger_at = ${now} where id = ${issueId}`);
  return counts;
}

/** The ledger as it was kept last, and when; counted now for an issue of which none was kept. */
export async function keptLedger(db: Queryable, issueId: number): Promise<LedgerCounts & { at: Date | null }> {
  const kept = await db.row<{ ledger: LedgerCounts | null; at: Date }>(sql`
    select ledger, ledger_at as at from issues where id = ${issueId}`);
  return kept?.ledger ? { ...kept.ledger, at: kept.at } : { ...(await countLedger(db, issueId)), at: null };
}

/** Issues that went out before ledgers were kept: counted once, rather than at each look. */
export async function issuesWithoutLedger(db: Queryable): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    sql`select id from issues where status = 'sent' and ledger is null order by id`,
  );
  return rows.map(({ id }) => id);
}
