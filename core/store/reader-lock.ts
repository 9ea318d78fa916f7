// One reader's row as a lock: what is counted or compared before it is written happens one after another.
import { sql, type Queryable } from '../db.ts';

/** Waits for what else this reader is doing, and keeps the row until the transaction ends. */
export async function lockReader(tx: Queryable, readerId: number): Promise<void> {
  await tx.row(sql`select 1 from readers where id = ${readerId} for update`);
}
