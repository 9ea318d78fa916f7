// A topic as readers browse it.
import { sql, type Queryable, type Sql } from '../db.ts';

/** The topics of these stories as they are today, by story. */
export async function topicsOfStories(
  db: Queryable,
  storyIds: readonly number[],
): Promise<Map<number, { id: number; name: string }>> {
  const rows = await db.rows<{ storyId: number; id: number; name: string }>(sql`
    select stories.id as story_id, topics.id, name from stories join topics on topics.id = topic_id
    where stories.id = any(${storyIds}::int[]) order by stories.id`);
  return new Map(rows.map(({ storyId, id, name }) => [storyId, { id, name }]));
}

/** What they are called, by story. */
export async function topicNames(db: Queryable, storyIds: readonly number[]): Promise<Map<number, string>> {
  return new Map([...(await topicsOfStories(db, storyIds))].map(([storyId, { name }]) => [storyId, name]));
}

/** What a topic is called and known by; undefined when there is no such topic. */
export function topicById(db: Queryable, topicId: number): Promise<{ name: string; keywords: string[] } | undefined> {
  return db.row(sql`select name, keywords from topics where id = ${topicId}`);
}

/** The other topics of its area that still have stories, those seen last first. */
export function topicsNear(db: Queryable, topicId: number, limit: number): Promise<{ id: number; name: string }[]> {
  return db.rows(sql`
    select near.id, near.name
    from topics join topics as near on near.area_id = topics.area_id and near.id <> topics.id
    where topics.id = ${topicId} and exists (select 1 from stories where topic_id = near.id)
    order by near.seen_at desc, near.name, near.id limit ${limit}`);
}

/** The topics that stories are in today which a topic had in some week, those with most of them first. */
export function topicsAfter(db: Queryable, topicId: number, limit: number): Promise<{ id: number; name: string }[]> {
  return db.rows(sql`
    select topics.id, topics.name
    from (${storiesOnceIn(topicId)}) as had
    join stories on stories.id = had.id join topics on topics.id = stories.topic_id
    where topics.id <> ${topicId} group by topics.id order by count(*) desc, topics.id limit ${limit}`);
}

/** The stories that a topic had in some week, whether it still exists or not. */
export function storiesOnceIn(topicId: number): Sql {
  return sql`
    select unnest(story_ids) as id from topic_weeks where topic_id = ${topicId}
    union select unnest(story_ids) from former_topics where id = ${topicId}`;
}

/** The name of a topic that ended; undefined where nobody knows it any more. */
export async function endedTopic(db: Queryable, topicId: number): Promise<{ name: string } | undefined> {
  return db.row(sql`select name from former_topics where id = ${topicId} and name is not null`);
}
