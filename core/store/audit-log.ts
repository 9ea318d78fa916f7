// The whole record of what was done at the desk, newest first, a page at a time.
import { sql, type Queryable } from '../db.ts';
import type { AuditEntry } from './curators.ts';

export type LoggedChange = AuditEntry & { id: number };

export interface AuditSearch {
  /** A part of who did it, what was done or to what. */
  words: string;
  /** Only those before this id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** The entries that fit; the newest are found without reading the others. */
export function searchAudit(db: Queryable, { words, before, limit }: AuditSearch): Promise<LoggedChange[]> {
  const part = `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return db.rows<LoggedChange>(sql`
    select id, actor, action, subject, before, after, at from audit
    where (${before ?? null}::int is null or id < ${before ?? null}::int)
      and (${words} = '' or lower(actor || ' ' || action || ' ' || subject) like ${part})
    order by id desc limit ${limit}`);
}
