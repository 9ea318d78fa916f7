// How topics fare: which stories each had in a week, and what became of it.
import { sql, type Database, type Queryable } from '../db.ts';
import { unlistedByTopic } from './story-lists.ts';
import { toFloats } from './vectors.ts';
import { toJson } from '../storable.ts';

export interface TopicWeek {
  topicId: number;
  storyIds: number[];
  centroid: Float32Array;
}

export interface WeekEvent {
  topicId: number;
  kind: 'born' | 'split' | 'returned' | 'merged' | 'faded';
  otherId: number | null;
}

/** The topics of the newest week before `monday` that has any, and the ids of all that came before. */
export async function topicsBefore(
  db: Queryable,
  { monday, model }: { monday: string; model: string },
): Promise<{
  last: { topicId: number; storyIds: number[] }[];
  earlier: number[];
  means: Omit<TopicWeek, 'storyIds'>[];
}> {
  const last = await db.rows<{ topicId: number; storyIds: number[] }>(sql`
    select topic_id, story_ids from topic_weeks
    where week = (select max(week) from topic_weeks where week < ${monday}) order by topic_id`);
  const earlier = await db.rows<{ topicId: number }>(sql`
    select distinct topic_id from topic_weeks where week < ${monday} order by topic_id`);
  // Two months: a topic that rested longer is a new one.
  const means = await db.rows<{ topicId: number; centroid: Uint8Array }>(sql`
    select distinct on (topic_id) topic_id, centroid from topic_weeks
    where week < ${monday} and week >= ${monday}::date - 56 and model = ${model} order by topic_id, week desc`);
  return {
    last,
    earlier: earlier.map(({ topicId }) => topicId),
    means: means.map(({ topicId, centroid }) => ({ topicId, centroid: toFloats(centroid) })),
  };
}

/** The topics of a week that have means of `model`: how many stories each has, and had when topics were last found anew; and when stories were last put in it. */
export function topicsInWeek(
  db: Queryable,
  { monday, model }: { monday: string; model: string },
): Promise<{ topicId: number; stories: number; found: number; seenAt: Date }[]> {
  return db.rows(sql`
    select topic_id, cardinality(story_ids) as stories, found, seen_at from topic_weeks join topics on topics.id = topic_id
    where week = ${monday} and model = ${model} order by topic_id`);
}

/**
 * Whether sources brought or changed something since topics were last found with `model`: a story of these items became another otherwise
 * than by what a curator did to it. True before topics were first found.
 */
export async function changedSinceTopics(
  db: Queryable,
  { itemIds, model }: { itemIds: readonly number[]; model: string },
): Promise<boolean> {
  const row = await db.row<{ changed: boolean }>(sql`
    with found as (
      select min(seen_at) as at from topic_weeks join topics on topics.id = topic_id
      where model = ${model} and week = (select max(week) from topic_weeks where model = ${model})),
    handled as (
      select (item ->> 'itemId')::int as id from story_decisions, jsonb_array_elements(before -> 'items') as item)
    select found.at is null or exists (
      select 1 from story_items join stories on stories.id = story_id
      where item_id = any(${itemIds}::int[]) and stories.changed_at >= found.at
        and item_id not in (select id from handled)) as changed
    from found`);
  return row!.changed;
}

