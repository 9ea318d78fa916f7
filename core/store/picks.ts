// Picks: the stories chosen for one reader in one approved issue, with the profile and the ranker behind them.
import { sql, type Queryable, type Sql } from '../db.ts';
import type { Reason } from '../letter/pick-reason.ts';
import type { Rule } from '../readers/reader-rules.ts';
import type { SignalKind } from '../signal-kinds.ts';
import { changedAt, isAnotherVoice } from './item-changes.ts';
import type { Pair, PairChoice } from './pairs.ts';
import { isTurnOf } from './readers.ts';
import { toJson } from '../storable.ts';

/** One story for one reader, best first within its kind; editors' picks come before personal ones. */
export interface Pick {
  storyId: number;
  kind: 'editor' | 'personal';
  reason: Reason;
  /** In standard deviations of this reader's scores; 0 for an editors' pick. Not kept: no letter shows it. */
  score?: number;
  /** The reader was shown it before, and it changed since. */
  updated?: true;
  /** It is there to learn from, and judged apart. */
  exploring?: true;
}

export interface ReaderPicks {
  readerId: number;
  stories: Pick[];
  /** Interests that no story of the issue had anything on. */
  unmet: string[];
  profile: PickProfile;
  /** "This or that?"; left out where nothing is asked. */
  pair?: Pair;
}

/** What the ranker knew of the reader: words of interests or stories with a signal, and how much each counts. */
export interface PickProfile {
  facets: { words?: string; storyId?: number; weight: number }[];
}

/** A reader as the ranker sees one: what they want, what they did, and which stories of this issue they know. */
export interface RankableReader {
  id: number;
  length: number;
  interests: string[];
  /** How much each of them counts, in percent; all of it where none is given. */
  interestWeights?: number[];
  rules: Rule[];
  /** Works they brought along that are no story here, newest first; not those of which only the number is known. */
  brought?: { title: string; text: string; at: Date }[];
  signals: { storyId: number; kind: SignalKind; at: Date }[];
  /** To "this or that?", the newest first. */
  answers?: PairChoice[];
  /** Shown before, and as it was then. */
  exposed: number[];
  /** Shown before, and changed since: it says something else, or another source tells it. */
  updated: number[];
}

/** One content of one issue: the approved one, or that of a draft whose proofs are looked at. */
export interface RankedContent {
  issueId: number;
  contentHash: string;
}

/** Readers by their ids, 5,000 at a time: some seconds of work, so that little is done twice when a process dies. */
const shardSize = 5_000;

/** The shards in which an active reader has no picks from this content; picks from an earlier approval count as none. */
export async function unrankedShards(db: Queryable, { issueId, contentHash }: RankedContent): Promise<number[]> {
  const rows = await db.rows<{ shard: number }>(sql`
    select distinct id / ${shardSize}::int as shard from readers
    where status = 'active' and ${isTurnOf(issueId)} and not exists (
      select 1 from picks
      where issue_id = ${issueId} and reader_id = readers.id and content_hash = ${contentHash})
    order by shard`);
  return rows.map(({ shard }) => shard);
}

export interface ReadersWanted extends RankedContent {
  storyIds: number[];
  /** All shards without it. */
  shard?: number | undefined;
  afterId: number;
  limit: number;
}

/** Readers as the ranker sees them, to be followed by which; beyond the newest 200 signals and 12 answers nothing moves any more. */
const rankable = (storyIds: readonly number[]): Sql => sql`
    select readers.id, readers.length,
      array(select words from interests where reader_id = readers.id order by created_at, words) as interests,
      array(select weight from interests where reader_id = readers.id order by created_at, words) as interest_weights,
      (select coalesce(jsonb_agg(jsonb_build_object('storyId', s.story_id, 'kind', s.kind, 'at', s.at)), '[]')
       from (select story_id, kind, at from signals where reader_id = readers.id
             order by at desc, story_id, kind limit 200) as s) as signals,
      (select coalesce(jsonb_agg(jsonb_build_object('chosenId', chosen_id, 'otherId', other_id, 'alone', alone, 'at', at)), '[]')
       from (select chosen_id, other_id, alone, at from pair_answers where reader_id = readers.id
             order by at desc, issue_id limit 12) as a) as answers,
      (select coalesce(jsonb_agg(jsonb_build_object('effect', effect, 'field', field, 'words', words) order by id), '[]')
       from rules where reader_id = readers.id) as rules,
      (select coalesce(jsonb_agg(jsonb_build_object('title', title, 'text', text, 'at', at) order by id desc), '[]')
       from brought_works where reader_id = readers.id and (key is null or title not in (key, 'arXiv:' || substr(key, 7)))) as brought,
      coalesce(known.exposed, '{}') as exposed, coalesce(known.updated, '{}') as updated
    from readers
    left join lateral (
      select array_agg(story_id order by story_id) filter (where not changed) as exposed,
        array_agg(story_id order by story_id) filter (where changed) as updated
      from (
        select shown.story_id, bool_or((items.created_at > shown.at and ${isAnotherVoice}) or ${changedAt} > shown.at) is true as changed
        from (select story_id, max(at) as at from exposures
              where reader_id = readers.id and story_id = any(${storyIds}::int[]) group by story_id) as shown
        left join story_items on story_items.story_id = shown.story_id
        left join items on items.id = item_id
        group by shown.story_id
      ) as looked
    ) as known on true`;

