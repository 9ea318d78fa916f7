// Pictures to share: what other sites show of an issue, and of a story whose own picture a curator described.
import { sql, type Queryable } from '../db.ts';
import { toJson } from '../storable.ts';
import type { ApprovedIssue } from './issues.ts';

export interface SharePicture {
  /** The hash of its bytes (core/store/pictures.ts). */
  picture: string;
  type: 'png' | 'jpg';
  /** In pixels, as it is stored. */
  width: number;
  height: number;
  alt: string;
}

/** The row of the issue itself: no story has this number. */
const issueItself = 0;

/** Keeps those of stories, by story, and of the issue itself, under 0; what is there of this content stands. */
export async function saveSharePictures(
  db: Queryable,
  { issueId, contentHash }: { issueId: number; contentHash: string },
  pictures: ReadonlyMap<number, SharePicture>,
): Promise<void> {
  const rows = [...pictures].map(([storyId, picture]) => ({ storyId, ...picture }));
  await db.run(sql`
    insert into share_pictures (issue_id, content_hash, story_id, picture, type, width, height, alt)
    select ${issueId}, ${contentHash}, s."storyId", s.picture, s.type, s.width, s.height, s.alt
    from jsonb_to_recordset(${toJson(rows)}::jsonb)
      as s("storyId" integer, picture text, type text, width integer, height integer, alt text)
    on conflict do nothing`);
}

/** Issues that the public may read and that have no picture of their own, newest first, before the one of this number. */
export function issuesWithoutPicture(
  db: Queryable,
  { before, limit }: { before: number | null; limit: number },
): Promise<(Pick<ApprovedIssue, 'id' | 'content' | 'contentHash'> & { number: number })[]> {
  return db.rows(sql`
    select id, number, content, content_hash from issues
    where status in ('sending', 'sent') and content is not null and number < coalesce(${before}::int, number + 1) and not exists (
      select 1 from share_pictures where issue_id = issues.id and share_pictures.content_hash = issues.content_hash and story_id = ${issueItself})
    order by number desc limit ${limit}`);
}

/** The picture of a story of an issue, else of the issue itself; undefined while there is none. */
export function sharePicture(
  db: Queryable,
  { slug, storyId = issueItself }: { slug: string; storyId?: number },
): Promise<SharePicture | undefined> {
  return db.row(sql`
    select picture, type, width, height, alt from share_pictures
    join issues on issues.id = issue_id and issues.content_hash = share_pictures.content_hash
    where slug = ${slug} and story_id in (${storyId}, ${issueItself}) order by story_id desc limit 1`);
}
