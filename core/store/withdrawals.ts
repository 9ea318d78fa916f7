// Papers their authors took back: out of what is still to be sent, and marked in what was.
import { sql, type Database, type Queryable } from '../db.ts';
import { recordAudit } from './curators.ts';

/** True of a story that a withdrawn paper heads, as SQL over `stories`: it is no news. */
export const isTakenBack = sql`exists (
  select 1 from items headline where headline.id = stories.headline_item_id and headline.withdrawn)`;

/** Of these stories those that a withdrawn paper heads. */
export async function withdrawnAmong(db: Queryable, storyIds: readonly number[]): Promise<Set<number>> {
  const rows = await db.rows<{ id: number }>(
    sql`select id from stories where id = any(${storyIds}::int[]) and ${isTakenBack}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of these issues the stories that a withdrawn paper heads, with its title as it stands in the issue. */
export function withdrawnInIssues(
  db: Queryable,
  issueIds: readonly number[],
): Promise<{ issueId: number; storyId: number; title: string }[]> {
  // From the few withdrawn papers to their issues: a content is hundreds of kilobytes.
  return db.rows(sql`
    select issue_id, stories.id as story_id, items.title
    from items join stories on headline_item_id = items.id join stories_of_issues on story_id = stories.id
    where items.withdrawn and issue_id = any(${issueIds}::int[]) and role <> 'removed'
    order by issue_id, stories.id`);
}

/**
 * Takes the approval of issues that have not begun to go out and carry a withdrawn paper: what was approved names it, and
 * nothing goes out that nobody approved without it. Of the pool only what somebody was given already: the ranker leaves the
 * others out. Each is in review again, with a line in its history. Returns their ids.
 */
export async function takeBackApprovals(db: Database, at: Date): Promise<number[]> {
  const hit = await db.rows<{ id: number }>(carryingWithdrawn(sql``));
  if (hit.length === 0) return [];
  return db.transaction(async (tx) => {
    const issues = await tx.rows<{ id: number; approvedBy: string; titles: string[] }>(
      carryingWithdrawn(sql`for update`),
    );
    for (const { id, approvedBy, titles } of issues) {
      await recordAudit(tx, {
        actor: 'Courant',
        action: 'take the approval back: a paper was withdrawn',
        subject: `issue ${id}`,
        before: { approvedBy },
        after: { withdrawn: titles },
        at,
      });
    }
    await tx.run(sql`
      update issues set status = 'in_review', content = null, content_hash = null, approved_by = null,
        approved_hash = null, approved_at = null, send_at = null
      where id = any(${issues.map(({ id }) => id)}::int[])`);
    return issues.map(({ id }) => id);
  });
}

function carryingWithdrawn(lock: ReturnType<typeof sql>) {
  return sql`
    select * from (
      select id, status, approved_by, array(
        select card ->> 'title' from jsonb_array_elements(content -> 'cards') as card
        join stories on stories.id = (card ->> 'storyId')::integer where ${isTakenBack}
        union all
        select card ->> 'title' from picked_stories
        join issue_pool using (issue_id, story_id) join stories on stories.id = picked_stories.story_id
        where picked_stories.issue_id = issues.id and picked_stories.content_hash = issues.content_hash
          and ${isTakenBack}) as titles
      from issues where status in ('approved', 'scheduled') order by id ${lock}) open
    where titles <> '{}'`;
}
