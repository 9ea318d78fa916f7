// One reader as the desk looks at them, and what a curator does for them: pause, stop the mail, let it go again.
import { sql, type Queryable } from '../db.ts';

/** One letter to a reader, and what came back of it. */
export interface ReaderLetter {
  number: number;
  title: string;
  state: string;
  at: Date;
  /** Why it failed or waits, as core/store/mail-attempts.ts names it. */
  reason: string | null;
  /** "hard 5.1.1" for each report that came later. */
  reports: string[];
  opened: number;
}

/** The newest letters to a reader. */
export function lettersOf(
  db: Queryable,
  { readerId, limit }: { readerId: number; limit: number },
): Promise<ReaderLetter[]> {
  return db.rows<ReaderLetter>(sql`
    select number, title, state, deliveries.changed_at as at, reason,
      array(select kind || ' ' || mail_reports.status from mail_reports where delivery_id = deliveries.id order by mail_reports.id) as reports,
      (select count(distinct story_id) from clicks where clicks.reader_id = deliveries.reader_id
        and clicks.issue_id = deliveries.issue_id and machine is null)::int as opened
    from deliveries join issues on issues.id = issue_id
    where deliveries.reader_id = ${readerId} order by number desc limit ${limit}`);
}

/** Why no mail goes to this address; undefined when some may. */
export function suppressionOf(db: Queryable, email: string): Promise<{ reason: string; at: Date } | undefined> {
  return db.row(sql`select reason, at from suppressions where email = ${email}`);
}

/** Lets no mail go to the address of a reader from now on; true when some did. */
export async function suppressReader(
  tx: Queryable,
  { readerId, at }: { readerId: number; at: Date },
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into suppressions (email, reason, at) select email, 'curator', ${at} from readers where id = ${readerId}
    on conflict do nothing returning email`);
  return added > 0;
}

/** Lets mail go there again where a curator had stopped it: what bounced or complained stays stopped. True when it was so. */
export async function releaseReader(tx: Queryable, readerId: number): Promise<boolean> {
  const released = await tx.run(sql`
    delete from suppressions using readers
    where readers.id = ${readerId} and suppressions.email = readers.email and reason = 'curator' returning suppressions.email`);
  return released > 0;
}
