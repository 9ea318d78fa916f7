// The pace of a mail server over all processes: rows of `turns` say when it may get the next mail, rows of `mail_paces` how
// quickly it takes them while that is slower than asked for.
import { sql, type Queryable, type Sql } from '../db.ts';

export interface MailSlots {
  /** The mail server, by whatever names it. */
  server: string;
  kind: 'letter' | 'notice';
  /** From one slot to the next, where the server is not slower. */
  everyMs: number;
  /** Slots of so long a time are taken together, one at least. */
  forMs: number;
}

/** So many slots; the milliseconds until the first, and from one to the next. */
export interface TakenSlots {
  count: number;
  waitMs: number;
  everyMs: number;
}

/**
 * Takes the next slots. Notices wait only for each other and push letters back, one slot each: they go first, and in no
 * window there are more than one too many. Only the database's clock counts.
 */
export async function takeMailSlots(db: Queryable, { kind, ...slots }: MailSlots): Promise<TakenSlots> {
  const letters = advance(`mail ${slots.server}`, slots);
  const row = await db.row<TakenSlots>(
    kind === 'letter' ? letters : sql`with pushed as (${letters}) ${advance(`notices ${slots.server}`, slots)}`,
  );
  return { ...row!, waitMs: Math.max(0, row!.waitMs) };
}

/** Moves a row on; never more than a minute or a hundred mails ahead, lest a clock that was set back stops all mail. */
function advance(name: string, { server, everyMs, forMs }: Omit<MailSlots, 'kind'>): Sql {
  const every = sql`greatest(${everyMs}::float8, coalesce((select 1000 / per_second from mail_paces where name = ${server}), 0))`;
  // How many is told by the pace of this moment: slots of the pace before would be minutes of a slower one.
  const count = sql`greatest(1, floor(${forMs}::float8 / ${every}))`;
  const span = sql`${count} * ${every} * interval '1 millisecond'`;
  const furthest = sql`greatest(60000, 100 * ${every}) * interval '1 millisecond'`;
  return sql`
    insert into turns (name, next_at) values (${name}, clock_timestamp() + ${span})
    on conflict (name) do update
      set next_at = greatest(clock_timestamp(), least(turns.next_at, clock_timestamp() + ${furthest})) + ${span}
    returning extract(epoch from next_at - ${span} - clock_timestamp())::float8 * 1000 as wait_ms,
      ${count}::int as count, ${every} as every_ms`;
}

/** The slowest a server is tried at; slower is waiting. */
const slowestPerSecond = 0.5;
/** What is gained in a second in which nothing was refused, of the pace asked for. */
const gainedShare = 0.02;

interface Pacing {
  server: string;
  /** What it took of late. */
  perSecond: number;
  why: string;
}

/** The server wants less: half of the pace, or of what it took of late where that is less. Returns the pace. */
export async function slowDown(db: Queryable, { server, perSecond, why }: Pacing): Promise<number> {
  const first = Math.max(slowestPerSecond, perSecond / 2);
  const row = await db.row<{ perSecond: number }>(sql`
    insert into mail_paces (name, per_second, why, changed_at) values (${server}, ${first}, ${why}, clock_timestamp())
    on conflict (name) do update set why = excluded.why, changed_at = clock_timestamp(),
      per_second = greatest(${slowestPerSecond}::float8, least(mail_paces.per_second / 2, ${first}::float8))
    returning per_second`);
  return row!.perSecond;
}

/** A second went well: a little more, until it is as quick as asked for and nothing is left to remember. */
export async function speedUp(db: Queryable, { server, asked }: { server: string; asked: number }): Promise<void> {
  await db.run(sql`
    update mail_paces set per_second = per_second + ${Math.max(0.2, Math.min(1000, asked) * gainedShare)}::float8, hold_until = null, holds = 0,
      changed_at = clock_timestamp()
    where name = ${server} and changed_at <= clock_timestamp() - interval '1 second'`);
  await db.run(sql`delete from mail_paces where name = ${server} and per_second >= ${asked}::float8`);
}

/** A server that takes nothing is tried again after 1, 2, 4 ... minutes, at most 30 (RFC 5321, section 4.5.4.1). */
const longestHoldMinutes = 30;
/** What it is tried at after its first wait, when no pace was found before. */
const firstAfterHold = 10;

