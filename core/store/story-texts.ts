// The words of stories as a ranker reads them: titles and texts of all their items, and what their topic is called.
import { sql, type Queryable } from '../db.ts';
import { voice } from './voice.ts';

export interface StoryText {
  storyId: number;
  /** Of its headline item. */
  title: string;
  /** Title and text of each item, the headline first. */
  text: string;
  /** What its topic is called, '' without one: words about the story, none of them its own. */
  topic: string;
  /** How many independent sources tell it. */
  sources: number;
  itemIds: number[];
}

/** Beyond this a text repeats what it is about; a book's worth of words would also make BM25 think it is about everything. */
const longestText = 6_000;

/** The texts of these stories in one query; a story that is gone, or lost its items, is missing. */
export function storyTexts(db: Queryable, storyIds: readonly number[]): Promise<StoryText[]> {
  return db.rows<StoryText>(sql`
    select stories.id as story_id,
      (array_agg(items.title order by items.id = stories.headline_item_id desc, items.id))[1] as title,
      coalesce(topics.name, '') as topic, count(distinct ${voice})::int as sources,
      string_agg(items.title || E'\n' || left(items.text, ${longestText}), E'\n'
        order by items.id = stories.headline_item_id desc, items.id) as text,
      array_agg(items.id order by items.id) as item_ids
    from stories
    join story_items on story_items.story_id = stories.id
    join items on items.id = story_items.item_id
    join sources on sources.id = items.source_id
    left join topics on topics.id = stories.topic_id
    where stories.id = any(${storyIds}::int[])
    group by stories.id, topics.name order by stories.id`);
}
