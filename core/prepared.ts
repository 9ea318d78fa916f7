// Statements that pages ask again and again: a server reads and plans each once a connection. Of a page of the desk that is sent again as it was, planning was half of what it cost.
import sql, { type Sql } from 'sql-template-tag';

/** Marks a statement, whose values only then are other ones. */
const marks = new WeakSet<Sql>();
const names = new Map<string, string>();
/** Each takes some 50 KB of every connection; a statement put together in more ways than we have pages is none of these. */
const mostNames = 300;

/** `sql` for such a statement: one that finds few rows by an index whatever its values are, since the plan is kept for others. */
export function prepared(strings: readonly string[], ...values: unknown[]): Sql {
  const statement = sql(strings, ...values);
  marks.add(statement);
  return statement;
}

/** The name by which a connection knows a prepared statement with this text; undefined for every other statement. */
export function preparedName(statement: Sql, text: string): string | undefined {
  if (!marks.has(statement)) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `courant_${names.size + 1}`;
  names.set(text, name);
  return name;
}
