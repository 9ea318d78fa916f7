// A database -> the same database, telling a test of each statement before it runs, and of each commit that wrote something.
import type { Database, Queryable, Sql, Transactional } from '../core/db.ts';

export interface Watcher {
  /** Of a statement that is about to run there. */
  before?: (statement: Sql, target: Queryable) => Promise<void> | void;
  /** The statements that wrote, after they are on disk. */
  committed?: (written: readonly string[]) => Promise<void> | void;
}

const writing = /\b(?:insert\s+into|update\s+(?:only\s+)?[\w".]+\s+(?:as\s+\w+\s+)?set|delete\s+from)\b/i;

export function watchDatabase(db: Database, { before, committed }: Watcher): Database {
  const watching = (target: Queryable, wrote: (text: string) => Promise<void> | void): Queryable => {
    const watch = async <T>(statement: Sql, run: () => Promise<T>): Promise<T> => {
      await before?.(statement, target);
      const result = await run();
      if (writing.test(statement.text)) await wrote(statement.text);
      return result;
    };
    return {
      rows: (statement) => watch(statement, () => target.rows(statement)),
      row: (statement) => watch(statement, () => target.row(statement)),
      run: (statement) => watch(statement, () => target.run(statement)),
    };
  };
  async function transaction<T>(work: (tx: Transactional) => Promise<T>): Promise<T> {
    const written: string[] = [];
    const result = await db.transaction((tx) => {
      const within: Transactional = { ...watching(tx, (text) => void written.push(text)), transaction: (inner) => inner(within) }; // prettier-ignore
      return work(within);
    });
    if (written.length > 0) await committed?.(written);
    return result;
  }
  return { ...db, ...watching(db, async (text) => committed?.([text])), transaction };
}
