// A statement that is planned without reading a table from end to end.
import { sql, type Database, type Queryable } from '../db.ts';

/**
 * The planner takes reading a value that lies beside its row (TOAST) for nothing, and the pages of an index for as far apart as on
 * a turning disk: it would rather read 100,000 rows than ask the index for 500.
 */
export function byIndex<Rows>(db: Database, ask: (tx: Queryable) => Promise<Rows>): Promise<Rows> {
  return db.transaction(async (tx) => {
    await tx.run(sql`set local enable_seqscan = off`);
    return ask(tx);
  });
}
