// The issues the public may read: those that are being sent or were, the newest first. A list needs no content of theirs.
import { sql, type Queryable } from '../db.ts';
import type { ApprovedIssue } from './issues.ts';
import type { IssueContent } from './issue-content.ts';

const headColumns = sql`
  id, number, slug, title, intro, intro_is_markdown, content_hash, send_at, sent_at, created_at, cards, pooled, cards + pooled as stories,
  to_char(coalesce(dated, week + 5), 'YYYY-MM-DD') as date, edition_langs`;

/** An issue without its content, which is hundreds of kilobytes and frozen under its hash. */
export interface PublishedHead extends Pick<
  ApprovedIssue,
  'id' | 'number' | 'slug' | 'title' | 'intro' | 'introIsMarkdown' | 'contentHash' | 'sendAt' | 'sentAt' | 'createdAt'
> {
  /** How many stories its curator prepared, how many more its pool has, and both together: the number that every page tells. */
  cards: number;
  pooled: number;
  stories: number;
  /** The day it is dated, as 2026-11-21: what every page tells, whenever it was sent. */
  date: string;
  /** The other languages it was approved in. */
  editionLangs: string[];
}

/** The heads of the newest `limit` issues; of all without it. */
export function publishedHeads(db: Queryable, limit: number | null = null): Promise<PublishedHead[]> {
  return db.rows<PublishedHead>(sql`
    select ${headColumns}
    from issues where status in ('sending', 'sent') order by number desc limit ${limit}::int`);
}

/** The head of the issue at this address, and who approved it; undefined when the public may not read it. */
export function publishedBySlug(
  db: Queryable,
  slug: string,
): Promise<(PublishedHead & Pick<ApprovedIssue, 'approvedBy'>) | undefined> {
  return db.row(sql`
    select ${headColumns}, approved_by
    from issues where slug = ${slug} and status in ('sending', 'sent') and content is not null`);
}

/** The issues before and after this one, as far as the public may read them. */
export async function issuesBeside(
  db: Queryable,
  { number }: Pick<PublishedHead, 'number'>,
): Promise<Record<'before' | 'after', Pick<PublishedHead, 'number' | 'slug'> | null>> {
  const rows = await db.rows<Pick<PublishedHead, 'number' | 'slug'>>(sql`
    (select number, slug from issues where number < ${number} and status in ('sending', 'sent') order by number desc limit 1)
    union all
    (select number, slug from issues where number > ${number} and status in ('sending', 'sent') order by number limit 1)`);
  const find = (isIt: (other: number) => boolean) => rows.find((row) => isIt(row.number)) ?? null;
  return { before: find((other) => other < number), after: find((other) => other > number) };
}

/** The numbers of its stories. */
export async function storiesOf(db: Queryable, { id }: Pick<PublishedHead, 'id'>): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from issue_stories where issue_id = ${id} and role <> 'removed'`);
  return rows.map(({ storyId }) => storyId);
}

/** The newest issue with which readers were sent this story, or could have been; undefined while there is none. */
export function issueOfStory(
  db: Queryable,
  storyId: number,
): Promise<{ id: number; number: number; slug: string } | undefined> {
  return db.row(sql`
    select issues.id, number, slug from stories_of_issues join issues on issues.id = issue_id
    where story_id = ${storyId} and role <> 'removed' and status in ('sending', 'sent') order by number desc limit 1`);
}

/** The frozen content of an issue. */
export async function publishedContent(db: Queryable, { id }: Pick<PublishedHead, 'id'>): Promise<IssueContent> {
  const row = await db.row<{ content: IssueContent }>(sql`select content from issues where id = ${id}`);
  return row!.content;
}
