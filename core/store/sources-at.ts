// Addresses of feeds -> the sources that are read there.
import { sql, type Queryable } from '../db.ts';
import { isHeard } from './sources.ts';

/** Their names, by name; an address that nothing is read at is missing. */
export async function sourcesAt(db: Queryable, urls: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ title: string }>(sql`
    select title from sources where url = any(${[...urls]}::text[]) and ${isHeard} order by lower(title), id`);
  return rows.map(({ title }) => title);
}