/** Nothing is sent to the server for a minute, or longer each time it took nothing; returns until when. */
export async function holdServer(
  db: Queryable,
  { server, why, isAgain, now }: { server: string; why: string; isAgain: boolean; now: Date },
): Promise<Date> {
  const holds = sql`case when ${isAgain} then mail_paces.holds + 1 else 1 end`;
  const row = await db.row<{ holdUntil: Date }>(sql`
    insert into mail_paces (name, per_second, why, hold_until, holds, changed_at)
    values (${server}, ${firstAfterHold}, ${why}, ${now}::timestamptz + interval '1 minute', 1, clock_timestamp())
    on conflict (name) do update set why = excluded.why, holds = ${holds}, hold_until = ${now}::timestamptz
      + least(${longestHoldMinutes}::int, power(2, least(${holds}, 10) - 1)::int) * interval '1 minute'
    returning hold_until`);
  return row!.holdUntil;
}

export interface SlowServer {
  perSecond: number;
  holdUntil: Date | null;
  why: string;
}

/** How the server is slowed down now; undefined when it is not. */
export function slowServer(db: Queryable, server: string): Promise<SlowServer | undefined> {
  return db.row<SlowServer>(sql`select per_second, hold_until, why from mail_paces where name = ${server}`);
}

/** What one domain is thought to take, when its server first wants less than the others. */
const domainPerSecond = 2;
const slowestDomainPerSecond = 1 / 60;
/** A pace is tried for so long before it is halved, or doubled: what is under way says nothing of the new one. */
const domainPaceSeconds = 60;
/** A pace of so long ago says nothing of today. */
const domainPaceHours = 6;

const domainName = (domain: string): string => `domain ${domain}`;

/** The server behind one domain wants less: returns its pace, halved at most once a minute over all processes, and whether it was now. */
export async function slowDomain(
  db: Queryable,
  { domain, why, now }: { domain: string; why: string; now: Date },
): Promise<{ perSecond: number; isNew: boolean }> {
  const name = domainName(domain);
  const row = await db.row<{ perSecond: number }>(sql`
    insert into mail_paces (name, per_second, why, changed_at) values (${name}, ${domainPerSecond}, ${why}, ${now})
    on conflict (name) do update set why = excluded.why, changed_at = excluded.changed_at,
      per_second = case when mail_paces.changed_at < ${now}::timestamptz - ${domainPaceHours}::int * interval '1 hour' then excluded.per_second
        else greatest(${slowestDomainPerSecond}::float8, mail_paces.per_second / 2) end
    where mail_paces.changed_at <= ${now}::timestamptz - ${domainPaceSeconds}::int * interval '1 second'
    returning per_second`);
  if (row) return { ...row, isNew: true };
  const kept = await db.row<{ perSecond: number }>(sql`select per_second from mail_paces where name = ${name}`);
  return { perSecond: kept?.perSecond ?? domainPerSecond, isNew: false };
}

/**
 * These domains took mails: those that were slow are tried twice as quickly, at most once a minute; returns them. What is as
 * quick as asked for is not remembered.
 */
export async function speedUpDomains(
  db: Queryable,
  { domains, asked, now }: { domains: readonly string[]; asked: number; now: Date },
): Promise<{ domain: string; perSecond: number }[]> {
  const rows = await db.rows<{ name: string; perSecond: number }>(sql`
    update mail_paces set per_second = per_second * 2, changed_at = ${now}
    where name = any(${domains.map(domainName)}::text[])
      and changed_at <= ${now}::timestamptz - ${domainPaceSeconds}::int * interval '1 second'
    returning name, per_second`);
  const quick = rows.filter(({ perSecond }) => perSecond >= asked).map(({ name }) => name);
  if (quick.length > 0) await db.run(sql`delete from mail_paces where name = any(${quick}::text[])`);
  return rows.map(({ name, perSecond }) => ({ domain: name.slice(domainName('').length), perSecond: Math.min(asked, perSecond) })); // prettier-ignore
}

/** The domains that want less than the server gives, as far as anybody knows today. */
export async function slowDomains(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(sql`
    select name from mail_paces
    where starts_with(name, ${domainName('')}) and changed_at > ${now}::timestamptz - ${domainPaceHours}::int * interval '1 hour'`);
  return rows.map(({ name }) => name.slice(domainName('').length));
}
