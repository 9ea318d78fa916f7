// The newest stories of a topic, a source, an author or a section, as lists and feeds show them.
import { sql, type Queryable, type Sql } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { isRejected } from './rejected-stories.ts';
import { storiesOnceIn } from './topic-lists.ts';
import { isHeard } from './sources.ts';

export interface ListedStory {
  id: number;
  title: string;
  lang: string;
  kind: StoryItemKind;
  /** Who published the headline. */
  source: string;
  authors: string[];
  url: string;
  withdrawn: boolean;
  /** The beginning of its text. */
  text: string;
  firstSeen: Date;
  /** How many sources tell it. */
  sources: number;
}

/** What the stories of a list have in common; `onceIn` is a topic, perhaps one that ended. */
export type StoryList =
  { topicId: number } | { onceIn: number } | { sourceId: number } | { author: string } | { section: string };

/** Read back so far before the newest are chosen: whole years of a source would be sorted for a page of a hundred. */
const readBack = 1_000;
const shownText = 400;

/** What a list leaves out, joined to `stories`. */
const joinListed = sql`
    join items as headline on headline.id = headline_item_id and headline.gone_at is null
    join sources on sources.id = headline.source_id and ${isHeard}`;

/**
 * How many stories of each topic its list leaves out, by the same rule. Few are, so that they are found and taken off: joining every story
 * of every topic with its headline took 80 ms of 20,000.
 */
export const unlistedByTopic = sql`
  select stories.topic_id, count(*)::int as stories
  from (
    select items.id from items join sources on sources.id = source_id and not (${isHeard})
    union select id from items where gone_at is not null) as unheard
  join story_items on item_id = unheard.id
  join stories on stories.id = story_id and headline_item_id = unheard.id
  group by stories.topic_id`;

/** The newest `limit` stories of a list; what muted or deleted sources head is left out, and of a feed what was rejected. */
export function newestStories(
  db: Queryable,
  list: StoryList,
  { limit, isFeed = false }: { limit: number; isFeed?: boolean },
): Promise<ListedStory[]> {
  return db.rows<ListedStory>(sql`
    select stories.id, headline.title, headline.lang, headline.kind, sources.title as source, headline.authors, headline.url,
      headline.withdrawn, left(headline.text, ${shownText}) as text, first_seen,
      (select count(distinct members.source_id)::int from story_items join items as members on members.id = item_id
       where story_id = stories.id) as sources
    from stories
    ${joinListed}
    where ${isIn(list)} ${isFeed ? sql`and not ${isRejected}` : sql``}
    order by first_seen desc, stories.id desc limit ${limit}`);
}

/** A story as it is named where one may go on to it. */
export interface NamedStory {
  id: number;
  title: string;
  lang: string;
}

/** The newest stories of a topic but one of them: where who reads that one may go on. Withdrawn papers are left out. */
export function newestOfTopic(
  db: Queryable,
  { topicId, but, limit }: { topicId: number; but: number; limit: number },
): Promise<NamedStory[]> {
  return db.rows<NamedStory>(sql`
    select stories.id, headline.title, headline.lang
    from stories
    ${joinListed} and not headline.withdrawn
    where topic_id = ${topicId} and stories.id <> ${but}
    order by first_seen desc, stories.id desc limit ${limit}`);
}

/** What these stories are called, in this order; withdrawn papers are left out. */
export function headlinesOf(db: Queryable, ids: readonly number[]): Promise<NamedStory[]> {
  return db.rows<NamedStory>(sql`
    select stories.id, headline.title, headline.lang
    from stories
    ${joinListed} and not headline.withdrawn
    where stories.id = any(${[...ids]}::int[])
    order by array_position(${[...ids]}::int[], stories.id)`);
}

function isIn(list: StoryList): Sql {
  if ('topicId' in list) return sql`topic_id = ${list.topicId}`;
  if ('onceIn' in list) return sql`stories.id in (${storiesOnceIn(list.onceIn)})`;
  if ('sourceId' in list)
    return sql`stories.id in (
      select story_id from items join story_items on item_id = items.id
      where source_id = ${list.sourceId} order by items.id desc limit ${readBack})`;
  if ('author' in list)
    return sql`stories.id in (
      select story_id from items join story_items on item_id = items.id where items.authors @> array[${list.author}::text])`;
  return sql`stories.id in (
    select story_id from issue_stories join issues on issues.id = issue_id
    where issue_stories.section = ${list.section} and role <> 'removed' and status in ('sending', 'sent')
    order by number desc limit ${readBack})`;
}

/** A source as readers may know it: its own feed may hold a secret, so only its home is named. */
export interface PublicSource {
  id: number;
  kind: string;
  title: string;
  homeUrl: string | null;
  items: number;
  newestAt: Date | null;
}

/** The sources that are read, by name. */
export function publicSources(db: Queryable): Promise<PublicSource[]> {
  return db.rows<PublicSource>(sql`
    select sources.id, sources.kind, sources.title, home_url,
      (select count(*)::int from items where source_id = sources.id) as items,
      (select max(published_at) from items where source_id = sources.id) as newest_at
    from sources where ${isHeard} and status <> 'gone' order by lower(sources.title), sources.id`);
}

/** One of them; undefined for what is not read, or deleted. */
export function publicSource(db: Queryable, sourceId: number): Promise<PublicSource | undefined> {
  return db.row<PublicSource>(sql`
    select sources.id, sources.kind, sources.title, home_url,
      (select count(*)::int from items where source_id = sources.id) as items,
      (select max(published_at) from items where source_id = sources.id) as newest_at
    from sources where sources.id = ${sourceId} and ${isHeard}`);
}
