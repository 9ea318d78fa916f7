// What a reader was chosen last, and why: shown to them with their preferences.
import type { Reason } from '../letter/pick-reason.ts';
import { sql, type Queryable } from '../db.ts';

export interface LastPick {
  storyId: number;
  title: string;
  reason: Reason | null;
}

/** The personal picks of a reader's newest ranked issue that went out, best first, each with its reason. */
export function lastPicksOf(db: Queryable, readerId: number): Promise<LastPick[]> {
  return db.rows<LastPick>(sql`
    select stories.id as story_id, items.title, reason
    from (
      select picks.issue_id from picks
      join issues on issues.id = picks.issue_id and issues.content_hash = picks.content_hash
      where reader_id = ${readerId} and issues.status in ('sending', 'sent')
      order by issues.number desc limit 1
    ) as newest
    join picked on picked.issue_id = newest.issue_id and reader_id = ${readerId} and picked.kind <> 'editor'
    join stories on stories.id = picked.story_id
    join items on items.id = stories.headline_item_id
    order by place`);
}
