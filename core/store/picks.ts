// Picks: the stories chosen for one reader in one approved issue, with the profile and the ranker behind them.
import { sql, type Queryable } from '../db.ts';
import type { Rule } from '../reader-rules.ts';
import type { SignalKind } from '../signal-weight.ts';
import { changedAt } from './item-changes.ts';

/** One story for one reader, best first within its kind; editors' picks come before personal ones. */
export interface Pick {
  storyId: number;
  kind: 'editor' | 'personal';
  /** "matches 'speech'" */
  reason: string;
  /** In standard deviations of this reader's scores; 0 for an editors' pick. */
  score: number;
  /** The reader was shown it before, and it changed since. */
  updated?: true;
  /** It is there to learn from, and judged apart. */
  exploring?: true;
}

export interface ReaderPicks {
  readerId: number;
  stories: Pick[];
  /** What the ranker knew of the reader: the facets and their weights. */
  profile: unknown;
}

/** A reader as the ranker sees one: what they want, what they did, and which stories of this issue they know. */
export interface RankableReader {
  id: number;
  length: number;
  interests: string[];
  rules: Rule[];
  signals: { storyId: number; kind: SignalKind; at: Date }[];
  /** Shown before, and as it was then. */
  exposed: number[];
  /** Shown before, and changed since: a new version, or another source that tells it. */
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
    where status = 'active' and not exists (
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

/**
 * The next active readers after `afterId` without picks from this content, in order of their ids; one query.
 * Old signals beyond the newest 200 move nothing any more.
 */
export async function unrankedReaders(
  db: Queryable,
  { issueId, contentHash, storyIds, shard, afterId, limit }: ReadersWanted,
): Promise<RankableReader[]> {
  const [first, end] = shard === undefined ? [0, 2 ** 31 - 1] : [shard * shardSize, (shard + 1) * shardSize];
  const rows = await db.rows<RankableReader>(sql`
    select readers.id, readers.length,
      array(select words from interests where reader_id = readers.id order by created_at, words) as interests,
      (select coalesce(jsonb_agg(jsonb_build_object('storyId', s.story_id, 'kind', s.kind, 'at', s.at)), '[]')
       from (select story_id, kind, at from signals where reader_id = readers.id
             order by at desc, story_id, kind limit 200) as s) as signals,
      (select coalesce(jsonb_agg(jsonb_build_object('effect', effect, 'field', field, 'words', words) order by id), '[]')
       from rules where reader_id = readers.id) as rules,
      coalesce(known.exposed, '{}') as exposed, coalesce(known.updated, '{}') as updated
    from readers
    left join lateral (
      select array_agg(story_id order by story_id) filter (where not changed) as exposed,
        array_agg(story_id order by story_id) filter (where changed) as updated
      from (
        select shown.story_id, bool_or(greatest(items.created_at, ${changedAt}) > shown.at) is true as changed
        from (select story_id, max(at) as at from exposures
              where reader_id = readers.id and story_id = any(${storyIds}) group by story_id) as shown
        left join story_items on story_items.story_id = shown.story_id
        left join items on items.id = item_id
        group by shown.story_id
      ) as looked
    ) as known on true
    where status = 'active' and readers.id > ${afterId} and readers.id >= ${first} and readers.id < ${end} and not exists (
      select 1 from picks
      where issue_id = ${issueId} and reader_id = readers.id and content_hash = ${contentHash})
    order by readers.id limit ${limit}`);
  // Inside jsonb a time is text.
  return rows.map((row) => ({ ...row, signals: row.signals.map((one) => ({ ...one, at: new Date(one.at) })) }));
}

/** How many readers the desk offers as those a proof is for, so that each edit ranks no more than these. */
export const proofReaders = 50;

/** Saves a batch; picks made from an earlier approval of the issue are replaced. */
export async function savePicks(
  db: Queryable,
  { issueId, contentHash, ranker, readers }: RankedContent & { ranker: string; readers: ReaderPicks[] },
): Promise<void> {
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    select ${issueId}, r."readerId", ${contentHash}, r.stories, r.profile, ${ranker}
    from jsonb_to_recordset(${JSON.stringify(readers)}::jsonb) as r("readerId" integer, stories jsonb, profile jsonb)
    on conflict (issue_id, reader_id) do update
    set content_hash = excluded.content_hash, stories = excluded.stories, profile = excluded.profile,
      ranker = excluded.ranker
    where picks.content_hash <> excluded.content_hash`);
}
/** The picks of these readers from this content; a reader who is not ranked yet is missing. */
export async function picksOf(
  db: Queryable,
  { issueId, contentHash, readerIds }: RankedContent & { readerIds: number[] },
): Promise<Map<number, Pick[]>> {
  const rows = await db.rows<{ readerId: number; stories: Pick[] }>(sql`
    select reader_id, stories from picks
    where issue_id = ${issueId} and content_hash = ${contentHash} and reader_id = any(${readerIds})`);
  return new Map(rows.map(({ readerId, stories }) => [readerId, stories]));
}
