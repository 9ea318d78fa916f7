// Every edit of an issue as a row: what to undo next, what to redo, and the history of a story.
import { prepared, sql, type Queryable } from '../db.ts';
import { PermanentError } from '../errors.ts';
import type { IssueSide } from '../issue-diff.ts';
import type { StoryRole } from './issue-edits.ts';
import { putRows } from './issue-rows.ts';
import type { StoryOutline } from './story-outline.ts';
import { toJson } from '../storable.ts';

/** Rows, to be put back; of a decision, whose rows its snapshot has, its outline. */
type LoggedSide = IssueSide & { outline?: StoryOutline | null };

export interface LoggedEdit {
  id: number;
  storyIds: number[];
  actor: string;
  action: string;
  at: Date;
  before: LoggedSide;
  after: LoggedSide;
  /** Of a split, a join or a headline. */
  decisionId: number | null;
  undoneBy: string | null;
}

const columns = sql`id, story_ids, actor, action, at, before, after, decision_id, undone_by`;

/** Writes an edit down; what was undone before it cannot be redone any more. */
export async function logEdit(
  tx: Queryable,
  issueId: number,
  { storyIds, actor, action, at, before, after }: Omit<LoggedEdit, 'id' | 'decisionId' | 'undoneBy'>,
): Promise<void> {
  await tx.run(sql`update issue_edits set superseded = true where issue_id = ${issueId} and undone_by is not null`);
  await tx.run(sql`
    insert into issue_edits (issue_id, story_ids, actor, action, at, before, after)
    values (${issueId}, ${storyIds}::int[], ${actor}, ${action}, ${at}, ${toJson(before)}::jsonb, ${toJson(after)}::jsonb)`);
}

/** The same of a decision on stories, in every open issue that has one of them. */
export async function logDecision(
  tx: Queryable,
  {
    decisionId,
    storyIds,
    actor,
    action,
    at,
    outline,
  }: Pick<LoggedEdit, 'storyIds' | 'actor' | 'action' | 'at'> & {
    decisionId: number;
    outline: { before: StoryOutline | null; after: StoryOutline | null };
  },
): Promise<void> {
  await tx.run(sql`
    with written as (
      insert into issue_edits (issue_id, story_ids, actor, action, at, before, after, decision_id)
      select distinct issues.id, ${storyIds}::int[], ${actor}, ${action}, ${at}::timestamptz, ${toJson({ outline: outline.before })}::jsonb, ${toJson({ outline: outline.after })}::jsonb, ${decisionId}::int
      from issues join stories_of_issues as held on held.issue_id = issues.id and held.story_id = any(${storyIds}::int[])
      where status in ('draft', 'in_review')
      returning issue_id)
    update issue_edits set superseded = true where issue_id in (select issue_id from written) and undone_by is not null`);
}

/** Says that a decision was taken back. */
export async function markDecisionUndone(tx: Queryable, decisionId: number, by: string): Promise<void> {
  await tx.run(sql`update issue_edits set undone_by = ${by} where decision_id = ${decisionId}`);
}

/**
 * What would be undone next, and redone: the newest edit that holds, and the first after it that was taken back since the last one
 * was made. A decision is not made twice.
 */
export async function nextSteps(
  db: Queryable,
  issueId: number,
): Promise<{ undo: LoggedEdit | undefined; redo: LoggedEdit | undefined }> {
  const undo = await db.row<LoggedEdit>(prepared`
    select ${columns} from issue_edits where issue_id = ${issueId} and undone_by is null order by id desc limit 1`);
  const redo = await db.row<LoggedEdit>(prepared`
    select ${columns} from issue_edits where issue_id = ${issueId} and id > ${undo?.id ?? 0} and not superseded order by id limit 1`);
  return { undo, redo: redo?.decisionId === null ? redo : undefined };
}

/** Takes the newest edit back, or makes it again; throws PermanentError when that is another one by now. */
export async function stepEdit(
  tx: Queryable,
  { issueId, editId, to, by }: { issueId: number; editId: number; to: 'undo' | 'redo'; by: string },
): Promise<LoggedEdit> {
  const next = (await nextSteps(tx, issueId))[to];
  if (next?.id !== editId) {
    throw new PermanentError(`Somebody edited issue ${issueId} meanwhile; look at it again, then ${to}.`);
  }
  await tx.run(sql`update issue_edits set undone_by = ${to === 'undo' ? by : null} where id = ${editId}`);
  await putRows(tx, issueId, to === 'undo' ? next.before : next.after);
  return next;
}

/** What a story was when it was rejected; a candidate, where nobody knows. */
export async function roleBeforeRejection(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<StoryRole> {
  const was = await db.row<{ role: StoryRole | null }>(sql`
    select before->'stories'->${String(storyId)}::text->>'role' as role from issue_edits
    where issue_id = ${issueId} and story_ids @> array[${storyId}::int] and undone_by is null
      and after->'stories'->${String(storyId)}::text->>'role' = 'removed'
    order by id desc limit 1`);
  return was?.role ?? 'pool';
}

/** The edits of a story in an issue, newest first. */
export function editsOfStory(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<LoggedEdit[]> {
  return db.rows<LoggedEdit>(sql`
    select ${columns} from issue_edits
    where issue_id = ${issueId} and story_ids @> array[${storyId}::int] order by id desc limit 20`);
}
