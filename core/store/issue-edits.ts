// What a curator changes in an issue under review. Each edit runs inside `editIssue`, which brings the issue back to review.
import { sql, type Queryable } from '../db.ts';
import { PermanentError } from '../errors.ts';

export type StoryRole = 'pick' | 'pool' | 'removed';

/** These stories of an issue as they stand; one that the issue does not have is missing. */
export function deskStories(
  db: Queryable,
  { issueId, storyIds }: { issueId: number; storyIds: readonly number[] },
): Promise<{ storyId: number; section: string; position: number; role: StoryRole }[]> {
  return db.rows(sql`
    select story_id, section, position, role from issue_stories
    where issue_id = ${issueId} and story_id = any(${storyIds}::int[]) order by position, story_id`);
}

/** The story that stands beside one, to go on with: the next of its section, else the one before; undefined when alone. */
export async function storyBeside(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<number | undefined> {
  const beside = await db.row<{ storyId: number }>(sql`
    select other.story_id from issue_stories as mine
    join issue_stories as other using (issue_id, section)
    where issue_id = ${issueId} and mine.story_id = ${storyId}
      and other.story_id <> ${storyId} and other.role <> 'removed'
    order by other.position < mine.position, abs(other.position - mine.position) limit 1`);
  return beside?.storyId;
}

/** What opens a letter: subject (the title of the issue), preheader, intro as Markdown, number and day. */
export interface Opening {
  title: string;
  intro: string;
  preheader?: string | undefined;
  number?: number | undefined;
  /** As 2026-11-21. */
  date?: string | undefined;
}

/** Replaces the opening, as far as it is given. Throws PermanentError for the number of another issue. */
export async function setOpening(
  tx: Queryable,
  issueId: number,
  { title, intro, preheader, number, date, by }: Opening & { by: string },
): Promise<void> {
  const other = await tx.row<{ title: string }>(sql`
    select title from issues where number = ${number ?? null}::int and id <> ${issueId}`);
  if (other) throw new PermanentError(`“${other.title}” is No ${number} already; choose another number.`);
  await tx.run(sql`
    update issues set title = ${title}, intro = ${intro}, intro_is_markdown = true, opened_by = ${by},
      preheader = coalesce(${preheader ?? null}, preheader), number = coalesce(${number ?? null}::int, number),
      dated = coalesce(${date ?? null}::date, dated)
    where id = ${issueId}`);
}

/** Swaps a story with its neighbour in the same section; at the end of a section nothing happens. */
export async function moveStory(
  tx: Queryable,
  { issueId, storyId, direction, by }: { issueId: number; storyId: number; direction: 'up' | 'down'; by: string },
): Promise<void> {
  const step = direction === 'up' ? -1 : 1;
  // Positions are made 1, 2, 3 ... first, so that two equal ones cannot make a swap that changes nothing.
  await tx.run(sql`
    with ordered as (
      select story_id, row_number() over (order by position, story_id) as place
      from issue_stories where issue_id = ${issueId})
    update issue_stories set position = ordered.place from ordered
    where issue_id = ${issueId} and issue_stories.story_id = ordered.story_id`);
  await tx.run(sql`
    with mine as (
      select section, position from issue_stories where issue_id = ${issueId} and story_id = ${storyId}),
    neighbour as (
      select other.story_id, other.position from issue_stories as other, mine
      where other.issue_id = ${issueId} and other.section = mine.section and other.role <> 'removed'
        and (other.position - mine.position) * ${step}::int > 0
      order by abs(other.position - mine.position) limit 1)
    update issue_stories set position = case
      when issue_stories.story_id = ${storyId} then neighbour.position else mine.position end,
      decided_by = case when issue_stories.story_id = ${storyId} then ${by} else decided_by end
    from mine, neighbour
    where issue_id = ${issueId} and issue_stories.story_id in (${storyId}, neighbour.story_id)`);
}

/** Puts stories at the end of another section, in the order they had. */
export async function setSection(
  tx: Queryable,
  { issueId, storyIds, section }: { issueId: number; storyIds: readonly number[]; section: string },
): Promise<void> {
  await tx.run(sql`
    update issue_stories set section = ${section}, position = moved.place
    from (
      select story_id, (select max(position) from issue_stories where issue_id = ${issueId})
        + row_number() over (order by position, story_id) as place
      from issue_stories where issue_id = ${issueId} and story_id = any(${storyIds}::int[]) and section <> ${section}) as moved
    where issue_id = ${issueId} and issue_stories.story_id = moved.story_id`);
}

/** Makes stories picks for everybody, part of the pool, or removed. */
export async function setRole(
  tx: Queryable,
  { issueId, storyIds, role, by }: { issueId: number; storyIds: readonly number[]; role: StoryRole; by: string },
): Promise<void> {
  await tx.run(sql`
    update issue_stories set role = ${role}, decided_by = ${by}, left_out_at = null
    where issue_id = ${issueId} and story_id = any(${storyIds}::int[])`);
}

/** Makes a story the pick that opens the letter. */
export async function setLead(
  tx: Queryable,
  { issueId, storyId, by }: { issueId: number; storyId: number; by: string },
): Promise<void> {
  await setRole(tx, { issueId, storyIds: [storyId], role: 'pick', by });
  await tx.run(sql`update issues set lead_story_id = ${storyId} where id = ${issueId}`);
}

/** Puts a story right before another of its section, which two that stand side by side may do with each other. */
export async function placeBefore(
  tx: Queryable,
  { issueId, storyId, beforeId, by }: { issueId: number; storyId: number; beforeId: number; by: string },
): Promise<void> {
  await tx.run(sql`
    with goal as (
      select other.position, other.story_id from issue_stories as other join issue_stories as mine using (issue_id, section)
      where issue_id = ${issueId} and other.story_id = ${beforeId} and mine.story_id = ${storyId}),
    ordered as (
      select issue_stories.story_id, row_number() over (order by
        case when issue_stories.story_id = ${storyId} then goal.position else issue_stories.position end,
        case when issue_stories.story_id = ${storyId} then goal.story_id else issue_stories.story_id end,
        issue_stories.story_id <> ${storyId}) as place
      from issue_stories cross join goal where issue_id = ${issueId})
    update issue_stories set position = ordered.place,
      decided_by = case when issue_stories.story_id = ${storyId} then ${by} else decided_by end
    from ordered where issue_id = ${issueId} and issue_stories.story_id = ordered.story_id`);
}
