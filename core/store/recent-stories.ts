// The newest stories of a span, a page at a time: read along the index of when items were published, however many there are.
import { sql, type Queryable } from '../db.ts';
import { hasAired } from './aired.ts';
import { boardStories, type BoardStory } from './boards.ts';
import { isHeard } from './sources.ts';

/** The last story of the page before: the next one begins behind it. */
export interface RecentCursor {
  newest: Date;
  storyId: number;
}

interface RecentPage {
  since: Date;
  now: Date;
  /** Left out for the first page. */
  before?: RecentCursor;
  limit: number;
}

/**
 * Of so many of the newest items a page is made; with more where they do not fill it, as of a source that was muted. A server that
 * expects to read all of 250,000 compiles the statement first, which took 50 of 55 ms.
 */
const looks = [500, 20_000, 2_000_000_000];

/** `limit` stories by when their newest item was published, the newest first. */
export async function recentStories(db: Queryable, page: RecentPage): Promise<BoardStory[]> {
  let places: RecentCursor[] = [];
  for (const items of looks) {
    places = await placesAmong(db, page, items);
    if (places.length === page.limit) break;
  }
  const found = await boardStories(db, places.map(({ storyId }) => storyId)); // prettier-ignore
  const byId = new Map(found.map((story) => [story.storyId, story]));
  return places.flatMap(({ storyId }) => byId.get(storyId) ?? []);
}

function placesAmong(
  db: Queryable,
  { since, now, before, limit }: RecentPage,
  itemsAtMost: number,
): Promise<RecentCursor[]> {
  // A date that lies ahead is a mistake of its source, and would lead until it comes.
  const until = before?.newest ?? now;
  // Limited from within, so that the planner walks along the index and looks each item up.
  return db.rows<RecentCursor>(sql`
    select story_id, recent.published_at as newest
    from (
      select id, published_at from items where published_at between ${since} and ${until}
      order by published_at desc limit ${itemsAtMost}) as recent
    join lateral (
      select story_id
      from story_items
      join stories on stories.id = story_id
      join items as headline on headline.id = headline_item_id and not headline.withdrawn
      join sources on sources.id = headline.source_id and ${isHeard}
      where item_id = recent.id limit 1) as placed on true
    join lateral (
      select items.id
      from story_items as found
      join items on items.id = found.item_id and items.gone_at is null and ${hasAired} and items.published_at <= ${now}
      join sources on sources.id = items.source_id and ${isHeard}
      where found.story_id = placed.story_id
      order by items.published_at desc, items.id desc limit 1) as newest on newest.id = recent.id
    where (recent.published_at, -story_id) < (${until}, ${before ? -before.storyId : 1}::int)
    order by recent.published_at desc, story_id limit ${limit}`);
}
