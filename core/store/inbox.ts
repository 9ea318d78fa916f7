// The inbox: every story of the week with what speaks for it, searched and filtered; and what a curator promotes from it.
import { prepared, sql, type Queryable } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { halfLifeDays, kindWorth, mentionWorth, pointsWorth } from '../newsworthiness.ts';
import { hasAired } from './aired.ts';
import { holdsWords } from './searched-words.ts';
import { communityPoints, newsletterCount } from './mentions.ts';
import { isHeard } from './sources.ts';
import { voice } from './voice.ts';
import { isTakenBack } from './withdrawals.ts';

export interface InboxStory {
  storyId: number;
  title: string;
  lang: string;
  kind: StoryItemKind;
  /** Of the headline. */
  source: string;
  topic: string | null;
  /** As core/newsworthiness.ts weighs it, without what readers saved. */
  score: number;
  sources: number;
  /** How many mention it without telling it. */
  newsletters: number;
  /** Of a community's list. */
  points: number;
  kinds: StoryItemKind[];
  newest: Date;
}

/** What a story may be here for, beside its age: each is a part of its score. */
export const inboxReasons = ['sources', 'kinds', 'newsletters', 'points', 'new'] as const;
export type InboxReason = (typeof inboxReasons)[number];

export interface InboxQuery {
  since: Date;
  now: Date;
  search: string;
  kind: string | null;
  source: string | null;
  topic: string | null;
  least: number | null;
  why: InboxReason | null;
  from: number;
  limit: number;
}

/** Looked up item by item: a planner that reckons with disks reads all that was ever told instead, for the few hundred items of a week. */
const storyOfItem = sql`(select story_id from story_items where item_id = items.id offset 0)`;

/** A page of the stories with an item published since, best first, and how many there are. Counted in one pass over the items of these days. */
export async function inboxPage(
  db: Queryable,
  { since, now, search, kind, source, topic, least, why, from, limit }: InboxQuery,
): Promise<{ stories: InboxStory[]; count: number }> {
  const rows = await db.rows<InboxStory & { count: number }>(prepared`
    with recent as (
      select distinct theirs.story_id from items cross join lateral ${storyOfItem} as theirs
      where published_at >= ${since} and published_at <= ${now}),
    voices as (
      select recent.story_id, max(sources.weight) as weight, max(published_at) as newest, array_agg(distinct items.kind) as kinds,
        array_agg(distinct sources.title) as titles
      from recent cross join lateral (select item_id from story_items where story_id = recent.story_id offset 0) as theirs
      join items on items.id = item_id and items.gone_at is null and not items.withdrawn and ${hasAired}
      join sources on sources.id = source_id and ${isHeard}
      group by recent.story_id, ${voice}),
    summed as (
      select story_id, sum(weight) as weight, max(newest) as newest, count(*)::int as sources,
        (select array_agg(distinct k.kind) from voices as own, unnest(own.kinds) as k(kind) where own.story_id = voices.story_id) as kinds,
        (select array_agg(t.title) from voices as own, unnest(own.titles) as t(title) where own.story_id = voices.story_id) as titles
      from voices group by story_id having sum(weight) > 0),
    mentioned as materialized (select summed.*, ${newsletterCount} as newsletters, ${communityPoints} as points from summed join stories on stories.id = summed.story_id),
    scored as (
      select mentioned.*, (ln(weight + ${mentionWorth}::float8 * newsletters + ${pointsWorth}::float8 * log(1 + points)) / ln(2) + ${kindWorth}::float8 * (cardinality(kinds) - 1)
        + power(0.5, greatest(0, extract(epoch from ${now}::timestamptz - newest)) / 86400.0 / ${halfLifeDays}::float8))::float8 as score
      from mentioned)
    select scored.story_id, headline.title, headline.lang, headline.kind, sources.title as source, topics.name as topic,
      score, scored.sources, scored.newsletters, scored.points, scored.kinds, scored.newest, count(*) over ()::int as count
    from scored join stories on stories.id = scored.story_id
    join items as headline on headline.id = headline_item_id
    join sources on sources.id = headline.source_id
    left join topics on topics.id = topic_id
    where not ${isTakenBack}
      and ${holdsWords(sql`concat_ws(' ', headline.title, array_to_string(headline.authors || scored.titles, ' '), topics.name)`, search)}
      and (${kind}::text is null or headline.kind = ${kind}) and (${source}::text is null or ${source} = any(scored.titles))
      and (${topic}::text is null or topics.name = ${topic}) and (${least}::float8 is null or score >= ${least}::float8)
      and case ${why}::text when 'sources' then scored.sources > 1 when 'kinds' then cardinality(scored.kinds) > 1 when 'newsletters' then scored.newsletters > 0
        when 'points' then scored.points > 0 when 'new' then scored.newest > ${now}::timestamptz - interval '1 day' else true end
    order by score desc, scored.newest desc, scored.story_id limit ${limit} offset ${from}`);
  return { stories: rows.map(({ count: _count, ...story }) => story), count: rows[0]?.count ?? 0 };
}

