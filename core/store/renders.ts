// Renders: the compiled parts of a letter, made once for each approved content.
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

/** Saves every part in one statement, so that a render is whole or absent; the first one of a content stands. */
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

/** Whether this content was compiled. */
export async function hasRender(db: Queryable, { issueId, contentHash }: RenderKey): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from renders where issue_id = ${issueId} and content_hash = ${contentHash} limit 1`);
  return row !== undefined;
}