/**
 * The next active readers after `afterId` without picks from this content, in order of their ids; one query.
 */
export async function unrankedReaders(
  db: Queryable,
  { issueId, contentHash, storyIds, shard, afterId, limit }: ReadersWanted,
): Promise<RankableReader[]> {
  const [first, end] = shard === undefined ? [0, 2 ** 31 - 1] : [shard * shardSize, (shard + 1) * shardSize];
  const rows = await db.rows<RankableReader>(sql`
    ${rankable(storyIds)}
    where status = 'active' and readers.id > ${afterId} and readers.id >= ${first} and readers.id < ${end}
      and ${isTurnOf(issueId)} and not exists (
      select 1 from picks
      where issue_id = ${issueId} and reader_id = readers.id and content_hash = ${contentHash}
        and reader_id > ${afterId} and reader_id >= ${first} and reader_id < ${end})
    order by readers.id limit ${limit}`);
  return rows.map(withTimes);
}

/** These readers, whatever their status and picks. */
export async function rankableReaders(
  db: Queryable,
  { ids, storyIds }: { ids: readonly number[]; storyIds: readonly number[] },
): Promise<RankableReader[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows<RankableReader>(
    sql`${rankable(storyIds)} where readers.id = any(${ids}::int[]) order by readers.id`,
  );
  return rows.map(withTimes);
}

/** Inside jsonb a time is text. */
function withTimes(row: RankableReader): RankableReader {
  const dated = <Row extends { at: Date }>(given: Row[]): Row[] =>
    given.map((one) => ({ ...one, at: new Date(one.at) }));
  return { ...row, signals: dated(row.signals), brought: dated(row.brought ?? []), answers: dated(row.answers ?? []) };
}

/** How many readers the desk offers as those a proof is for, so that each edit ranks no more than these. */
export const proofReaders = 50;

/** The bits of `whys` beside the id of the reason: core/schema/0032_compact_picks_retention.sql. */
const isPersonal = 1;
const isUpdated = 2;
const isExploring = 4;
const reasonStep = 8;

/** What a why says: the reason's id, and all of a pick but its story and its reason. */
export function readWhy(why: number): { reasonId: number } & Omit<Pick, 'storyId' | 'reason'> {
  return {
    reasonId: why >> 3,
    kind: (why & isPersonal) !== 0 ? 'personal' : 'editor',
    ...((why & isUpdated) !== 0 && { updated: true as const }),
    ...((why & isExploring) !== 0 && { exploring: true as const }),
  };
}

/** Saves a batch; picks made from an earlier approval of the issue are replaced. */
export async function savePicks(
  db: Queryable,
  { issueId, contentHash, ranker, readers, now }: RankedContent & { ranker: string; readers: ReaderPicks[]; now: Date },
): Promise<void> {
  const reasonIds = await saveReasons(db, readers.flatMap(({ stories }) => stories.map(({ reason }) => reason)), now); // prettier-ignore
  const rows = readers.map(({ readerId, stories, unmet, profile, pair }) => ({
    readerId,
    storyIds: stories.map(({ storyId }) => storyId),
    whys: stories.map((pick) => whyOf(pick, reasonIds.get(keyOf(pick.reason))!)),
    unmet,
    ...columnsOf(profile),
    ...pair,
  }));
  // What a letter asks about is somebody's as well: its card is compiled, and its withdrawal told.
  const asked = readers.flatMap(({ pair }) => (pair ? [pair.left, pair.right] : []));
  const storyIds = [...new Set([...rows.flatMap((row) => row.storyIds), ...asked])];
  // What somebody gets is noted in the same statement: to find it among the picks of a million readers would take seconds.
  await db.run(sql`
    with picked_now as (
      insert into picked_stories (issue_id, content_hash, story_id)
      select ${issueId}, ${contentHash}, story_id from unnest(${storyIds}::int[]) as story_id order by story_id
      on conflict do nothing)
    insert into picks (issue_id, reader_id, content_hash, story_ids, whys, facet_words, facet_stories, facet_weights, unmet, ranker,
      pair_left, pair_right, pair_alone, pair_informed, pair_by_lot)
    select ${issueId}, r."readerId", ${contentHash}, r."storyIds", r.whys, r.words, r.stories, r.weights, r.unmet, ${ranker},
      r."left", r."right", r.alone, r.informed, r."byLot"
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as r("readerId" integer, "storyIds" integer[],
      whys integer[], words text[], stories integer[], weights real[], unmet text[],
      "left" integer, "right" integer, alone real, informed real, "byLot" boolean)
    on conflict (issue_id, reader_id) do update
    set content_hash = excluded.content_hash, story_ids = excluded.story_ids, whys = excluded.whys,
      facet_words = excluded.facet_words, facet_stories = excluded.facet_stories,
      facet_weights = excluded.facet_weights, unmet = excluded.unmet, ranker = excluded.ranker, stories = null, profile = null,
      pair_left = excluded.pair_left, pair_right = excluded.pair_right, pair_alone = excluded.pair_alone,
      pair_informed = excluded.pair_informed, pair_by_lot = excluded.pair_by_lot
    where picks.content_hash <> excluded.content_hash`);
}

