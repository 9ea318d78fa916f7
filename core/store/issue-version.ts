// A word for the state of an issue's tables: equal while no row changed that its pages at the desk are made of.
import { prepared, type Queryable } from '../db.ts';

/**
 * Reads which versions of rows (PostgreSQL's xmin) stand behind an issue: itself, which others were sent, the stories before its curator, their items,
 * topics, sources and the vectors that show where a talk speaks of them. Some milliseconds for 300 stories, whose content takes a
 * hundred to put together. Of a source only what pages show: the rest changes at every check.
 */
export async function issueVersion(db: Queryable, issueId: number): Promise<string> {
  const row = await db.row<{ version: string }>(prepared`
    with versions as (
      select issue_stories.story_id, items.id as item_id, concat_ws(' ', issue_stories.xmin, stories.xmin,
        story_items.xmin, items.xmin, topics.xmin, sources.title, sources.muted, sources.deleted_at) as rows
      from issue_stories
      join stories on stories.id = story_id
      left join topics on topics.id = topic_id
      left join story_items on story_items.story_id = stories.id
      left join items on items.id = item_id
      left join sources on sources.id = items.source_id
      where issue_id = ${issueId})
    select concat_ws(' ', (select xmin from issues where id = ${issueId}),
      (select concat(count(*), '.', max(number)) from issues where status in ('sending', 'sent')),
      (select sum(hashtext(xmin::text)) from edition_texts where issue_id = ${issueId}), (select count(*) from edition_texts where issue_id = ${issueId}), (select xmin from settings where name = 'sectionOrder'),
      (select md5(string_agg(concat_ws(' ', story_id, item_id, rows), ',' order by story_id, item_id)) from versions),
      (select string_agg(concat(model, '.', (
        select sum(hashtext(vectors.xmin::text)) from vectors
        where vectors.model = vector_sets.model and vectors.item_id = any(array(select item_id from versions))
      )), ',') from vector_sets where status = 'in_use')) as version`);
  return row!.version;
}
