// Due sources -> taken by one process at a time: a lease on the row, renewed while it is checked, free again when its holder has died.
import { sql, type Queryable, type Sql } from '../db.ts';
import { isActive, isDue, sourceColumns, type SourceToCheck } from './sources.ts';

/** How long a lease holds; holders renew them long before. */
const leaseMs = 120_000;
/** Among so many of those waiting longest it is chosen: looking at all of 2,000 for each 48 takes 0.5 s. */
const mostLookedAt = 800;
/** Sources of one host that are taken together: those of others shall not wait behind them. */
const perHost = 4;

export interface Leasing {
  now: Date;
  limit: number;
  /** Hosts of which enough are taken already. */
  busyHosts: readonly string[];
}

/** Takes the sources to look at now, the longest waiting first; hosts take turns. */
export function leaseDueSources(db: Queryable, { now, limit, busyHosts }: Leasing): Promise<SourceToCheck[]> {
  // An array, since a join with what the window gives takes 3 s for 2,000 sources; more than are wanted, since other jobs
  // lock some of them at the same moment.
  const chosen = sql`
    select id from sources where ${isFreeAndDue(now)} and id = any(array(
      select id from (
        select id, next_check_at, row_number() over (partition by host order by next_check_at, id) as place
        from (
          select id, next_check_at, split_part(url, '/', 3) as host from sources
          where ${isFreeAndDue(now)} and split_part(url, '/', 3) <> all(${busyHosts}::text[])
          order by next_check_at, id limit ${mostLookedAt}) longest) turn
      where place <= ${perHost} order by place, next_check_at, id limit ${4 * limit}))
    limit ${limit} for update skip locked`;
  return leased(db, { now, chosen });
}

/** Takes one source, due or not; undefined when it is not read at all, or somebody has it. */
export async function leaseSource(
  db: Queryable,
  { id, now }: { id: number; now: Date },
): Promise<SourceToCheck | undefined> {
  const chosen = sql`select id from sources where id = ${id} and ${isActive} and ${isFree(now)} for update skip locked`;
  return (await leased(db, { now, chosen }))[0];
}

/** Keeps the leases of sources that are still being checked. */
export function renewSourceLeases(db: Queryable, { ids, now }: { ids: readonly number[]; now: Date }): Promise<number> {
  return db.run(
    sql`update sources set leased_until = ${ends(now)} where id = any(${ids}::int[]) and leased_until is not null`,
  );
}

/** Gives back sources that were not checked in the end; they stay due. */
export function releaseLeases(db: Queryable, ids: readonly number[]): Promise<number> {
  return db.run(sql`update sources set leased_until = null where id = any(${ids}::int[])`);
}

/** Gives back whatever is held, for a process that is the only one. */
export function releaseAllLeases(db: Queryable): Promise<number> {
  return db.run(sql`update sources set leased_until = null where leased_until is not null returning id`);
}

/** How many sources are due and free. */
export async function countDueSources(db: Queryable, now: Date): Promise<number> {
  const row = await db.row<{ due: number }>(sql`select count(*)::int as due from sources where ${isFreeAndDue(now)}`);
  return row!.due;
}

/** How many sources somebody is checking now; those of a process that died count until their lease runs out. */
export async function countLeasedSources(db: Queryable, now: Date): Promise<number> {
  const row = await db.row<{ leased: number }>(sql`
    select count(*)::int as leased from sources where status = 'active' and deleted_at is null and leased_until >= ${now}`);
  return row!.leased;
}

async function leased(db: Queryable, { now, chosen }: { now: Date; chosen: Sql }): Promise<SourceToCheck[]> {
  const rows = await db.rows<Omit<SourceToCheck, 'dates'> & { dates: string[] }>(sql`
    with chosen as (${chosen})
    update sources set leased_until = ${ends(now)} from chosen where sources.id = chosen.id
    returning ${sourceColumns}, secret,
      array(select to_url from source_moves where source_id = sources.id and undone_at is not null) as refused_moves,
      coalesce((select json_agg(published_at) from (
        select published_at from items where source_id = sources.id order by published_at desc limit 30) newest), '[]')
        as dates`);
  return rows.map((row) => ({ ...row, dates: row.dates.map((date) => new Date(date)) }));
}

function ends(now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/** Due, and nobody is checking it. */
function isFreeAndDue(now: Date): Sql {
  return sql`${isDue(now)} and ${isFree(now)}`;
}

function isFree(now: Date): Sql {
  return sql`(leased_until is null or leased_until < ${now})`;
}