function whyOf({ kind, updated, exploring }: Pick, reasonId: number): number {
  const marks = (kind === 'personal' ? isPersonal : 0) + (updated ? isUpdated : 0) + (exploring ? isExploring : 0);
  return reasonId * reasonStep + marks;
}

function columnsOf({ facets }: PickProfile) {
  const interests = facets.flatMap(({ words, weight }) => (words === undefined ? [] : [{ words, weight }]));
  const known = facets.flatMap(({ storyId, weight }) => (storyId === undefined ? [] : [{ storyId, weight }]));
  return {
    words: interests.map(({ words }) => words),
    stories: known.map(({ storyId }) => storyId),
    weights: [...interests, ...known].map(({ weight }) => weight),
  };
}

/** The same for equal reasons: their names in one order. */
function keyOf(reason: Reason): string {
  return toJson(Object.fromEntries(Object.entries(reason).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** The ids of these reasons, which many readers share; a new one gets its id. By `keyOf`. */
async function saveReasons(db: Queryable, reasons: readonly Reason[], now: Date): Promise<Map<string, number>> {
  const keys = [...new Set(reasons.map(keyOf))].toSorted();
  const today = now.toISOString().slice(0, 10);
  // One that exists is looked up first: a conflict would use up an id. In order, so that two rankers do not lock each other out.
  await db.run(sql`
    insert into pick_reasons (reason, used_on)
    select given::jsonb, ${today}::date from unnest(${keys}::text[]) with ordinality as g(given, place)
    where not exists (select 1 from pick_reasons where reason = given::jsonb) order by place
    on conflict (reason) do nothing`);
  const rows = await db.rows<{ id: number; reason: Reason; isOld: boolean }>(sql`
    select id, reason, used_on < ${today}::date as is_old from pick_reasons
    where reason in (select given::jsonb from unnest(${keys}::text[]) as given)`);
  const old = rows.filter(({ isOld }) => isOld).map(({ id }) => id);
  if (old.length > 0) await db.run(sql`
    update pick_reasons set used_on = ${today}::date from (
      select id from pick_reasons where id = any(${old}::int[]) order by id for update) as mine
    where pick_reasons.id = mine.id`); // prettier-ignore
  return new Map(rows.map(({ id, reason }) => [keyOf(reason), id]));
}

/** The picks of one row of `picks`, named so in the statement around it, as a list of `Pick`. */
export const pickList = sql`(
  select coalesce(jsonb_agg(
    jsonb_build_object('storyId', story_id, 'kind', kind, 'reason', reason)
      || case when is_updated then '{"updated": true}'::jsonb else '{}' end
      || case when is_exploring then '{"exploring": true}'::jsonb else '{}' end order by place), '[]')
  from picked where picked.issue_id = picks.issue_id and picked.reader_id = picks.reader_id)`;

/** The profile behind one row of `picks`, as a `PickProfile`. */
export const pickProfile = sql`case when facet_weights is null then profile else jsonb_build_object('facets', (
  select coalesce(jsonb_agg(case when place <= cardinality(facet_words)
      then jsonb_build_object('words', facet_words[place], 'weight', weight)
      else jsonb_build_object('storyId', facet_stories[place - cardinality(facet_words)], 'weight', weight) end order by place), '[]')
  from unnest(facet_weights) with ordinality as facet(weight, place))) end`;

/** The two stories that one row of `picks` asks about, the left one first; null where it asks nothing. */
export const pickPair = sql`case when picks.pair_left is not null then json_build_array(picks.pair_left, picks.pair_right) end`;

/** The picks of these readers from this content; a reader who is not ranked yet is missing. */
export async function picksOf(
  db: Queryable,
  { issueId, contentHash, readerIds }: RankedContent & { readerIds: number[] },
): Promise<Map<number, Pick[]>> {
  const rows = await db.rows<{ readerId: number; stories: Pick[] }>(sql`
    select reader_id, ${pickList} as stories from picks
    where issue_id = ${issueId} and content_hash = ${contentHash} and reader_id = any(${readerIds})`);
  return new Map(rows.map(({ readerId, stories }) => [readerId, stories]));
}

/** The interests that the issue has nothing on, of those of these readers who have some. */
export async function unmetInterests(
  db: Queryable,
  { issueId, contentHash, readerIds }: RankedContent & { readerIds: number[] },
): Promise<Map<number, string[]>> {
  const rows = await db.rows<{ readerId: number; unmet: string[] }>(sql`
    select reader_id, unmet from picks
    where issue_id = ${issueId} and content_hash = ${contentHash} and reader_id = any(${readerIds}) and unmet <> '{}'`);
  return new Map(rows.map(({ readerId, unmet }) => [readerId, unmet]));
}
