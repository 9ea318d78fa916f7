// A story -> what a curator sees of it before and after a split, a join or another headline: its headline, and what it is made of.
import { sql, type Queryable } from '../db.ts';

export interface StoryOutline {
  headline: string;
  items: string[];
}

/** Null for a story that is not there. */
export async function outlineStory(db: Queryable, storyId: number): Promise<StoryOutline | null> {
  const outline = await db.row<StoryOutline>(sql`
    select coalesce(headline.title, '(no title)') as headline,
      (select coalesce(array_agg(items.title || ' (' || sources.title || ')' order by items.id), '{}')
        from story_items join items on items.id = item_id join sources on sources.id = source_id
        where story_items.story_id = stories.id) as items
    from stories left join items as headline on headline.id = headline_item_id where stories.id = ${storyId}`);
  return outline ?? null;
}
