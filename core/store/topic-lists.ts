// A topic as readers browse it: its newest stories.
import { sql, type Queryable } from '../db.ts';

export interface TopicStory {
  id: number;
  title: string;
  firstSeen: Date;
  sources: number;
}

/** The newest stories of a topic but one of them: where who reads that one may go on. */
export function newestOfTopic(
  db: Queryable,
  { topicId, but, limit }: { topicId: number; but: number; limit: number },
): Promise<{ id: number; title: string }[]> {
  return db.rows(sql`
    select stories.id, headline.title
    from stories join items as headline on headline.id = stories.headline_item_id
    where topic_id = ${topicId} and stories.id <> ${but}
    order by first_seen desc, stories.id desc limit ${limit}`);
}

/** One topic with its newest stories, at most 100; undefined when there is no such topic. */
export async function topicWithStories(
  db: Queryable,
  topicId: number,
): Promise<{ name: string; keywords: string[]; stories: TopicStory[] } | undefined> {
  const topic = await db.row<{ name: string; keywords: string[] }>(sql`
    select name, keywords from topics where id = ${topicId}`);
  if (!topic) return undefined;
  const stories = await db.rows<TopicStory>(sql`
    select stories.id, headline.title, first_seen, count(distinct items.source_id)::int as sources
    from stories
    join items as headline on headline.id = stories.headline_item_id
    join story_items on story_id = stories.id
    join items on items.id = item_id
    where topic_id = ${topicId}
    group by stories.id, headline.title, first_seen
    order by first_seen desc, stories.id desc limit 100`);
  return { ...topic, stories };
}
