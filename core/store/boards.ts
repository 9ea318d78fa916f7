// Boards: stories of the last days without a reader in mind, with what their place is reckoned from.
import { sql, type Queryable } from '../db.ts';
import { isHeard } from './sources.ts';
import type { NewsFacts } from '../newsworthiness.ts';

export interface BoardStory extends NewsFacts {
  storyId: number;
  title: string;
  lang: string;
  kind: 'paper' | 'video' | 'post';
  source: string;
}

/** With so many of the most told and most saved, the top fifty by the formula are among them: freshness adds at most 1. */
const candidates = 2000;

/** The stories with an item published since, the most told first; what muted sources publish does not count. */
export function boardStories(db: Queryable, since: Date): Promise<BoardStory[]> {
  return db.rows<BoardStory>(sql`
    with told as (
      select story_id, count(distinct source_id) as sources, max(published_at) as newest,
        count(distinct items.kind)::int as kinds, jsonb_object_agg(source_id, weight) as weights
      from items
      join story_items on story_items.item_id = items.id
      join sources on sources.id = source_id and ${isHeard}
      where items.gone_at is null and story_id in (
        select story_id from story_items join items as fresh on fresh.id = item_id where fresh.published_at >= ${since})
      group by story_id
    ), saved as (select story_id, count(*)::int as saves from signals where kind = 'save' group by story_id)
    select told.story_id, told.kinds, told.newest, coalesce(saves, 0) as saves, items.title, items.lang, items.kind,
      sources.title as source, array(select value::real from jsonb_each_text(told.weights)) as weights
    from told
    left join saved using (story_id)
    join stories on stories.id = told.story_id
    join items on items.id = headline_item_id
    join sources on sources.id = items.source_id
    where newest >= ${since}
    order by told.sources desc, saves desc nulls last, newest desc, told.story_id limit ${candidates}`);
}
