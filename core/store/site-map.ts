// What a search engine may list: issues that went out, the stories in them, topics.
import { sql, type Queryable } from '../db.ts';

/** A file holds at most 50,000 addresses (sitemaps.org, protocol). */
const mostStories = 40_000;

/** Slugs of issues, and ids of stories and topics, the newest first, each with the time of its last change. */
export async function siteMap(db: Queryable): Promise<{
  issues: { slug: string; editionLangs: string[]; at: Date }[];
  stories: { id: number; at: Date }[];
  topics: { id: number }[];
}> {
  return {
    issues: await db.rows(sql`
      select slug, edition_langs, coalesce(sent_at, send_at, created_at) as at from issues where status in ('sending', 'sent') order by number desc`),
    stories: await db.rows(sql`
      select stories.id, changed_at as at from stories
      where id in (select story_id from issue_stories join issues on issues.id = issue_id
        where status in ('sending', 'sent') and role <> 'removed')
      order by id desc limit ${mostStories}`),
    topics: await db.rows(
      sql`select distinct topic_id as id from stories where topic_id is not null order by topic_id`,
    ),
  };
}
