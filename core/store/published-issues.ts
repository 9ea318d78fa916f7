// The issues the public may read: those that are being sent or were, the newest first. A list needs no content of theirs.
import { sql, type Queryable } from '../db.ts';
import type { ApprovedIssue } from './issues.ts';
import type { IssueContent } from './issue-content.ts';

/** An issue without its content, which is hundreds of kilobytes and frozen under its hash. */
export interface PublishedHead extends Pick<
  ApprovedIssue,
  'id' | 'number' | 'slug' | 'title' | 'intro' | 'contentHash' | 'sendAt' | 'sentAt' | 'createdAt'
> {
  /** How many stories it has. */
  cards: number;
}

/** The heads of the newest `limit` issues; of all without it. */
export function publishedHeads(db: Queryable, limit: number | null = null): Promise<PublishedHead[]> {
  return db.rows<PublishedHead>(sql`
    select id, number, slug, title, intro, content_hash, send_at, sent_at, created_at, cards
    from issues where status in ('sending', 'sent') order by number desc limit ${limit}::int`);
}

/** The frozen content of an issue. */
export async function publishedContent(db: Queryable, { id }: Pick<PublishedHead, 'id'>): Promise<IssueContent> {
  const row = await db.row<{ content: IssueContent }>(sql`select content from issues where id = ${id}`);
  return row!.content;
}
