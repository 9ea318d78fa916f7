// Stories that no issue has carried yet, with their items: what the next issue may be made of.
import { sql, type Queryable } from '../db.ts';
import { hasAired } from './aired.ts';
import { isAnotherVoice, isOther } from './item-changes.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { communityPoints, newsletterCount } from './mentions.ts';
import { isTakenBack } from './withdrawals.ts';
import { isHeard } from './sources.ts';
import { tellingLength } from './stories.ts';

export interface UncarriedItem {
  id: number;
  kind: StoryItemKind;
  title: string;
  lang: string;
  keys: string[];
  /** ISO 8601, as JSON carries it. */
  publishedAt: string;
  sourceId: number;
  /** As how many sources its own counts. */
  weight: number;
  /** The section that the source's settings give to everything it publishes. */
  section: string | null;
}

export interface UncarriedStory {
  id: number;
  topicId: number | null;
  topic: string | null;
  /** How many newsletters mention it. */
  newsletters: number;
  /** The most points that a community gave to an item of it. */
  points: number;
  /** Whether none of its posts says more than its title, and nothing else is in it. */
  isBare: boolean;
  /** The headline first, then by age. */
  items: UncarriedItem[];
}

/** An item with its text: a week of texts is not held in memory, so these are loaded for some stories at a time. */
export interface ItemToSummarise {
  id: number;
  kind: StoryItemKind;
  title: string;
  lang: string;
  text: string;
}

export interface StoryToSummarise {
  id: number;
  /** The headline first, then by age. */
  items: ItemToSummarise[];
}

const headlineFirst = sql`items.id = stories.headline_item_id desc nulls last, items.published_at, items.id`;
const heardItems = sql`
    join items on items.id = story_items.item_id and items.gone_at is null and ${hasAired}
      and not items.withdrawn
    join sources on sources.id = items.source_id and ${isHeard}`;

/** These stories, by id, with the texts of their items that may be told. Named twice, or PostgreSQL reads all of `story_items`. */
export function storiesToSummarise(db: Queryable, storyIds: readonly number[]): Promise<StoryToSummarise[]> {
  return db.rows<StoryToSummarise>(sql`
    select stories.id, json_agg(json_build_object('id', items.id, 'kind', items.kind, 'title', items.title, 'lang', items.lang,
      'text', left(items.text, 20000)) order by ${headlineFirst}) as items
    from stories join story_items on story_items.story_id = stories.id ${heardItems}
    where stories.id = any(${storyIds}::int[]) and story_items.story_id = any(${storyIds}::int[])
    group by stories.id order by stories.id`);
}

/**
 * Stories with an item published in [since, until) that were in no issue, not even to be removed there, and those that
 * went out and changed since (they say something else, or another source tells them), by id; what muted or deleted sources
 * published, what has gone from its folder, what is not on air yet and what its authors took back does not count.
 * `except` is an issue that counts as none: the one whose pool is put together.
 */
export function uncarriedStories(
  db: Queryable,
  { since, until, except = 0 }: { since: Date; until: Date; except?: number },
): Promise<UncarriedStory[]> {
  // Without their texts, and of what was carried only what came or changed in the window: years of pools are not read.
  return db.rows<UncarriedStory>(sql`
    with changed as (
      select story_items.story_id, items.created_at as at from story_items ${heardItems}
      where items.created_at >= ${since} and ${isAnotherVoice}
      union all
      select story_items.story_id, item_history.at from story_items ${heardItems}
      join item_history on item_history.item_id = items.id and ${isOther}
      where item_history.at >= ${since}),
    carried as (
      select entries.story_id, bool_and(status = 'sent' and role <> 'removed') as went_out,
        max(coalesce(sent_at, send_at)) as at
      from (select distinct story_id from changed) as touched
      join stories_of_issues as entries on entries.story_id = touched.story_id and entries.issue_id <> ${except}
      join issues on issues.id = entries.issue_id group by entries.story_id),
    wanted as (
      select story_items.story_id from story_items ${heardItems}
      where published_at >= ${since} and published_at < ${until}
        and not exists (select 1 from issue_stories as own where own.story_id = story_items.story_id and own.issue_id <> ${except})
        and not exists (select 1 from issue_pool as own where own.story_id = story_items.story_id and own.issue_id <> ${except})
      union
      select changed.story_id from changed join carried on carried.story_id = changed.story_id
      where went_out and changed.at > carried.at)
    select stories.id, topic_id, topics.name as topic, ${newsletterCount} as newsletters, ${communityPoints} as points,
      bool_and(items.kind = 'post' and length(trim(items.text)) < ${tellingLength}) as is_bare,
      json_agg(json_build_object('id', items.id, 'kind', items.kind, 'title', items.title, 'lang', items.lang,
        'keys', items.keys, 'publishedAt', items.published_at, 'sourceId', items.source_id, 'weight', sources.weight,
        'section', sources.section) order by ${headlineFirst}) as items
    from wanted
    join stories on stories.id = wanted.story_id
    join story_items on story_items.story_id = stories.id ${heardItems}
    left join topics on topics.id = stories.topic_id
    where not ${isTakenBack}
    group by stories.id, topics.name order by stories.id`);
}
