// A word for all rows of the database: equal while nothing was committed.
import { prepared, sql, type Queryable } from '../db.ts';

/** In a statement: which transactions it sees. Two that see the same ones read the same rows, and none comes back (PostgreSQL, "Transaction IDs and snapshots"). */
export const seenTransactions = sql`pg_current_snapshot()::text`;

/** The state that a statement sees now. */
export async function databaseState(db: Queryable): Promise<string> {
  const row = await db.row<{ state: string }>(prepared`select ${seenTransactions} as state`);
  return row!.state;
}
