// Comments: what curators say to each other of a story or the opening of an issue, until somebody says that it is settled.
import { prepared, sql, type Queryable } from '../db.ts';

export interface Comment {
  id: number;
  /** Null: of the opening. */
  storyId: number | null;
  /** Null: of somebody who is gone. */
  curatorId: number | null;
  by: string;
  words: string;
  at: Date;
  settledBy: string | null;
}

const mostTold = 200;

/** All of an issue, the newest so many, in the order they were said. */
export function commentsOf(db: Queryable, issueId: number): Promise<Comment[]> {
  return db.rows<Comment>(prepared`
    select * from (
      select id, story_id, curator_id, by, words, at, settled_by from comments where issue_id = ${issueId} order by id desc limit ${mostTold}) as newest
    order by id`);
}

/** Keeps one. False when the issue does not have the story. */
export async function addComment(
  tx: Queryable,
  { issueId, storyId, curator, words, at }: { issueId: number; storyId: number | null; curator: { id: number; name: string }; words: string; at: Date }, // prettier-ignore
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into comments (issue_id, story_id, curator_id, by, words, at)
    select id, ${storyId}::int, ${curator.id}::int, ${curator.name}::text, ${words}::text, ${at}::timestamptz from issues
    where id = ${issueId} and (${storyId}::int is null
      or exists (select 1 from stories_of_issues as held where held.issue_id = issues.id and held.story_id = ${storyId}::int))`);
  return added > 0;
}

/** Says that one is settled; who reviews says so of their own alone. False when there is none that they may settle. */
export async function settleComment(
  tx: Queryable,
  { issueId, commentId, curator, isOwnOnly }: { issueId: number; commentId: number; curator: { id: number; name: string }; isOwnOnly: boolean }, // prettier-ignore
): Promise<boolean> {
  const settled = await tx.run(sql`
    update comments set settled_by = ${curator.name} where id = ${commentId} and issue_id = ${issueId} and settled_by is null
      and (not ${isOwnOnly} or curator_id = ${curator.id})`);
  return settled > 0;
}
