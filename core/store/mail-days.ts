// How many letters a mail server may get on a day, over all processes, while a new sender becomes known.
import { sql, type Queryable } from '../db.ts';

interface MailDay {
  server: string;
  /** ISO 8601 day. */
  day: string;
}

/** Takes up to `wanted` of what is left of the day; returns how many. Whoever sends fewer gives the others back. */
export async function takeOfDay(
  db: Queryable,
  { server, day, most, wanted }: MailDay & { most: number; wanted: number },
): Promise<number> {
  await db.run(sql`
    insert into mail_days (server, day, taken) values (${server}, ${day}, 0) on conflict do nothing`);
  const row = await db.row<{ granted: number }>(sql`
    update mail_days set taken = greatest(mail_days.taken, least(${most}::int, mail_days.taken + ${wanted}::int))
    from (select taken from mail_days where server = ${server} and day = ${day} for update) as before
    where server = ${server} and day = ${day}
    returning mail_days.taken - before.taken as granted`);
  return row!.granted;
}

/** Gives back what was taken and not sent. */
export async function giveBackOfDay(db: Queryable, { server, day, count }: MailDay & { count: number }): Promise<void> {
  await db.run(sql`
    update mail_days set taken = greatest(0, taken - ${count}::int) where server = ${server} and day = ${day}`);
}

/** How many were taken on a day. */
export async function takenOfDay(db: Queryable, { server, day }: MailDay): Promise<number> {
  const row = await db.row<{ taken: number }>(
    sql`select taken from mail_days where server = ${server} and day = ${day}`,
  );
  return row?.taken ?? 0;
}

/**
 * What a process that was killed had taken and not sent is given back: the day has what its letters say, as long as nobody holds
 * any, who may have more of it in hand.
 */
export async function recountDay(
  db: Queryable,
  { server, day, timezone }: MailDay & { timezone: string },
): Promise<void> {
  await db.run(sql`
    update mail_days set taken = least(taken, (
      select count(*)::int from deliveries
      where state in ('submitted', 'unknown', 'bounced', 'complained') and changed_at >= (${day}::date)::timestamp at time zone ${timezone}))
    where server = ${server} and day = ${day} and not exists (select 1 from deliveries where state = 'leased')`);
}
