// A story with everything it was made of, for its page: each item, who published it, and what a talk says when.
import { prepared, sql, type Queryable } from '../db.ts';
import { changedAt } from './item-changes.ts';
import type { ShownItem } from './items.ts';

export interface StoryItem extends ShownItem {
  sourceId: number;
  text: string;
  publishedAt: Date;
  categories: string[];
  /** "2106.09685"; null for what is not on arXiv. */
  arxivId: string | null;
  /** When it was changed last by whoever published it; null for what is as it first came. */
  changedAt: Date | null;
  /** What it was called before, when that was something else. */
  earlierTitle: string | null;
  segments: { startS: number | null; text: string }[];
}

export interface StoryDetail {
  id: number;
  topicId: number | null;
  topic: string | null;
  title: string;
  firstSeen: Date;
  items: StoryItem[];
}

/** Of each text, where no passage farther on is asked for. */
export const shownCharacters = 1_200;
/** A story that a curator joined from many is no page of a thousand items. */
const shownItems = 40;

/**
 * The story, its headline item first and the others by age, with the beginning of each text; of the text of `passage` as
 * far as it `end`s. Undefined when there is no such story, or none of its items is left.
 */
export async function storyDetail(
  db: Queryable,
  storyId: number,
  passage: { itemId: number; end: number } = { itemId: 0, end: 0 },
): Promise<StoryDetail | undefined> {
  const story = await db.row<Omit<StoryDetail, 'items' | 'title'>>(sql`
    select stories.id, topic_id, topics.name as topic, first_seen
    from stories left join topics on topics.id = topic_id where stories.id = ${storyId}`);
  const items = await db.rows<StoryItem>(prepared`
    select items.id, items.kind, items.title, items.url, source_id, sources.title as source, authors, lang,
      left(items.text, case when items.id = ${passage.itemId}::int then greatest(${passage.end}::int, ${shownCharacters}::int) else ${shownCharacters}::int end) as text, published_at, version, withdrawn, categories,
      (select substr(key, length('arxiv:') + 1) from unnest(items.keys) as key where key like 'arxiv:%' limit 1) as arxiv_id,
      announced, ${changedAt} as changed_at,
      (select item_history.title from item_history
       where item_id = items.id and item_history.title <> items.title order by at desc limit 1) as earlier_title,
      (select coalesce(jsonb_agg(jsonb_build_object('startS', start_s, 'text', left(segments.text, 160)) order by position), '[]')
       from segments where item_id = items.id) as segments
    from story_items
    join items on items.id = item_id
    join sources on sources.id = items.source_id
    join stories on stories.id = story_id
    where story_id = ${storyId}
    order by items.id = stories.headline_item_id desc nulls last, published_at, items.id
    limit ${shownItems}`);
  const [headline] = items;
  return story && headline ? { ...story, title: headline.title, items } : undefined;
}

/** The title of a story, or undefined when it is gone. */
export async function storyTitle(db: Queryable, storyId: number): Promise<string | undefined> {
  const row = await db.row<{ title: string }>(sql`
    select items.title from stories join items on items.id = headline_item_id where stories.id = ${storyId}`);
  return row?.title;
}
