// Addresses that stay: where a story or a topic is now that was joined, split or deleted since somebody linked to it.
import { sql, type Queryable, type Sql } from '../db.ts';

/** Itself, the one it became part of, or `gone` for good; undefined when there never was one. */
export type CurrentAddress = number | 'gone' | undefined;

/** The story that a story's id stands for now: itself, else the one that has the item which spoke for it last. */
export async function storyNow(db: Queryable, storyId: number): Promise<CurrentAddress> {
  const row = await db.row<{ now: number | null }>(sql`
    select coalesce(stories.id, story_items.story_id) as now
    from (select ${storyId}::int as id) as asked
    left join stories on stories.id = asked.id
    left join former_stories on former_stories.id = asked.id
    left join story_items on story_items.item_id = former_stories.item_id
    where stories.id is not null or former_stories.id is not null`);
  return row && (row.now ?? 'gone');
}

/** These story ids beside what they stand for now; those that are gone are missing. */
export function storiesNow(storyIds: readonly number[]): Sql {
  return sql`
    select asked.id as asked_id, coalesce(stories.id, story_items.story_id) as story_id
    from unnest(${storyIds}::int[]) as asked(id)
    left join stories on stories.id = asked.id
    left join former_stories on former_stories.id = asked.id
    left join story_items on story_items.item_id = former_stories.item_id
    where coalesce(stories.id, story_items.story_id) is not null`;
}

/** The topic that a topic's id stands for now: itself while it has stories, else the one that most of them went to. */
export async function topicNow(db: Queryable, topicId: number): Promise<CurrentAddress> {
  const rows = await db.rows<{ id: number; exists: boolean; hasStories: boolean }>(sql`
    with recursive way(id) as (
      select ${topicId}::int
      union
      select topic_id from way join former_topics using (id)
      where topic_id is not null and not exists (select 1 from stories where stories.topic_id = way.id))
    select way.id, topics.id is not null as exists,
      exists (select 1 from stories where stories.topic_id = way.id) as has_stories
    from way left join topics on topics.id = way.id`);
  const found = rows.find(({ hasStories }) => hasStories) ?? rows.find(({ exists }) => exists);
  if (found) return found.id;
  const known = await db.row(sql`select 1 from former_topics where id = ${topicId}`);
  return known === undefined ? undefined : 'gone';
}

/** Remembers where most stories go of topics that are about to lose all: `moves` selects `story_id` and `topic_id`. */
export async function rememberTopicMoves(tx: Queryable, moves: Sql, at: Date): Promise<void> {
  await tx.run(sql`
    insert into former_topics (id, topic_id, at)
    select distinct on (stories.topic_id) stories.topic_id, moves.topic_id, ${at}::timestamptz
    from stories join (${moves}) as moves on moves.story_id = stories.id
    where stories.topic_id <> moves.topic_id and not exists (
      select 1 from stories as rest where rest.topic_id = stories.topic_id
        and rest.id not in (select story_id from (${moves}) as leaving))
    group by stories.topic_id, moves.topic_id order by stories.topic_id, count(*) desc, moves.topic_id
    on conflict (id) do update set topic_id = excluded.topic_id, at = excluded.at`);
}
