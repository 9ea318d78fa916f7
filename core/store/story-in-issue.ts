// A story in the issue it went out with: its summary, from where each sentence is, and where it lies on the map of that issue.
import { sql, type Queryable } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import type { Card } from './issue-content.ts';
import type { KeptSentence } from './summaries.ts';

/** What readers of the issue were told of the story. */
export interface StoryInIssue {
  summary: string[];
  /** One for each of the summary; none where nobody wrote down from where they are. */
  sentences: (KeptSentence & { source: string | null; kind: StoryItemKind | null; url: string | null })[];
}

/** Undefined for a story that the issue does not have. Sources deleted since are null. */
export function storyInIssue(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<StoryInIssue | undefined> {
  return db.row<StoryInIssue>(sql`
    select summary, (
      select coalesce(jsonb_agg(sentence || jsonb_build_object('source', sources.title, 'kind', items.kind, 'url', items.url) order by place), '[]')
      from jsonb_array_elements(sentences) with ordinality as quoted(sentence, place)
      left join items on items.id = (sentence ->> 'itemId')::integer
      left join sources on sources.id = items.source_id) as sentences
    from (
      select to_jsonb(summary) as summary, sentences from issue_stories
      where issue_id = ${issueId} and story_id = ${storyId} and role <> 'removed'
      union all
      select card -> 'summary', sentences from issue_pool where issue_id = ${issueId} and story_id = ${storyId}
      limit 1) as quoted`);
}

/** What a point on a map needs of a card. */
export type MapPoint = Pick<Card, 'storyId' | 'kind' | 'role' | 'topic'> & { place: { x: number; y: number } };

/** The points on the map of an issue, with that of the story where the curator did not prepare it; none where it has no place itself. */
export async function mapAround(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<MapPoint[]> {
  const rows = await db.rows<Omit<MapPoint, 'place'> & { x: number; y: number }>(sql`
    select story_id, items.kind, role, topics.name as topic, map_x as x, map_y as y
    from (
      select story_id, role, map_x, map_y from issue_stories where issue_id = ${issueId} and role <> 'removed'
      union all
      select story_id, 'pool', map_x, map_y from issue_pool where issue_id = ${issueId} and story_id = ${storyId}
    ) as placed
    join stories on stories.id = placed.story_id
    join items on items.id = headline_item_id
    left join topics on topics.id = stories.topic_id
    where map_x is not null and map_y is not null
    order by story_id`);
  const points = rows.map(({ x, y, ...row }) => ({ ...row, place: { x, y } }));
  return points.some((point) => point.storyId === storyId) ? points : [];
}