/** Adds stories that have no topic yet to topics of a week. Their means stay: they are of what was found. */
export async function joinTopicWeek(
  db: Database,
  { monday, members, now }: { monday: string; members: { storyId: number; topicId: number }[]; now: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext('topics'))`);
    await tx.run(sql`
      with given as (
        select * from jsonb_to_recordset(${toJson(members)}::jsonb) as m("storyId" integer, "topicId" integer)),
      joined as (
        update stories set topic_id = topics.id from given join topics on topics.id = given."topicId"
        where stories.id = given."storyId" and stories.topic_id is null returning stories.id, stories.topic_id),
      more as (select topic_id, array_agg(id order by id) as ids from joined group by topic_id),
      seen as (update topics set seen_at = ${now} from more where topics.id = more.topic_id)
      update topic_weeks set story_ids = story_ids || more.ids from more
      where topic_weeks.topic_id = more.topic_id and week = ${monday}`);
  });
}

/** Replaces this week's topics on every run. */
export async function saveTopicWeek(
  db: Database,
  { monday, model, topics, events }: { monday: string; model: string; topics: TopicWeek[]; events: WeekEvent[] },
): Promise<void> {
  const rows = topics.map(({ topicId, storyIds, centroid }) => ({
    topicId,
    storyIds,
    centroid: Buffer.from(centroid.buffer, centroid.byteOffset, centroid.byteLength).toString('base64'),
  }));
  await db.transaction(async (tx) => {
    await tx.run(sql`delete from topic_weeks where week = ${monday}`);
    await tx.run(sql`
      insert into topic_weeks (topic_id, week, story_ids, found, centroid, model)
      select topics.id, ${monday}::date, array(select jsonb_array_elements_text(t."storyIds")::int),
        jsonb_array_length(t."storyIds"), decode(t.centroid, 'base64'), ${model}
      from jsonb_to_recordset(${toJson(rows)}::jsonb) as t("topicId" integer, "storyIds" jsonb, centroid text)
      join topics on topics.id = t."topicId"`);
    await tx.run(sql`delete from topic_events where week = ${monday}`);
    await tx.run(sql`
      insert into topic_events (week, topic_id, kind, other_id)
      select ${monday}::date, e."topicId", e.kind, e."otherId"
      from jsonb_to_recordset(${toJson(events)}::jsonb) as e("topicId" integer, kind text, "otherId" integer)
      join topics on topics.id = e."topicId"`);
  });
}

/** What became of a topic in a week; of two, `id` is the one that split off or became part of `otherId`. */
export interface TopicEvent {
  id: number;
  name: string;
  kind: WeekEvent['kind'];
  otherId: number | null;
  other: string | null;
}

/** The newest `limit` weeks in which a topic had stories or something became of it, newest first; `week` is its Monday. */
export function weeksOfTopic(
  db: Queryable,
  topicId: number,
  limit: number,
): Promise<{ week: string; stories: number; events: TopicEvent[] }[]> {
  return db.rows(sql`
    select weeks.week::text, coalesce(cardinality(story_ids), 0) as stories, (
      select coalesce(jsonb_agg(jsonb_build_object('id', topics.id, 'name', topics.name, 'kind', kind,
        'otherId', other.id, 'other', other.name) order by topics.id), '[]')
      from topic_events join topics on topics.id = topic_id left join topics as other on other.id = other_id
      where topic_events.week = weeks.week and ${topicId}::int in (topic_id, other_id)) as events
    from (
      select week from topic_weeks where topic_id = ${topicId}
      union select week from topic_events where ${topicId}::int in (topic_id, other_id)) as weeks
    left join topic_weeks on topic_weeks.week = weeks.week and topic_weeks.topic_id = ${topicId}
    order by weeks.week desc limit ${limit}`);
}

/** A topic as the weather shows it: its new stories in each of the last eight weeks, the newest last, and its last event. */
export interface TopicWeather {
  id: number;
  name: string;
  namedBy: string | null;
  keywords: string[];
  /** As many as its page lists. */
  stories: number;
  weeks: number[];
  /** Its part of all new stories of each week, 0 to 1: a week of holidays is no bad weather. Null before topics were first found. */
  shares: (number | null)[];
  /** The topic that its area goes by, itself perhaps; null without an area. */
  areaId: number | null;
  kind: WeekEvent['kind'] | null;
  other: string | null;
  otherId: number | null;
  isThisWeek: boolean;
}

/** Topics with a story of the last eight weeks or an event of the last two, the largest of this week first; of which no story is left there is nothing to show. */
export function topicWeather(db: Queryable, monday: string): Promise<TopicWeather[]> {
  // Every story of eight weeks is read once, whatever the number of topics.
  return db.rows<TopicWeather>(sql`
    with counts as (
      select topic_id, (${monday}::date + 6 - first_seen::date) / 7 as n, count(*)::int as stories
      from stories
      where topic_id is not null and first_seen >= ${monday}::date - 49 and first_seen < ${monday}::date + 7
      group by topic_id, n),
    volumes as (
      select (${monday}::date + 6 - first_seen::date) / 7 as n, count(*)::real as stories
      from stories where first_seen >= ${monday}::date - 49 and first_seen < ${monday}::date + 7 group by 1),
    weeks as (
      select topic_id, jsonb_object_agg(n, stories) as by_week, sum(stories) as total,
        coalesce(max(stories) filter (where n = 0), 0) as latest
      from counts group by topic_id),
    unlisted as (${unlistedByTopic}),
    events as (
      select distinct on (topic_id) * from topic_events where week > ${monday}::date - 14 order by topic_id, week desc)
    select topics.id, topics.name, topics.named_by, topics.keywords, topics.area_id,
      (select count(*)::int from stories where topic_id = topics.id) - coalesce(unlisted.stories, 0) as stories,
      array(select coalesce((by_week -> n::text)::int, 0) from generate_series(7, 0, -1) as n) as weeks,
      array(
        select case when ${monday}::date - 7 * n < (select min(week) from topic_weeks) then null
          else coalesce((by_week -> n::text)::int / volumes.stories, 0) end
        from generate_series(7, 0, -1) as n left join volumes using (n) order by n desc) as shares,
      events.kind, other.name as other, events.other_id,
      coalesce(events.week = ${monday}, false) as is_this_week
    from topics
    left join weeks on weeks.topic_id = topics.id
    left join unlisted on unlisted.topic_id = topics.id
    left join events on events.topic_id = topics.id
    left join topics as other on other.id = events.other_id
    where (events.kind is not null or weeks.total is not null) and exists (select 1 from stories where topic_id = topics.id)
    order by coalesce(weeks.latest, 0) desc, coalesce(weeks.total, 0) desc, topics.name, topics.id`);
}
