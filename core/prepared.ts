// Prepared statements: planned once a connection. Planning was half the cost of a desk page sent again unchanged.

/** Whose text is the same each time, and whose values are other ones. */
const marks = new WeakSet<object>();
const names = new Map<string, string>();
/** Each takes some 50 KB of every connection; a statement put together in more ways than we have pages is none of these. */
const mostNames = 300;

/** Marks a statement that finds few rows by an index whatever its values are, since the plan is kept for others; returns it. */
export function markPrepared<Statement extends object>(statement: Statement): Statement {
  marks.add(statement);
  return statement;
}

/** The name by which a connection knows a prepared statement with this text; undefined for every other statement. */
export function preparedName(statement: object, text: string): string | undefined {
  if (!marks.has(statement)) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `courant_${names.size + 1}`;
  names.set(text, name);
  return name;
}
