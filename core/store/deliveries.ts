// Deliveries: the ledger of letters. planned = submitted + failed + unknown + suppressed, for each issue, after any crash.
import { sql, type Queryable } from '../db.ts';
import { isTurnOf } from './readers.ts';
import { toJson } from '../storable.ts';

/** One approved content of one issue, and the clock. */
export interface SendingIssue {
  issueId: number;
  contentHash: string;
  now: Date;
}

/** True when an active reader, confirmed before `before`, has no picks from this content yet. */
export async function hasUnranked(
  db: Queryable,
  { issueId, contentHash, before }: { issueId: number; contentHash: string; before: Date },
): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (
      select 1 from readers
      where status = 'active' and confirmed_at <= ${before} and ${isTurnOf(issueId)} and not exists (
        select 1 from picks
        where issue_id = ${issueId} and reader_id = readers.id and content_hash = ${contentHash})) as found`);
  return row!.found;
}

interface Planning extends SendingIssue {
  before: Date;
  stop: AbortSignal;
  /** When letters may first go in a time zone; null: now. Readers who named none have ''. */
  opensAt?: ((zone: string) => Date | null) | undefined;
}

/** Planned by one statement: about 0.2 s of the embedded database, in which everybody waits. */
const plannedAtOnce = 5_000;

/**
 * Plans a letter for every active reader confirmed before `before`; who has one already is left alone. In bites, until
 * `stop` says so: then some are not planned yet, and the next run goes on.
 */
export async function planDeliveries(
  db: Queryable,
  { issueId, contentHash, before, now, stop, opensAt }: Planning,
): Promise<void> {
  const openings = toJson(opensAt ? await openingsOf(db, opensAt) : {});
  const last = await db.row<{ id: number | null }>(sql`select max(id) as id from readers`);
  for (let first = 0; first <= (last?.id ?? -1) && !stop.aborted; first += plannedAtOnce) {
    const end = first + plannedAtOnce;
    // The bounds once more for the letters: a planner that knows nothing of them yet reads all of the issue's for each bite
    // (a million letters planned again on the embedded database: more than 5 minutes).
    await db.run(sql`
      insert into deliveries (issue_id, reader_id, content_hash, changed_at, next_try_at)
      select ${issueId}, id, ${contentHash}, ${now}, (${openings}::jsonb ->> coalesce(timezone, ''))::timestamptz from readers
      where id >= ${first} and id < ${end} and status = 'active' and confirmed_at <= ${before}
        and ${isTurnOf(issueId)} and not exists (
          select 1 from deliveries
          where issue_id = ${issueId} and reader_id = readers.id and reader_id >= ${first} and reader_id < ${end})
      on conflict do nothing`);
  }
}

/** When letters may first go, by time zone; zones in which they may go now are missing. */
async function openingsOf(db: Queryable, opensAt: (zone: string) => Date | null): Promise<Record<string, Date>> {
  const rows = await db.rows<{ zone: string }>(sql`select distinct coalesce(timezone, '') as zone from readers`);
  const known = rows.map(({ zone }): [string, Date | null] => [zone, opensAt(zone)]);
  return Object.fromEntries(known.filter((one): one is [string, Date] => one[1] !== null));
}

/** Readers whose letters are looked at by one statement. */
const stoppedAtOnce = 5_000;

/** Suppresses what is planned for readers who stopped, whose address must get no mail, or whose rules left nothing. */
export async function suppressStopped(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<void> {
  const stopped = await db.rows<{ id: number }>(sql`
    select id from readers where status <> 'active'
    union select readers.id from suppressions join readers using (email)
    union select reader_id from picks where issue_id = ${issueId} and content_hash in (
      select content_hash from deliveries where issue_id = ${issueId} and reader_id = picks.reader_id)
      and (story_ids = '{}' or stories = '[]')`);
  // By their ids to their letters: joined by a planner that knows nothing of a million new letters yet, each letter was
  // compared with all who stopped (more than 15 minutes on the embedded database).
  for (let first = 0; first < stopped.length; first += stoppedAtOnce) {
    const ids = stopped.slice(first, first + stoppedAtOnce).map(({ id }) => id);
    await db.run(sql`
      update deliveries set state = 'suppressed', changed_at = ${now}
      where issue_id = ${issueId} and state = 'planned' and reader_id = any(${ids})`);
  }
}

/**
 * From now on the letters of an issue to one domain are due one after another at this pace, whoever sends them: those that were due
 * anyhow, and those that a slower pace put off. What waits for its reader's morning, or for a full mailbox, goes on waiting.
 */
export async function spreadDomain(
  db: Queryable,
  { issueId, domain, perSecond, now }: { issueId: number; domain: string; perSecond: number; now: Date },
): Promise<void> {
  await db.run(sql`
    update deliveries set reason = coalesce(reason, 'rate'), next_try_at = ${now}::timestamptz + place / ${perSecond}::float8 * interval '1 second'
    from (
      select d.id, row_number() over (order by d.id) as place
      from deliveries as d join readers on readers.id = d.reader_id
      where d.issue_id = ${issueId} and d.state = 'planned' and lower(split_part(email, '@', -1)) = ${domain}
        and (d.reason = 'rate' or coalesce(d.next_try_at <= ${now}::timestamptz + interval '1 minute', true))
    ) as waiting
    where deliveries.id = waiting.id and state = 'planned'`);
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

/** The ledger as it was kept last: `perSecond` letters were settled since it was kept before. */
export type KeptLedger = LedgerCounts & { perSecond?: number };

/** Counts the ledger and keeps the figures with the issue, for whoever looks at it: a million rows take 0.3 s. */
export async function keepLedger(
  db: Queryable,
  { issueId, now }: { issueId: number; now: Date },
): Promise<LedgerCounts> {
  const counts = await countLedger(db, issueId);
  const before = await keptLedger(db, issueId);
  const seconds = before.at ? (now.getTime() - before.at.getTime()) / 1000 : 0;
  // Within a second two looks say nothing of the pace.
  const perSecond = seconds >= 1 ? Math.max(0, settledOf(counts) - settledOf(before)) / seconds : before.perSecond;
  const kept: KeptLedger = { ...counts, ...(perSecond !== undefined && { perSecond }) };
  await db.run(sql`
    update issues set ledger = ${toJson(kept)}::jsonb, ledger_at = ${now} where id = ${issueId}`);
  return counts;
}

function settledOf({ planned, leased, waiting }: LedgerCounts): number {
  return planned - leased - waiting;
}

/** The ledger as it was kept last, and when; counted now for an issue of which none was kept. */
export async function keptLedger(db: Queryable, issueId: number): Promise<KeptLedger & { at: Date | null }> {
  const kept = await db.row<{ ledger: KeptLedger | null; at: Date }>(sql`
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
