// Maps of issues: the points of their stories, and the frame that every later map keeps.
import { sql, type Queryable } from '../db.ts';

/** Where a story stood on an earlier map, from -1 (left, top) to 1, by its headline item. */
export interface EarlierPoint {
  itemId: number;
  x: number;
  y: number;
}

/** Issues whose stories are anchors: a month of topics. */
const issuesBack = 4;
/** More anchors say nothing new, and each costs as much as a story. */
const mostAnchors = 1_500;

/** The frame of the maps so far and the points in the newest four of them; `reach` null before the first map. */
export async function earlierMaps(db: Queryable): Promise<{ reach: number | null; points: EarlierPoint[] }> {
  const frame = await db.row<{ reach: number }>(sql`
    select map_reach as reach from issues where map_reach is not null order by number desc limit 1`);
  if (!frame) return { reach: null, points: [] };
  const points = await db.rows<EarlierPoint>(sql`
    select distinct on (headline_item_id) headline_item_id as item_id, map_x as x, map_y as y
    from (select id, number from issues where map_reach is not null order by number desc limit ${issuesBack}) as recent
    join stories_of_issues on issue_id = recent.id
    join stories on stories.id = story_id
    where map_x is not null and headline_item_id is not null
    order by headline_item_id, number desc limit ${mostAnchors}`);
  return { reach: frame.reach, points };
}
