// Renders: the compiled parts of a letter, made once for each approved content; a card for each story that somebody gets.
import { sql, type Queryable } from '../db.ts';

export interface RenderedPart {
  part: string;
  html: string;
  text: string;
}

/** Which content of which issue. */
export interface RenderKey {
  issueId: number;
  contentHash: string;
}

/** Saves parts in one statement, so that none is there without the others it was compiled with; the first one of a content stands. */
export async function saveRender(
  db: Queryable,
  { issueId, contentHash, parts }: RenderKey & { parts: RenderedPart[] },
): Promise<void> {
  await db.run(sql`
    insert into renders (issue_id, content_hash, part, html, text)
    select ${issueId}, ${contentHash}, p.part, p.html, p.text
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p(part text, html text, text text)
    on conflict do nothing`);
}

/** The parts of a render; none when it was not made yet. */
export function loadRender(db: Queryable, { issueId, contentHash }: RenderKey): Promise<RenderedPart[]> {
  return db.rows<RenderedPart>(sql`
    select part, html, text from renders where issue_id = ${issueId} and content_hash = ${contentHash}`);
}

/** What is not compiled yet of a content: the frame, and the cards of stories that somebody gets. */
export interface MissingParts {
  frame: boolean;
  storyIds: number[];
}

/** Which parts of a letter are missing; somebody who was ranked later may get a story that nobody had before. */
export async function missingParts(db: Queryable, { issueId, contentHash }: RenderKey): Promise<MissingParts> {
  const row = await db.row<MissingParts>(sql`
    select not exists (
        select 1 from renders where issue_id = ${issueId} and content_hash = ${contentHash} and part = 'foot') as frame,
      array(select story_id from picked_stories
        where issue_id = ${issueId} and content_hash = ${contentHash} and not exists (
          select 1 from renders where renders.issue_id = picked_stories.issue_id
            and renders.content_hash = picked_stories.content_hash and part = 'card:' || story_id)
        order by story_id) as story_ids`);
  return row!;
}

/** The stories that somebody gets of a content, by id. */
export async function pickedStories(db: Queryable, { issueId, contentHash }: RenderKey): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from picked_stories where issue_id = ${issueId} and content_hash = ${contentHash} order by story_id`);
  return rows.map(({ storyId }) => storyId);
}
