// What digests say of stories: the links of newsletters and link lists, each with the paragraph that goes with it.
import { sql, type Queryable } from '../db.ts';
import { isHeard } from './sources.ts';

/** A link of a digest, in the order of the digest. */
export interface Mention {
  /** What it leads to, in the spelling of items' keys: "arxiv:1706.03762", "url:blog.example/a". */
  key: string;
  url: string;
  paragraph: string;
}

/** A digest that mentions a story. */
export interface StoryMention {
  storyId: number;
  /** The digest. */
  itemId: number;
  sourceId: number;
  source: string;
  title: string;
  url: string;
  paragraph: string;
  publishedAt: Date;
}

/** The digests that mention these stories, each once a story, the newest first; those of muted or deleted sources do not count. */
export function mentionsOfStories(db: Queryable, storyIds: readonly number[]): Promise<StoryMention[]> {
  return db.rows<StoryMention>(sql`
    select * from (
      select distinct on (story_items.story_id, digests.id) story_items.story_id, digests.id as item_id, digests.source_id,
        sources.title as source, digests.title, digests.url, mentions.paragraph, digests.published_at
      from story_items
      join items on items.id = story_items.item_id
      join mentions on mentions.key = any(items.keys)
      join items as digests on digests.id = mentions.item_id and digests.kind = 'digest' and digests.gone_at is null
      join sources on sources.id = digests.source_id and ${isHeard}
      where story_items.story_id = any(${storyIds}::int[])
      order by story_items.story_id, digests.id, mentions.position) as each_once
    order by story_id, published_at desc, item_id`);
}

/** Of a row of `stories`: how many newsletters and link lists mention it that do not tell it; those of muted or deleted sources do not count. */
export const newsletterCount = sql`(
  select count(distinct digests.source_id)::int from story_items as members
  join items as known on known.id = members.item_id
  join mentions on mentions.key = any(known.keys)
  join items as digests on digests.id = mentions.item_id and digests.kind = 'digest' and digests.gone_at is null
  join sources on sources.id = digests.source_id and ${isHeard}
  where members.story_id = stories.id and not exists (
    select 1 from story_items as own join items as theirs on theirs.id = own.item_id
    where own.story_id = stories.id and theirs.source_id = digests.source_id))`;

/** Of a row of `stories`: the most points that a community gave to an item of it, 0 without any. */
export const communityPoints = sql`(
  select coalesce(max(judged.points), 0) from story_items as members
  join items as judged on judged.id = members.item_id where members.story_id = stories.id)`;

/** In how many sources' digests each story is mentioned ("in 3 newsletters"); stories without any are missing. */
export function countNewsletters(mentions: readonly Pick<StoryMention, 'storyId' | 'sourceId'>[]): Map<number, number> {
  const sources = new Map<number, Set<number>>();
  for (const { storyId, sourceId } of mentions) {
    sources.set(storyId, (sources.get(storyId) ?? new Set()).add(sourceId));
  }
  return new Map([...sources].map(([storyId, those]) => [storyId, those.size]));
}
