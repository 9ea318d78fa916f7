// What a reader saved, newest first, with what a bibliography says of each.
import { sql, type Queryable } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { savedSignals } from '../signal-kinds.ts';

export interface SavedStory {
  storyId: number;
  kind: StoryItemKind;
  title: string;
  lang: string;
  authors: string[];
  source: string;
  url: string;
  /** Of all its items, such as `arxiv:1706.03762` and `doi:10.1000/182`. */
  keys: string[];
  text: string;
  publishedAt: Date;
  savedAt: Date;
}

const shownText = 400;

const cited = sql`items.kind, items.title, items.lang, items.authors, sources.title as source, items.url, items.keys,
  left(items.text, ${shownText}) as text, items.published_at`;
const itemToCite = sql`
  cross join lateral (
    select items.* from story_items join items on items.id = item_id
    where story_items.story_id = stories.id
    order by items.kind = 'paper' desc, items.id = headline_item_id desc nulls last, items.id limit 1) as items
  join sources on sources.id = items.source_id`;

/** What a bibliography says of one story; undefined when there is none. */
export function storyToCite(db: Queryable, storyId: number): Promise<Omit<SavedStory, 'savedAt'> | undefined> {
  return db.row(sql`select stories.id as story_id, ${cited} from stories ${itemToCite} where stories.id = ${storyId}`);
}

/** The newest `limit`; of a story that tells of a paper the paper is named, whatever its headline. */
export function savedStories(
  db: Queryable,
  { readerId, limit }: { readerId: number; limit: number },
): Promise<SavedStory[]> {
  return db.rows<SavedStory>(sql`
    select saved.story_id, ${cited}, saved.at as saved_at
    from (
      select story_id, max(at) as at from signals where reader_id = ${readerId} and kind = any(${[...savedSignals]}::text[])
      group by story_id order by max(at) desc, story_id limit ${limit}
    ) as saved
    join stories on stories.id = saved.story_id
    ${itemToCite}
    order by saved.at desc, saved.story_id`);
}
