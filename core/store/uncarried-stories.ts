// Stories that no issue has carried yet, with their items: what the next issue may be made of.
import { sql, type Queryable } from '../db.ts';
import { hasAired } from './aired.ts';
import { isOther } from './item-changes.ts';
import type { ItemKind } from './items.ts';
import { isTakenBack } from './withdrawals.ts';
import { isHeard } from './sources.ts';

export interface UncarriedItem {
  id: number;
  kind: ItemKind;
  title: string;
  text: string;
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
  /** The headline first, then by age. */
  items: UncarriedItem[];
}

/** The items of each story of a group, the headline first, then by age; of `UncarriedItem`. */
export const itemsOfStory = sql`json_agg(json_build_object('id', items.id, 'kind', items.kind, 'title', items.title,
    'text', left(items.text, 20000), 'lang', items.lang, 'keys', items.keys, 'publishedAt', items.published_at,
    'sourceId', items.source_id, 'weight', sources.weight, 'section', sources.section)
    order by items.id = stories.headline_item_id desc nulls last, items.published_at, items.id)`;

/**
 * Stories with an item published in [since, until) that were in no issue, not even to be removed there, and those that
 * went out and changed since (a new version, or one more that tells them), by id; what muted or deleted sources
 * published, what has gone from its folder, what is not on air yet and what its authors took back does not count.
 */
export function uncarriedStories(
  db: Queryable,
  { since, until }: { since: Date; until: Date },
): Promise<UncarriedStory[]> {
  const heardItems = sql`
    join items on items.id = story_items.item_id and items.gone_at is null and ${hasAired}
      and not items.withdrawn
    join sources on sources.id = items.source_id and ${isHeard}`;
  // Chosen without their texts, and what changed by joins of whole tables: asked story by story it took nine seconds.
  return db.rows<UncarriedStory>(sql`
    with carried as (
      select story_id, bool_and(status = 'sent' and role <> 'removed') as went_out, max(coalesce(sent_at, send_at)) as at
      from issue_stories join issues on issues.id = issue_id group by story_id),
    wanted as (
      select story_items.story_id from story_items ${heardItems}
      where published_at >= ${since} and published_at < ${until}
        and not exists (select 1 from carried where carried.story_id = story_items.story_id)
      union
      select story_items.story_id from carried join story_items using (story_id) ${heardItems}
      where went_out and items.created_at > carried.at
      union
      select story_items.story_id from carried join story_items using (story_id) ${heardItems}
      join item_history on item_history.item_id = items.id and item_history.at > carried.at and ${isOther}
      where went_out)
    select stories.id, topic_id, topics.name as topic, ${itemsOfStory} as items
    from wanted
    join stories on stories.id = wanted.story_id
    join story_items on story_items.story_id = stories.id ${heardItems}
    left join topics on topics.id = stories.topic_id
    where not ${isTakenBack}
    group by stories.id, topics.name order by stories.id`);
}
