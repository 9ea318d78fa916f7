// The letters of an issue that went out, as whoever looks at what came of them needs them.
import { sql, type Queryable } from '../db.ts';

export interface SentLetter {
  deliveryId: number;
  readerId: number;
  email: string;
  /** In the order they were shown. */
  storyIds: number[];
  /** The two that it asked about; null where it asked nothing. */
  pair: readonly [number, number] | null;
  /** When the mail server took it. */
  at: Date;
  /** Whether a link of it was opened yet, by a person or a program. */
  isOpened: boolean;
}

/** Those that a mail server took and that did not come back, by reader. */
export function sentLetters(db: Queryable, issueId: number): Promise<SentLetter[]> {
  return db.rows<SentLetter>(sql`
    select deliveries.id as delivery_id, reader_id, email, story_ids, written -> 'pair' as pair, deliveries.changed_at as at,
      exists (select 1 from clicks where clicks.reader_id = deliveries.reader_id and clicks.issue_id = deliveries.issue_id) as is_opened
    from deliveries join readers on readers.id = reader_id
    where deliveries.issue_id = ${issueId} and state = 'submitted' order by reader_id`);
}
