// Stories of a draft that have no summary and no point on its map yet: a curator's split put them there.
import { sql, type Queryable } from '../db.ts';
import type { SummarySentence } from './summaries.ts';
import type { StoryToSummarise } from './uncarried-stories.ts';
import { toJson } from '../storable.ts';

export interface UnderstoodStory {
  storyId: number;
  summary: string[];
  sentences: SummarySentence[];
  /** Undefined while its headline has no vector. */
  place: { x: number; y: number } | undefined;
}

/** The bare stories of an issue, by id, with the texts of their items. What a curator wrote is not bare. */
export function bareStories(db: Queryable, issueId: number): Promise<StoryToSummarise[]> {
  return db.rows<StoryToSummarise>(sql`
    select stories.id, json_agg(json_build_object('id', items.id, 'kind', items.kind, 'title', items.title, 'lang', items.lang,
      'text', left(items.text, 20000)) order by items.id = stories.headline_item_id desc nulls last, items.published_at, items.id) as items
    from issue_stories
    join stories on stories.id = issue_stories.story_id
    join story_items on story_items.story_id = stories.id
    join items on items.id = story_items.item_id
    where issue_id = ${issueId} and role <> 'removed' and summary = '{}' and sentences = '[]' and map_x is null and edited_by is null
    group by stories.id order by stories.id`);
}

/** Saves what was found; what a curator wrote meanwhile stays. */
export async function saveUnderstood(
  tx: Queryable,
  issueId: number,
  stories: readonly UnderstoodStory[],
): Promise<void> {
  await tx.run(sql`
    update issue_stories set summary = array(select jsonb_array_elements_text(s.summary)), sentences = s.sentences,
      map_x = (s.place ->> 'x')::real, map_y = (s.place ->> 'y')::real
    from jsonb_to_recordset(${toJson(stories)}::jsonb)
      as s("storyId" integer, summary jsonb, sentences jsonb, place jsonb)
    where issue_id = ${issueId} and story_id = s."storyId" and issue_stories.summary = '{}' and edited_by is null`);
}

/**
 * Makes a story bare in its open drafts where its summary is of another item than its headline, and asks that these
 * drafts be looked at again.
 */
export async function askToUnderstand(tx: Queryable, storyIds: readonly number[], at: Date): Promise<void> {
  await tx.run(sql`
    update issue_stories set summary = '{}', sentences = '[]', map_x = null, map_y = null
    from issues, stories
    where issues.id = issue_id and status in ('draft', 'in_review') and story_id = any(${storyIds}::int[])
      and stories.id = story_id and edited_by is null
      and exists (
        select 1 from jsonb_array_elements(sentences) as sentence
        where (sentence ->> 'itemId')::integer is distinct from headline_item_id)`);
  await tx.run(sql`
    update issues set sort_asked_at = ${at}
    where status in ('draft', 'in_review')
      and id in (select issue_id from issue_stories where story_id = any(${storyIds}::int[]))`);
}
