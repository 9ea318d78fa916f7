// The whole record of what was done at the desk, newest first, a page at a time.
import { sql, type Queryable } from '../db.ts';
import { toJson } from '../storable.ts';
import type { AuditEntry } from './curators.ts';

export type LoggedChange = AuditEntry & { id: number };

/** How the page tells what is kept in another way: whoever searches knows the words of the page. */
export interface ActWording {
  /** Which lines: a regular expression of JavaScript and PostgreSQL alike, whose one group is what stays. */
  line: string;
  /** By the kind of change and what it gave: "role removed" -> "rejected". */
  words: Readonly<Record<string, string>>;
}

export interface AuditSearch {
  /** A part of who did it, what was done, as the page says it, or to what. */
  words: string;
  wording: ActWording;
  /** Only those before this id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** The entries that fit; the newest are found without reading the others. */
export function searchAudit(db: Queryable, { words, wording, before, limit }: AuditSearch): Promise<LoggedChange[]> {
  const part = `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const change = sql`concat_ws(' ', after ->> 'change', case after ->> 'change' when 'role' then after ->> 'role' when 'section' then after ->> 'section' end)`;
  const what = sql`case when action ~ ${wording.line} then coalesce(${toJson(wording.words)}::jsonb ->> ${change} || ' ' || substring(action from ${wording.line}), action) else action end`;
  return db.rows<LoggedChange>(sql`
    select id, actor, action, subject, before, after, at from audit
    where (${before ?? null}::int is null or id < ${before ?? null}::int)
      and (${words} = '' or lower(actor || ' ' || ${what} || ' ' || subject) like ${part})
    order by id desc limit ${limit}`);
}
