// Turns at a host that asks for one request at a time: one row a host, so that all processes share it.
import { sql, type Queryable } from '../db.ts';

export interface Turn {
  /** The host, or whatever shares the turns. */
  name: string;
  /** Who asks: no two askers share it. */
  holder: string;
}

/**
 * Takes the turn when it is free and returns 0; otherwise the milliseconds after which to ask again. Whoever does not
 * give it back within `leaseMs` has died. Only the database's clock counts, so that clocks of processes need not agree.
 */
export async function takeTurn(db: Queryable, { name, holder, leaseMs }: Turn & { leaseMs: number }): Promise<number> {
  const taken = await db.run(sql`
    insert into turns (name, next_at, holder)
    values (${name}, clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond', ${holder})
    on conflict (name) do update set next_at = excluded.next_at, holder = excluded.holder
    where turns.next_at <= clock_timestamp()`);
  if (taken > 0) return 0;
  const row = await db.row<{ waitMs: number }>(sql`
    select case when holder is null then extract(epoch from next_at - clock_timestamp())::float8 * 1000 else 0 end
      as wait_ms
    from turns where name = ${name}`);
  return Math.max(1, Math.ceil(row?.waitMs ?? 0));
}

/** Gives the turn back; the next one comes `pauseMs` from now. */
export async function passTurn(db: Queryable, { name, holder, pauseMs }: Turn & { pauseMs: number }): Promise<void> {
  await db.run(sql`
    update turns set holder = null, next_at = clock_timestamp() + ${pauseMs}::float8 * interval '1 millisecond'
    where name = ${name} and holder = ${holder}`);
}
