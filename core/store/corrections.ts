// Corrections: what was found wrong in an issue after it went out, as dated notes in the archive.
import { sql, type Queryable } from '../db.ts';

export interface Correction {
  id: number;
  words: string;
  madeBy: string;
  at: Date;
}

/** The corrections of an issue, in the order they were made. */
export function correctionsOf(db: Queryable, issueId: number): Promise<Correction[]> {
  return db.rows<Correction>(sql`
    select id, words, made_by, at from corrections where issue_id = ${issueId} order by id`);
}

/** Adds a note to an issue that went out; false for one that did not. */
export async function correctIssue(
  tx: Queryable,
  { number, words, by, at }: { number: number; words: string; by: string; at: Date },
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into corrections (issue_id, words, made_by, at)
    select id, ${words}, ${by}, ${at} from issues where number = ${number} and status in ('sending', 'sent') returning id`);
  return added > 0;
}
