// What a curator changes in an issue under review. Each edit runs inside `editIssue`, which brings the issue back to review.
import { sql, type Queryable } from '../db.ts';
import { itemMarks, type ItemState } from '../item-marks.ts';
import { changedAt } from './item-changes.ts';
import type { SectionBy } from './section-labels.ts';
import { isHeard } from './sources.ts';

export type StoryRole = 'pick' | 'pool' | 'removed';

/** A story of an issue as the desk lists it, with those the curator took out. */
export interface DeskStory {
  storyId: number;
  section: string;
  position: number;
  role: StoryRole;
  title: string;
  /** As on its card: "updated to version 2". */
  marks: string[];
  /** "Field Notes (muted)": why it is not in the letter, whatever its role; null for what is. */
  silencedBy: string | null;
  /** Who put it into its section, and how sure that was, from 0 to 1; null for an issue drafted before that was kept. */
  sectionBy: SectionBy | null;
  sectionConfidence: number | null;
}

/** The stories of an issue by position, removed ones as well. */
export async function listDeskStories(db: Queryable, issueId: number): Promise<DeskStory[]> {
  const rows = await db.rows<Omit<DeskStory, 'marks'> & ItemState>(sql`
    select story_id, issue_stories.section, section_by, section_confidence, position, role, coalesce(items.title, '(no title)') as title,
      announced, version, coalesce(items.withdrawn, false) as withdrawn, ${changedAt} is not null as is_changed,
      (select string_agg(distinct sources.title || case when muted then ' (muted)' else ' (deleted)' end, ', ')
        from story_items join items on items.id = item_id join sources on sources.id = source_id
        where story_items.story_id = stories.id having not bool_or(${isHeard})) as silenced_by
    from issue_stories
    join stories on stories.id = story_id
    left join items on items.id = headline_item_id
    where issue_id = ${issueId}
    order by position, story_id`);
  return rows.map(({ announced, version, withdrawn, isChanged, silencedBy, ...story }) => ({
    ...story,
    silencedBy: withdrawn ? 'withdrawn by its authors' : silencedBy,
    marks: itemMarks({ announced, version, withdrawn, isChanged }),
  }));
}

/** One story of an issue as it stands, or undefined when the issue has no such story. */
export function deskStory(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<Pick<DeskStory, 'section' | 'position' | 'role'> | undefined> {
  return db.row(sql`
    select section, position, role from issue_stories where issue_id = ${issueId} and story_id = ${storyId}`);
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

/** Replaces the subject of the letter, which is the title of the issue, and the intro. */
export async function setOpening(
  tx: Queryable,
  issueId: number,
  { title, intro, by }: { title: string; intro: string; by: string },
): Promise<void> {
  await tx.run(sql`update issues set title = ${title}, intro = ${intro}, opened_by = ${by} where id = ${issueId}`);
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

/** Puts a story at the end of another section. */
export async function setSection(
  tx: Queryable,
  { issueId, storyId, section }: { issueId: number; storyId: number; section: string },
): Promise<void> {
  await tx.run(sql`
    update issue_stories set section = ${section},
      position = (select max(position) + 1 from issue_stories where issue_id = ${issueId})
    where issue_id = ${issueId} and story_id = ${storyId} and section <> ${section}`);
}

/** Makes a story a pick for everybody, part of the pool, or removed. */
export async function setRole(
  tx: Queryable,
  { issueId, storyId, role, by }: { issueId: number; storyId: number; role: StoryRole; by: string },
): Promise<void> {
  await tx.run(sql`
    update issue_stories set role = ${role}, decided_by = ${by} where issue_id = ${issueId} and story_id = ${storyId}`);
}
