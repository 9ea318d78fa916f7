// Transcripts: which are due, what came of each try, what a curator gave, and which hosts are left alone meanwhile.
import { sql, type Database, type Queryable, type Sql, type Transactional } from '../db.ts';
import type { Segment, TranscriptLink } from './items.ts';
import type { SourceOptions } from './sources.ts';
import { toJson } from '../storable.ts';

/** A video or an episode whose transcript should be tried now. */
export interface DueTranscript {
  itemId: number;
  /** The video's id, which is the item's guid. */
  videoId: string;
  options: SourceOptions;
  /** What its feed offers, the best first; null for a video, of which others are asked. */
  links: TranscriptLink[] | null;
  tries: number;
  publishedAt: Date;
  /** It was not on air at the last look. */
  isUpcoming: boolean;
  /** When it goes on air, as far as is known, or when it did. */
  airsAt: Date | null;
  /** The item's own. */
  language: string;
  /** YouTube is left alone now, though others may be asked. */
  isYoutubePaused: boolean;
  /** The captions a curator gave. */
  captions: string | null;
}

/**
 * What came of trying; `nextAt` says when to try again, null for never, `airedAt` when a video went on air that was not at the
 * last look.
 */
export type TranscriptOutcome =
  | ({ airedAt?: Date } & (
      | { state: 'ok'; from: string; segments: Segment[] }
      | { state: 'none' | 'blocked' | 'failed'; reason: string; nextAt: Date | null }
    ))
  /** It cannot be watched yet; no try is counted. */
  | { state: 'upcoming'; reason: string; nextAt: Date; airsAt: Date | null };

/** A talk without its transcript, for the desk. */
export interface UnheardTalk {
  itemId: number;
  title: string;
  url: string;
  source: string;
  state: 'pending' | 'upcoming' | 'none' | 'blocked' | 'failed';
  reason: string | null;
  nextAt: Date | null;
}

/** Who is asked for captions where a source says nothing else. */
export const youtubeHost = 'www.youtube.com';
/** The host that is asked first for the captions of an item. */
const captionsHost = sql`coalesce(split_part(transcript_links -> 0 ->> 'url', '/', 3),
  split_part(options ->> 'captionsUrl', '/', 3), ${youtubeHost})`;
const isDue = (now: Date): Sql => sql`(transcript_state = 'pending'
  or (transcript_state in ('upcoming', 'none', 'blocked', 'failed') and transcript_next_at <= ${now}))`;

/** Items whose transcript is due and whose host is not paused, the newest first: they are what the next issue is about. */
export function dueTranscripts(db: Queryable, now: Date, limit: number): Promise<DueTranscript[]> {
  return db.rows<DueTranscript>(sql`
    select items.id as item_id, guid as video_id, options, transcript_links as links, transcript_tries as tries, published_at,
      transcript_state = 'upcoming' as is_upcoming, airs_at, captions.text as captions,
      lang as language,
      exists (select 1 from host_pauses where host = ${youtubeHost} and until > ${now}) as is_youtube_paused
    from items join sources on sources.id = items.source_id left join captions on captions.item_id = items.id
    where ${isDue(now)} and deleted_at is null and (captions.item_id is not null or not exists (
      select 1 from host_pauses where host = ${captionsHost} and until > ${now}))
    order by captions.item_id is null, published_at desc, items.id limit ${limit}`);
}

/**
 * Records one try; a transcript that was got replaces the segments there were, and their vectors. A video that was not on air
 * and now is was published when it went on air, so that it is news of that week.
 */
