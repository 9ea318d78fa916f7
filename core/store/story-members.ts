// A story as the desk takes it apart: its items with why each is there, and the stories it might belong with.
import { sql, type Queryable } from '../db.ts';
import type { ItemKind } from './items.ts';
import type { StoryWhy } from './stories.ts';

export interface StoryMember {
  itemId: number;
  kind: ItemKind;
  title: string;
  url: string;
  source: string;
  publishedAt: Date;
  why: StoryWhy;
  isHeadline: boolean;
  /** The curator who chose the headline; null when the rule did. */
  headlineBy: string | null;
}

/** The items of a story, the headline first, then by age; none when the story is gone. */
export function storyMembers(db: Queryable, storyId: number): Promise<StoryMember[]> {
  return db.rows<StoryMember>(sql`
    select items.id as item_id, items.kind, items.title, items.url, sources.title as source, published_at, why,
      items.id = headline_item_id as is_headline, headline_by
    from story_items
    join stories on stories.id = story_id
    join items on items.id = item_id
    join sources on sources.id = source_id
    where story_id = ${storyId}
    order by items.id = headline_item_id desc nulls last, published_at, items.id`);
}

/** Stories of the two weeks around it, those of its topic and of its open issues first: what it may be joined with. */
export function storiesBeside(db: Queryable, storyId: number): Promise<{ id: number; title: string }[]> {
  return db.rows(sql`
    select other.id, items.title
    from stories as mine
    join stories as other on other.id <> mine.id
      and other.first_seen between mine.first_seen - interval '14 days' and mine.first_seen + interval '14 days'
    join items on items.id = other.headline_item_id
    where mine.id = ${storyId}
    order by (other.topic_id is not distinct from mine.topic_id) desc, exists (
      select 1 from issue_stories as a join issue_stories as b using (issue_id)
      where a.story_id = mine.id and b.story_id = other.id) desc, items.title
    limit 200`);
}
