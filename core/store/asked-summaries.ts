// Stories of a draft for which a model is asked for a summary: which are left, and what came of it.
import { sql, type Queryable } from '../db.ts';
import type { SummarySentence } from './summaries.ts';
import { toJson } from '../storable.ts';

export interface StoryToAsk {
  storyId: number;
  /** Of the item that the quoted summary is from. */
  title: string;
  text: string;
  lang: string;
  sentences: SummarySentence[];
}

const longestText = 6_000;

/** Those of an issue that nobody asked for yet, picks first, as long as fewer than `limit` of the issue were asked for. */
export function storiesToAsk(db: Queryable, issueId: number, limit: number): Promise<StoryToAsk[]> {
  return db.rows<StoryToAsk>(sql`
    select story_id, items.title, items.lang, sentences,
      left(items.text || coalesce((
        select E'\n\n' || string_agg(segments.text, E'\n' order by segments.position) from segments
        where item_id = items.id), ''), ${longestText}) as text
    from issue_stories
    join issues on issues.id = issue_id and status in ('draft', 'in_review')
    join items on items.id = (sentences -> 0 ->> 'itemId')::integer
    where issue_id = ${issueId} and summary_asked_at is null and role <> 'removed' and edited_by is null
    order by role, issue_stories.position, story_id
    limit greatest(0, ${limit}::int - (
      select count(*)::int from issue_stories where issue_id = ${issueId} and summary_asked_at is not null))`);
}

/** Saves a summary and that it was asked for; an issue that was approved meanwhile keeps what it has, and so does what a curator wrote. */
export async function saveSummary(
  db: Queryable,
  summary: { issueId: number; storyId: number; sentences: readonly SummarySentence[]; at: Date },
): Promise<void> {
  const { issueId, storyId, sentences, at } = summary;
  const texts = toJson(sentences.map(({ text }) => text));
  await db.run(sql`
    update issue_stories set sentences = ${toJson(sentences)}::jsonb,
      summary = array(select jsonb_array_elements_text(${texts}::jsonb)), summary_asked_at = ${at}
    from issues
    where issues.id = issue_id and status in ('draft', 'in_review')
      and issue_id = ${issueId} and story_id = ${storyId} and edited_by is null`);
}

/** Leaves the other stories of an issue as they are. */
export async function giveUpAsking(db: Queryable, { issueId, at }: { issueId: number; at: Date }): Promise<void> {
  await db.run(sql`
    update issue_stories set summary_asked_at = ${at} where issue_id = ${issueId} and summary_asked_at is null`);
}

/** The drafts with stories that nobody asked for yet. */
export function draftsToAsk(db: Queryable, limit: number): Promise<{ id: number }[]> {
  return db.rows(sql`
    select issues.id from issues join issue_stories on issue_id = issues.id
    where status in ('draft', 'in_review') and role <> 'removed' and sentences <> '[]' and edited_by is null
    group by issues.id
    having count(*) filter (where summary_asked_at is null) > 0
      and count(summary_asked_at) < ${limit} order by issues.id`);
}
