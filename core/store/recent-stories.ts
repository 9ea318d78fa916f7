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

/** `limit` stories by when their newest item was published, the newest first. */
export async function recentStories(db: Queryable, { since, now, before, limit }: RecentPage): Promise<BoardStory[]> {
  // A date that lies ahead is a mistake of its source, and would lead until it comes.
  const until = before?.newest ?? now;
  const places = await db.rows<RecentCursor>(sql`
    select story_id, items.published_at as newest
    from items
    join story_items on item_id = items.id
    join stories on stories.id = story_id
    join items as headline on headline.id = headline_item_id and not headline.withdrawn
    join sources on sources.id = headline.source_id and ${isHeard}
    join lateral (
      select items.id
      from story_items as told
      join items on items.id = told.item_id and items.gone_at is null and ${hasAired} and items.published_at <= ${now}
      join sources on sources.id = items.source_id and ${isHeard}
      where told.story_id = story_items.story_id
      order by items.published_at desc, items.id desc limit 1) as newest on newest.id = items.id
    where items.published_at between ${since} and ${until}
      and (items.published_at, -story_id) < (${until}, ${before ? -before.storyId : 1}::int)
    order by items.published_at desc, story_id limit ${limit}`);
  const told = await boardStories(db, places.map(({ storyId }) => storyId)); // prettier-ignore
  const byId = new Map(told.map((story) => [story.storyId, story]));
  return places.flatMap(({ storyId }) => byId.get(storyId) ?? []);
}
