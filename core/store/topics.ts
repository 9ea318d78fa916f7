// Topics: stories that belong together, under a name that stays from week to week.
import { sql, type Database, type Queryable } from '../db.ts';

export interface Topic {
  id: number;
  name: string;
  keywords: string[];
}

/** What is to be saved: `id` null for a new topic. */
export interface TopicToSave {
  id: number | null;
  name: string;
  keywords: string[];
  storyIds: number[];
}

/** These topics, by id. */
export function topicsById(db: Queryable, ids: readonly number[]): Promise<Topic[]> {
  return db.rows<Topic>(sql`select id, name, keywords from topics where id = any(${ids}::int[]) order by id`);
}

/** Saves topics and which stories are theirs in one transaction, and deletes those that no story is left in. */
export async function saveTopics(db: Database, topics: readonly TopicToSave[], now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext('topics'))`);
    const rows = await withIds(tx, topics, now);
    await tx.run(sql`
      update topics set name = t.name, keywords = array(select jsonb_array_elements_text(t.keywords)), seen_at = ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id integer, name text, keywords jsonb)
      where topics.id = t.id`);
    const members = rows.flatMap(({ id, storyIds }) => storyIds.map((storyId) => ({ storyId, topicId: id })));
    await tx.run(sql`
      update stories set topic_id = m."topicId"
      from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as m("storyId" integer, "topicId" integer)
      where stories.id = m."storyId" and stories.topic_id is distinct from m."topicId"`);
    await tx.run(sql`delete from topics where not exists (select 1 from stories where topic_id = topics.id)`);
  });
}

/** New rows get their ids by their place, since two new topics may have the same name. */
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