export async function saveTranscript(db: Database, itemId: number, outcome: TranscriptOutcome): Promise<void> {
  const isOk = outcome.state === 'ok';
  const isUpcoming = outcome.state === 'upcoming';
  const airsAt = outcome.state === 'upcoming' ? outcome.airsAt : (outcome.airedAt ?? null);
  await db.transaction(async (tx) => {
    await tx.run(sql`
      update items set transcript_state = ${outcome.state},
        transcript_tries = case when ${isUpcoming} then 0 else transcript_tries + 1 end,
        airs_at = case when ${isUpcoming} then ${airsAt}::timestamptz else coalesce(${airsAt}, airs_at) end,
        published_at = case when ${isUpcoming} then published_at else coalesce(${airsAt}, published_at) end,
        transcript_next_at = ${isOk ? null : outcome.nextAt}, transcript_from = ${isOk ? outcome.from : null},
        transcript_reason = ${isOk ? null : outcome.reason}
      where id = ${itemId}`);
    if (!isOk) return;
    await tx.run(sql`delete from vectors where item_id = ${itemId} and segment > 0`);
    await tx.run(sql`delete from segments where item_id = ${itemId}`);
    await tx.run(sql`
      insert into segments (item_id, position, start_s, text)
      select ${itemId}, spoken.position, (spoken.value ->> 'startS')::integer, spoken.value ->> 'text'
      from jsonb_array_elements(${toJson(outcome.segments)}::jsonb) with ordinality as spoken(value, position)`);
  });
}

/** Leaves a host alone: half an hour, twice as long after each further block, two days at most; as long as it asks, at least. */
export async function pauseHost(
  db: Queryable,
  { host, now, leastMs = 0 }: { host: string; now: Date; leastMs?: number | undefined },
): Promise<void> {
  const asked = new Date(now.getTime() + leastMs);
  await db.run(sql`
    insert into host_pauses (host, until, blocks)
    values (${host}, greatest(${asked}::timestamptz, ${now}::timestamptz + interval '30 minutes'), 1)
    on conflict (host) do update set blocks = host_pauses.blocks + 1,
      until = greatest(${asked}::timestamptz, ${now}::timestamptz
        + least(interval '30 minutes' * pow(2, least(host_pauses.blocks, 10)), interval '2 days'))`);
}

/** Forgets the blocks of a host that answers again. */
export async function resumeHost(db: Queryable, host: string): Promise<void> {
  await db.run(sql`delete from host_pauses where host = ${host}`);
}

/** Keeps what a curator gave and makes the transcript due; false when there is no such talk. */
export async function giveCaptions(
  db: Transactional,
  given: { itemId: number; text: string; givenBy: string; at: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const talks = await tx.run(sql`
      update items set transcript_state = 'pending', transcript_tries = 0, transcript_next_at = null,
        transcript_reason = null
      where id = ${given.itemId} and (kind = 'video' or transcript_links is not null)`);
    if (talks === 0) return false;
    await tx.run(sql`
      insert into captions (item_id, text, given_by, at)
      values (${given.itemId}, ${given.text}, ${given.givenBy}, ${given.at})
      on conflict (item_id) do update set text = excluded.text, given_by = excluded.given_by, at = excluded.at`);
    return true;
  });
}

/** Forgets captions that could not be read, so that other providers are asked again. */
export async function dropCaptions(db: Queryable, itemId: number): Promise<void> {
  await db.run(sql`delete from captions where item_id = ${itemId}`);
}

/** The newest talks whose transcript we do not have. */
export function unheardTalks(db: Queryable, limit: number): Promise<UnheardTalk[]> {
  return db.rows<UnheardTalk>(sql`
    select items.id as item_id, items.title, items.url, sources.title as source, transcript_state as state,
      transcript_reason as reason, transcript_next_at as next_at
    from items join sources on sources.id = source_id
    where transcript_state in ('pending', 'upcoming', 'none', 'blocked', 'failed') and deleted_at is null
    order by published_at desc, items.id limit ${limit}`);
}

/** The hosts that are left alone now, and until when. */
export function pausedHosts(db: Queryable, now: Date): Promise<{ host: string; until: Date; blocks: number }[]> {
  return db.rows(sql`select host, until, blocks from host_pauses where until > ${now} order by host`);
}
