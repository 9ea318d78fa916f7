// Stories as they stand, with their items and positions in issues; and the way back to it, for undo.
import { sql, type Queryable } from '../db.ts';
import { toJson } from '../storable.ts';

/** Rows as JSON, in the words of the tables. */
export interface StorySnapshot {
  stories: { id: number }[];
  items: { itemId: number; storyId: number }[];
  places: object[];
}

/** How these stories are now. */
export async function snapshotStories(tx: Queryable, storyIds: readonly number[]): Promise<StorySnapshot> {
  const row = await tx.row<StorySnapshot>(sql`
    select
      (select coalesce(jsonb_agg(to_jsonb(stories)), '[]') from stories where id = any(${storyIds}::int[])) as stories,
      (select coalesce(jsonb_agg(jsonb_build_object('itemId', item_id, 'storyId', story_id, 'why', why,
        'placedAt', placed_at) order by item_id), '[]')
        from story_items where story_id = any(${storyIds}::int[])) as items,
      (select coalesce(jsonb_agg(to_jsonb(issue_stories)), '[]') from issue_stories
        where story_id = any(${storyIds}::int[])) as places`);
  return row!;
}

/** Brings the stories back, under their ids, with the items they had as far as these are still there; empty ones go. */
export async function restoreStories(
  tx: Queryable,
  { before, at }: { before: StorySnapshot; at: Date },
): Promise<void> {
  const stories = toJson(before.stories);
  await tx.run(sql`
    insert into stories (id, headline_item_id, headline_by, topic_id, first_seen, changed_at) overriding system value
    select s.id, items.id, s.headline_by, topics.id, s.first_seen, ${at}
    from jsonb_to_recordset(${stories}::jsonb)
      as s(id integer, headline_item_id integer, headline_by text, topic_id integer, first_seen timestamptz)
    left join items on items.id = s.headline_item_id left join topics on topics.id = s.topic_id
    on conflict (id) do update set headline_item_id = excluded.headline_item_id, headline_by = excluded.headline_by,
      first_seen = excluded.first_seen, changed_at = excluded.changed_at`);
  const moved = await tx.rows<{ storyId: number }>(sql`
    with was as (
      select * from jsonb_to_recordset(${toJson(before.items)}::jsonb)
        as i("itemId" integer, "storyId" integer, why text, "placedAt" timestamptz)),
    left_behind as (select distinct story_id from story_items join was on was."itemId" = item_id),
    back as (
      update story_items set story_id = was."storyId", why = was.why, placed_at = was."placedAt"
      from was where item_id = was."itemId" returning 1)
    select story_id from left_behind where (select count(*) from back) >= 0`);
  await tx.run(sql`
    insert into issue_stories select p.* from jsonb_populate_recordset(null::issue_stories, ${toJson(before.places)}::jsonb) as p
    join issues on issues.id = p.issue_id and issues.status in ('draft', 'in_review')
    on conflict (issue_id, story_id) do nothing`);
  const emptied = moved.map(({ storyId }) => storyId);
  await tx.run(sql`
    delete from stories where id = any(${emptied}::int[])
      and not exists (select 1 from story_items where story_items.story_id = stories.id)`);
}
