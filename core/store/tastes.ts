// Tastes: what curators like, learned from what they approved, moved and removed; and what it is learned from.
import { sql, type Queryable, type Sql } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { isHeard } from './sources.ts';
import { voice } from './voice.ts';
import { toJson } from '../storable.ts';

/** Feature -> weight; a story's worth is their inner product. */
export type TasteWeights = Record<string, number>;

/** A story of an approved issue as a curator left it, with what may have spoken for it. */
export interface TastedStory {
  issueId: number;
  storyId: number;
  section: string;
  role: 'pick' | 'pool' | 'removed';
  position: number;
  kind: StoryItemKind;
  sourceId: number;
  /** Sum of the weights of its sources, all lists of arXiv one. */
  weight: number;
  kinds: number;
  /** Of its newest item, when the issue was approved or, before that, now. */
  ageDays: number;
  /** How far the curator moved it: 2 is two places up, -1 one down. */
  moved: number;
  /** Whether the curator made it a pick, rather than leave it one. */
  promoted: boolean;
  /** The mean of what curators gave it in the rubric, from 1 to 5; none where nobody scored it. */
  score?: number | null;
}

/** The newest approved issue when the last taste has not seen it; undefined when there is nothing new to learn from. */
export async function issueToLearnFrom(db: Queryable): Promise<number | undefined> {
  const row = await db.row<{ id: number }>(sql`
    select max(id)::int as id from issues where approved_at is not null
    having max(id) > coalesce((select max(issue_id) from tastes), 0)`);
  return row?.id;
}

/** The stories of the newest approved issues; half a year is as long as a taste lasts. */
export function tastedStories(db: Queryable, { issues, now }: { issues: number; now: Date }): Promise<TastedStory[]> {
  return storiesWith(
    db,
    sql`select id, coalesce(approved_at, ${now}) as at from issues where approved_at is not null order by number desc limit ${issues}`,
    // A dead link says nothing about what its text is worth.
    sql`(select * from issue_stories where left_out_at is null)`,
  );
}

/** These stories as the newest issue that has them holds them. */
export function storiesToTaste(
  db: Queryable,
  { storyIds, now }: { storyIds: readonly number[]; now: Date },
): Promise<TastedStory[]> {
  return storiesWith(
    db,
    sql`select max(issue_id) as id, ${now}::timestamptz as at from stories_of_issues where story_id = any(${storyIds}::int[])`,
    sql`(select * from stories_of_issues where story_id = any(${storyIds}::int[]))`,
  );
}

/** A line of the audit about what a curator made of one story, or of several at once, and did not take back. */
const isAct = sql`action ~ '^(move|role|lead) (story [0-9]+|[0-9]+ stories)$' and not exists (
  select 1 from issue_edits as undone where 'issue ' || undone.issue_id = subject and undone.action = audit.action
    and undone.at = audit.at and undone.undone_by is not null)`;
/** The stories of such a line. */
const actedOn = sql`(
  select case when action like '% stories' then acted_id::int else split_part(action, ' ', 3)::int end as story_id
  from jsonb_array_elements_text(case when action like '% stories' then after -> 'storyIds' else '[0]' end) as acted_id) as acted`;

/** The stories of the chosen issues, those of `held`: what stood before a curator, or all that they have. */
function storiesWith(db: Queryable, chosen: Sql, held: Sql): Promise<TastedStory[]> {
  return db.rows<TastedStory>(sql`
    with chosen as (${chosen}),
    acts as (
      select chosen.id as issue_id, story_id,
        sum(case when after->>'direction' = 'up' then 1 when after->>'direction' = 'down' then -1 else 0 end)::int as moved,
        bool_or(after->>'role' = 'pick') as promoted
      from chosen join audit on subject = 'issue ' || chosen.id and ${isAct} cross join lateral ${actedOn}
      group by chosen.id, story_id),
    weighed as (
      select story_id, sum(weight) as weight, max(newest) as newest from (
        select story_items.story_id, max(sources.weight) as weight, max(published_at) as newest
        from ${held} as held join chosen on chosen.id = issue_id
        join story_items on story_items.story_id = held.story_id
        join items on items.id = item_id
        join sources on sources.id = source_id and ${isHeard}
        group by story_items.story_id, ${voice}) as by_voice
      group by story_id)
    select held.issue_id, held.story_id, held.section, role, position, items.kind,
      items.source_id, weighed.weight,
      (select count(distinct i.kind)::int from story_items as own join items as i on i.id = own.item_id
       where own.story_id = held.story_id) as kinds,
      greatest(0, extract(epoch from chosen.at - weighed.newest) / 86400)::float8 as age_days,
      coalesce(acts.moved, 0) as moved, coalesce(acts.promoted, false) as promoted,
      (select avg((decisive + comprehensive + justified + accurate + kind) / 5.0)::float8 from rubric_scores as scored
       where scored.issue_id = held.issue_id and scored.story_id = held.story_id) as score
    from ${held} as held
    join chosen on chosen.id = issue_id
    join stories on stories.id = held.story_id
    join items on items.id = headline_item_id
    join weighed on weighed.story_id = held.story_id
    left join acts on acts.issue_id = held.issue_id and acts.story_id = held.story_id
    order by held.issue_id, position, held.story_id`);
}

/** What was learned; `kept` when it orders held-out pairs better than chance, or there were too few to tell. */
export async function saveTaste(
  db: Queryable,
  taste: {
    madeAt: Date;
    issueId: number;
    pairs: number;
    choices: number;
    accuracy: number | null;
    kept: boolean;
    weights: TasteWeights;
  },
): Promise<void> {
  await db.run(sql`
    insert into tastes (made_at, issue_id, pairs, choices, accuracy, kept, weights)
    values (${taste.madeAt}, ${taste.issueId}, ${taste.pairs}, ${taste.choices}, ${taste.accuracy}, ${taste.kept},
      ${toJson(taste.weights)}::jsonb)`);
}

export interface Taste {
  madeAt: Date;
  /** How many stories curators removed, made a pick or moved. */
  choices: number;
  accuracy: number | null;
  weights: TasteWeights;
}

/** The taste that counts: the newest that was kept. */
export function currentTaste(db: Queryable): Promise<Taste | undefined> {
  return db.row<Taste>(sql`
    select made_at, choices, accuracy, weights from tastes where kept order by id desc limit 1`);
}

/** Stories of this issue that a curator made a pick or moved: what is the editors' own, and not only suggested. */
export async function storiesChosenBy(db: Queryable, issueId: number): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select distinct story_id
    from audit cross join lateral ${actedOn}
    where subject = ${`issue ${issueId}`} and ${isAct}
      and (after->>'role' = 'pick' or after->>'direction' is not null) order by story_id`);
  return rows.map(({ storyId }) => storyId);
}
