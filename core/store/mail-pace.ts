// The pace of a mail server: rows of `turns` that say when it may get the next letter and the next notice, over all processes.
import { sql, type Queryable, type Sql } from '../db.ts';

export interface MailSlots {
  /** The mail server, by whatever names it. */
  server: string;
  kind: 'letter' | 'notice';
  /** How many slots, one after the other. */
  count: number;
  /** From one slot to the next. */
  everyMs: number;
}

/**
 * Takes the next slots and returns the milliseconds until the first. Notices wait only for each other and push letters
 * back, one slot each: they go first, and in no window there are more than one too many. Only the database's clock counts.
 */
export async function takeMailSlots(db: Queryable, { server, kind, count, everyMs }: MailSlots): Promise<number> {
  const slots = { count, everyMs };
  const row = await db.row<{ waitMs: number }>(
    kind === 'letter'
      ? advance(`mail ${server}`, slots)
      : sql`with pushed as (${advance(`mail ${server}`, slots)}) ${advance(`notices ${server}`, slots)}`,
  );
  return Math.max(0, row!.waitMs);
}

/** Moves a row on; never more than a minute or a hundred mails ahead, lest a clock that was set back stops all mail. */
function advance(name: string, { count, everyMs }: Pick<MailSlots, 'count' | 'everyMs'>): Sql {
  const span = sql`${count * everyMs}::float8 * interval '1 millisecond'`;
  const furthest = sql`${Math.max(60_000, 100 * everyMs)}::float8 * interval '1 millisecond'`;
  return sql`
    insert into turns (name, next_at) values (${name}, clock_timestamp() + ${span})
    on conflict (name) do update
      set next_at = greatest(clock_timestamp(), least(turns.next_at, clock_timestamp() + ${furthest})) + ${span}
    returning extract(epoch from next_at - ${span} - clock_timestamp())::float8 * 1000 as wait_ms`;
}
