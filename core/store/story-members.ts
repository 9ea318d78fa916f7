// A story as the desk takes it apart: its items with why each is there, and the stories it might belong with.
import { prepared, sql, type Queryable } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import type { StoryWhy } from './stories.ts';

export interface StoryMember {
  itemId: number;
  kind: StoryItemKind;
  title: string;
  url: string;
  source: string;
  sourceId: number;
  publishedAt: Date;
  why: StoryWhy;
  isHeadline: boolean;
  /** The curator who chose the headline; null when the rule did. */
  headlineBy: string | null;
}

/** The items of a story, the headline first, then by age; none when the story is gone. */
export function storyMembers(db: Queryable, storyId: number): Promise<StoryMember[]> {
  return db.rows<StoryMember>(prepared`
    select items.id as item_id, items.kind, items.title, items.url, sources.title as source, sources.id as source_id, published_at, why,
      items.id = headline_item_id as is_headline, headline_by
    from story_items
    join stories on stories.id = story_id
    join items on items.id = item_id
    join sources on sources.id = source_id
    where story_id = ${storyId}
    order by items.id = headline_item_id desc nulls last, published_at, items.id`);
}

/**
 * What it may be joined with: of the two weeks around it the stories of its topic, those of its issues, and the hundred
 * before and after it; at most 200, in this order.
 */
export function storiesBeside(db: Queryable, storyId: number): Promise<{ id: number; title: string }[]> {
  // Each by its own index and bounded: twenty thousand stories may stand in four weeks.
  return db.rows(sql`
    with mine as (
      select id, topic_id, first_seen, first_seen - interval '14 days' as since, first_seen + interval '14 days' as until
      from stories where id = ${storyId}),
    candidates as (
      (select other.id, true as is_topic, false as is_issue from mine
        join stories as other on other.topic_id = mine.topic_id and other.first_seen between since and until
        order by other.first_seen desc, other.id desc limit 200)
      union all
      (select b.story_id, false, true from issue_stories as a join issue_stories as b using (issue_id)
        where a.story_id = ${storyId} limit 1000)
      union all
      (select other.id, false, false from mine
        join stories as other on other.first_seen >= mine.first_seen and other.first_seen <= until
        order by other.first_seen, other.id limit 100)
      union all
      (select other.id, false, false from mine
        join stories as other on other.first_seen < mine.first_seen and other.first_seen >= since
        order by other.first_seen desc, other.id desc limit 100)),
    beside as (select id, bool_or(is_topic) as is_topic, bool_or(is_issue) as is_issue from candidates group by id)
    select stories.id, items.title
    from mine
    join beside on beside.id <> mine.id
    join stories on stories.id = beside.id and stories.first_seen between since and until
    join items on items.id = stories.headline_item_id
    order by is_topic desc, is_issue desc, items.title, stories.id
    limit 200`);
}
