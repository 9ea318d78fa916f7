// Two states of an issue's rows -> what differs, row by row and field by field; pure.

/** A row as JSON, in the words of its table. */
type Row = Record<string, unknown>;

/** Rows of an issue by their key: its opening, stories before the curator and in the pool, and what the sorter was taught of them. */
export interface IssueRows {
  opening: Record<string, Row>;
  stories: Record<string, Row>;
  pool: Record<string, Row>;
  labels: Record<string, Row>;
  /** Of its editions, by language and story: "de 12". */
  editions: Record<string, Row>;
}

/** One side of a difference. A row that is there on the other side alone is null; of others only the fields that differ. */
export type IssueSide = Partial<Record<keyof IssueRows, Record<string, Row | null>>>;

/** Both sides of what differs; undefined where nothing does. */
export function diffRows(before: IssueRows, after: IssueRows): { before: IssueSide; after: IssueSide } | undefined {
  const sides: { before: IssueSide; after: IssueSide } = { before: {}, after: {} };
  for (const table of ['opening', 'stories', 'pool', 'labels', 'editions'] as const) {
    for (const key of new Set([...Object.keys(before[table]), ...Object.keys(after[table])])) {
      const [was, is] = differing(before[table][key], after[table][key]);
      if (was === undefined || is === undefined) continue;
      (sides.before[table] ??= {})[key] = was;
      (sides.after[table] ??= {})[key] = is;
    }
  }
  return Object.keys(sides.before).length === 0 ? undefined : sides;
}

function differing(was: Row | undefined, is: Row | undefined): [Row | null, Row | null] | [] {
  if (was === undefined || is === undefined) return [was ?? null, is ?? null];
  const fields = Object.keys(is).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  const pickOf = (row: Row): Row => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
  return fields.length === 0 ? [] : [pickOf(was), pickOf(is)];
}
