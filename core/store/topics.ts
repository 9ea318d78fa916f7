// Topics: stories that belong together, under a name that stays from week to week.
import { sql, type Database, type Queryable } from '../db.ts';
import { rememberTopicMoves } from './addresses.ts';
import { toJson } from '../storable.ts';

export interface Topic {
  id: number;
  name: string;
  keywords: string[];
  /** The curator who named it: the name stays. Null when the finder did. */
  namedBy: string | null;
}

/** What is to be saved: `id` null for a new topic. */
export interface TopicToSave {
  id: number | null;
  name: string;
  keywords: string[];
  storyIds: number[];
  /** The mean of its stories, at unit length. */
  centroid: Float32Array;
  /** Of the topics saved together, the index of the one in the middle of its area; null when it shares its area with none. */
  area: number | null;
}

/** These topics, by id. */
export function topicsById(db: Queryable, ids: readonly number[]): Promise<Topic[]> {
  return db.rows<Topic>(sql`select id, name, keywords, named_by from topics where id = any(${ids}::int[]) order by id`);
}

/** A story as a new one's neighbour: its topic, and its items. */
export interface StoryTopic {
  storyId: number;
  topicId: number | null;
  itemIds: number[];
  /** When it was made, or last became another by its items. */
  changedAt: Date;
}

/** The stories of these items, each with those of its items that are among them. */
export function storyTopics(db: Queryable, itemIds: readonly number[]): Promise<StoryTopic[]> {
  return db.rows<StoryTopic>(sql`
    select stories.id as story_id, topic_id, array_agg(item_id order by item_id) as item_ids, stories.changed_at
    from story_items join stories on stories.id = story_id
    where item_id = any(${itemIds}::int[]) group by stories.id order by stories.id`);
}

/**
 * Saves topics and which stories are theirs in one transaction, takes `apart` out of theirs, and deletes topics that no story is left
 * in and no week remembers; returns their ids, in order. A name that a curator gave meanwhile stays.
 */
export async function saveTopics(
  db: Database,
  topics: readonly TopicToSave[],
  { apart, now }: { apart: readonly number[]; now: Date },
): Promise<number[]> {
  return db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext('topics'))`);
    const rows = await withIds(tx, topics, now);
    await tx.run(sql`
      update topics set name = case when named_by is null then t.name else topics.name end, keywords = array(select jsonb_array_elements_text(t.keywords)), area_id = t.area_id, seen_at = ${now}
      from jsonb_to_recordset(${toJson(rows.map(({ id, name, keywords, area }) => ({ id, name, keywords, area_id: area === null ? null : rows[area]!.id })))}::jsonb) as t(id integer, name text, keywords jsonb, area_id integer)
      where topics.id = t.id`);
    const members = rows.flatMap(({ id, storyIds }) =>
      storyIds.map((storyId) => ({ story_id: storyId, topic_id: id })),
    );
    const moves = sql`
      select story_id, topic_id from jsonb_to_recordset(${toJson(members)}::jsonb) as m(story_id integer, topic_id integer)`;
    await rememberTopicMoves(tx, moves, now);
    await tx.run(sql`
      update stories set topic_id = m.topic_id from (${moves}) as m
      where stories.id = m.story_id and stories.topic_id is distinct from m.topic_id`);
    await tx.run(sql`
      update stories set topic_id = null where id = any(${apart}::int[]) and topic_id is not null`);
    await tx.run(sql`
      delete from topics where not exists (select 1 from stories where topic_id = topics.id)
        and not exists (select 1 from topic_weeks where topic_id = topics.id)`);
    return rows.map(({ id }) => id);
  });
}

/** New rows get their ids by their order, since two new topics may have the same name. */
async function withIds(
  tx: Queryable,
  topics: readonly TopicToSave[],
  now: Date,
): Promise<(TopicToSave & { id: number })[]> {
  const fresh = topics.filter(({ id }) => id === null);
  const created = await tx.rows<{ id: number }>(sql`
    insert into topics (name, created_at, seen_at)
    select '', ${now}, ${now} from generate_series(1, ${fresh.length}::int) returning id`);
  const ids = created.map(({ id }) => id).toSorted((a, b) => a - b);
  const idOf = new Map(fresh.map((topic, index) => [topic, ids[index]!]));
  return topics.map((topic) => ({ ...topic, id: topic.id ?? idOf.get(topic)! }));
}

/** Names a topic; the name then stays from week to week. An empty name gives it back to the finder. */
export async function renameTopic(
  db: Queryable,
  { topicId, name, by }: { topicId: number; name: string; by: string },
): Promise<void> {
  await db.run(sql`
    update topics set name = case when ${name}::text = '' then name else ${name} end,
      named_by = case when ${name}::text = '' then null else ${by}::text end
    where id = ${topicId}`);
}
