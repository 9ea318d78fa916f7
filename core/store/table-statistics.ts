// What the planner knows of each table: PGlite has no autovacuum, and a planner that knows nothing joins every row with every row.
import { raw, sql, type Database, type Queryable } from '../db.ts';

/**
 * Analyses every table that grew by half or of which a fifth changed, BullMQ's too, and returns their names; one look at
 * the catalogue when there is none. `vacuum` clears dead rows away as well and counts them as a change: for the embedded
 * database; a server does it itself. Not in a transaction.
 */
export async function analyseChanged(db: Queryable, { vacuum }: { vacuum: boolean }): Promise<string[]> {
  // PGlite counts what changed and never reports it unless it is told to. After a crash the counts are gone: then growth tells.
  await db.rows(sql`select pg_stat_force_next_flush()`);
  const changed = await db.rows<{ name: string }>(sql`
    select format('%I.%I', schemaname, pg_class.relname) as name
    from pg_class join pg_stat_user_tables as counted on counted.relid = pg_class.oid
    cross join lateral (select pg_relation_size(pg_class.oid) / current_setting('block_size')::int as now) as pages
    where schemaname in ('public', 'bullmq') and pages.now > 0
      and (reltuples < 0 or pages.now > relpages * 1.5 + 8 or n_mod_since_analyze > 100 + reltuples / 5
        or (${vacuum} and n_dead_tup > 100 + reltuples / 5))
    order by name`);
  // One at a time: on the embedded database others have their turn between two.
  const command = vacuum ? 'vacuum (analyze, skip_locked)' : 'analyze (skip_locked)';
  for (const { name } of changed) await db.run(raw(`${command} ${name}`));
  return changed.map(({ name }) => name);
}

/**
 * Asks without reading a table from end to end. The planner takes reading a value that lies beside its row (TOAST) for nothing, and
 * the pages of an index for as far apart as on a turning disk: it would rather read 100,000 rows than ask the index for 500.
 */
export function byIndex<Rows>(db: Database, ask: (tx: Queryable) => Promise<Rows>): Promise<Rows> {
  return db.transaction(async (tx) => {
    await tx.run(sql`set local enable_seqscan = off`);
    return ask(tx);
  });
}