/** The sources and topics that stories of these days have, for the filters. */
export async function inboxChoices(
  db: Queryable,
  { since, now }: { since: Date; now: Date },
): Promise<{ sources: string[]; topics: string[] }> {
  const row = await db.row<{ sources: string[]; topics: string[] }>(prepared`
    with recent as (
      select distinct sources.title, topics.name from items cross join lateral ${storyOfItem} as theirs
      join sources on sources.id = source_id and ${isHeard} join stories on stories.id = story_id left join topics on topics.id = topic_id
      where published_at >= ${since} and published_at <= ${now})
    select coalesce((select array_agg(title order by lower(title), title) from (select distinct title from recent order by title limit 100) as t), '{}') as sources,
      coalesce((select array_agg(name order by lower(name), name) from (select distinct name from recent where name is not null order by name limit 100) as n), '{}') as topics`);
  return row!;
}

/** Where stories stand: before the curator of an issue, or in its pool; of several the newest. */
export function standingOf(
  db: Queryable,
  storyIds: readonly number[],
): Promise<
  {
    storyId: number;
    issueId: number;
    number: number;
    role: string;
    isPooled: boolean;
    isOpen: boolean;
    isLeftOut: boolean;
  }[]
> {
  return db.rows(prepared`
    select distinct on (story_id) story_id, issues.id as issue_id, number, role, position >= 1000000 as is_pooled,
      status in ('draft', 'in_review') as is_open,
      exists (select 1 from issue_stories as own where own.issue_id = issues.id and own.story_id = stories_of_issues.story_id and left_out_at is not null) as is_left_out
    from stories_of_issues join issues on issues.id = issue_id
    where story_id = any(${storyIds}::int[]) order by story_id, number desc`);
}

/** The open issue that a promoted story goes to: the newest. */
export async function issueToFill(db: Queryable): Promise<number | undefined> {
  return (
    await db.row<{ id: number }>(
      prepared`select id from issues where status in ('draft', 'in_review') order by number desc limit 1`,
    )
  )?.id;
}

/** Puts a story among the candidates of the next draft, whatever its score. */
export async function promoteStory(
  tx: Queryable,
  { storyId, by, at }: { storyId: number; by: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into promoted_stories (story_id, by, at) select id, ${by}::text, ${at}::timestamptz from stories where id = ${storyId}
    on conflict (story_id) do nothing`);
}

/** The stories that were promoted and are in no issue yet. */
export async function promotedStories(db: Queryable): Promise<Set<number>> {
  const rows = await db.rows<{ storyId: number }>(prepared`
    select story_id from promoted_stories where not exists (
      select 1 from issue_stories where issue_stories.story_id = promoted_stories.story_id)`);
  return new Set(rows.map(({ storyId }) => storyId));
}
