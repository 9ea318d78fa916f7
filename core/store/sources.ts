// Sources: who publishes, when each is looked at again, and how it fares.
import { sql, type Queryable, type Sql } from '../db.ts';
import { kindsThat, type SourceKind } from '../source-kinds.ts';
import { toJson } from '../storable.ts';

type SourceHealth = 'new' | 'ok' | 'quiet' | 'late' | 'broken';

/** Settings of one source. */
export interface SourceOptions {
  /** Where captions are, with `{id}` for the video: tried before YouTube itself. */
  captionsUrl?: string;
  /** Captions come from there or not at all. */
  captionsOnly?: boolean;
  /** The operator allows the articles behind a feed's teasers to be fetched. */
  fullText?: boolean;
  /** Where arXiv's OAI-PMH is for this list, when it is not arXiv itself. */
  oaiUrl?: string;
  /** The day from which on an operator wants an arXiv list caught up, as 2026-11-01; gone once it is. */
  catchUpFrom?: string;
  /** Of a newsletter by mail: who sends it. */
  sender?: string;
  /** It was deleted so long ago that its items and secrets are gone. */
  forgotten?: boolean;
}

/** What a publisher asks for in its feed. */
export interface RefreshHints {
  /** How long to be left alone. */
  ttlMinutes?: number;
  /** Hours and weekdays (0 for Sunday), in UTC, at which there is never news. */
  skipHours?: number[];
  skipDays?: number[];
}

export interface Source {
  id: number;
  kind: SourceKind;
  title: string;
  url: string;
  homeUrl: string | null;
  section: string | null;
  /** What its items are in, when it says it wrongly or not at all. */
  language: string | null;
  /** Read, and kept out of drafts. */
  muted: boolean;
  /** A story told by it counts it as this many sources. */
  weight: number;
  intervalMinutes: number | null;
  userAgent: string | null;
  headers: Record<string, string>;
  /** The name of the header that holds its secret; the secret itself is only handed to the check. */
  secretHeader: string | null;
  options: SourceOptions;
  /** `gone` when the publisher has said so: it is not asked again. */
  status: 'active' | 'paused' | 'gone';
  health: SourceHealth;
  /** What the last feed asked for, since a response "not modified" does not say it again. */
  asked: RefreshHints;
  etag: string | null;
  lastModified: string | null;
  nextCheckAt: Date;
  lastCheckedAt: Date | null;
  lastSuccessAt: Date | null;
  failures: number;
  lastError: string | null;
  /** The permanent redirect of the last checks, and in how many in a row it was the same. */
  movedTo: string | null;
  movedTimes: number;
  /** When it was first seen; null when there is none. */
  movedSince: Date | null;
  /** What happened to the source itself, in a sentence. */
  note: string | null;
  /** When a curator took it off the desk; it is not read, and comes into no draft. */
  deletedAt: Date | null;
  createdAt: Date;
}

/** A source with what only its check needs. */
export interface SourceToCheck extends Source {
  secret: string | null;
  /** Where it has moved to once, and a curator took it back. */
  refusedMoves: string[];
  /** The dates of its newest items, newest first: its rhythm. */
  dates: Date[];
}

export interface NewSource {
  kind: SourceKind;
  title: string;
  url: string;
  homeUrl?: string | undefined;
  section?: string | undefined;
  options?: SourceOptions;
  language?: string | undefined;
  muted?: boolean | undefined;
  weight?: number | undefined;
  intervalMinutes?: number | undefined;
  /** Added, but not read before somebody resumes it. */
  isPaused?: boolean | undefined;
}

/** What came of looking at a source. `etag` and `lastModified` are what the next look is conditional on. */
export type SourceCheck = { sourceId: number; at: Date; nextCheckAt: Date } & (
  | {
      health: 'ok' | 'quiet' | 'late';
      etag: string | null;
      lastModified: string | null;
      /** Where it permanently redirects to, and in how many checks in a row; neither when it does not. */
      movedTo?: string | null;
      movedTimes?: number;
      /** Left out: what it asked for before still holds. */
      asked?: RefreshHints;
      /** What the source calls itself; taken when it has been known by its address only. */
      title?: string;
    }
  /** What moved is only counted on where a page named it. */
  | { health: 'broken'; error: string; movedTo?: string | null; movedTimes?: number }
);

/** What a source may say in drafts, as SQL over `sources`: nothing while it is muted, nor once it is deleted. */
export const isHeard = sql`not sources.muted and sources.deleted_at is null`;

/** Whether a source is looked at at all, and now, as SQL over `sources`. */
export const isActive = sql`status = 'active' and deleted_at is null`;
export const isDue = (now: Date): Sql => sql`${isActive} and next_check_at <= ${now}`;

/** All but the secret. */
export const sourceColumns = sql`sources.id, sources.kind, sources.title, sources.url, home_url, section, language, muted,
  weight, interval_minutes, user_agent, headers, secret_header, options, status, health, asked, etag, last_modified,
  next_check_at, last_checked_at, last_success_at, failures, last_error, moved_to, moved_times, moved_since, note, deleted_at,
  sources.created_at`;

/** Adds those sources whose address is new, and brings back deleted ones as they were; returns how many that were. They are due at once, before all others. */
export function addSources(db: Queryable, sources: NewSource[]): Promise<number> {
  return db.run(sql`
    insert into sources (kind, title, url, home_url, section, options, language, muted, weight, interval_minutes, status, next_check_at)
    select s.kind, s.title, s.url, s."homeUrl", s.section, coalesce(s.options, '{}'), s.language,
      coalesce(s.muted, false), coalesce(s.weight, 1), s."intervalMinutes",
      case when s."isPaused" then 'paused' else 'active' end, 'epoch'
    from jsonb_to_recordset(${toJson(sources)}::jsonb)
      as s(kind text, title text, url text, "homeUrl" text, section text, options jsonb, language text, muted boolean,
        weight real, "intervalMinutes" integer, "isPaused" boolean)
    on conflict (url) do update set deleted_at = null, next_check_at = 'epoch', options = sources.options - 'forgotten'
    where sources.deleted_at is not null`);
}

/** Every source that is not deleted, by title. */
export function listSources(db: Queryable): Promise<Source[]> {
  return db.rows<Source>(sql`select ${sourceColumns} from sources where deleted_at is null order by title, id`);
}

/** The source with this id, deleted or not; undefined when there is none. */
export function sourceById(db: Queryable, id: number): Promise<Source | undefined> {
  return db.row<Source>(sql`select ${sourceColumns} from sources where id = ${id}`);
}

/** The source at this address that is not deleted; undefined when there is none. */
export function sourceAt(db: Queryable, url: string): Promise<{ id: number } | undefined> {
  return db.row(sql`select id from sources where url = ${url} and deleted_at is null`);
}

/** The sources to look at now, the longest waiting first; hosts take turns, since of one host few are asked at once. */
export async function dueSourceIds(db: Queryable, now: Date): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    select id from sources where ${isDue(now)}
    order by row_number() over (partition by split_part(url, '/', 3) order by next_check_at, id), next_check_at, id`);
  return rows.map(({ id }) => id);
}

/** Makes every active source due, for a first run or when somebody asks for news now. */
export function checkSourcesNow(db: Queryable, now: Date): Promise<number> {
  return db.run(sql`
    update sources set next_check_at = ${now}
    where ${isActive} and next_check_at > ${now}`);
}

/** Has sources that can be caught up asked from a day on at their next check. */
export function askCatchUp(db: Queryable, { ids, from }: { ids: readonly number[]; from: string }): Promise<number> {
  return db.run(sql`
    update sources set options = options || jsonb_build_object('catchUpFrom', ${from}::text)
    where id = any(${ids}::int[]) and kind = any(${kindsThat((row) => row.canCatchUp === true)}::text[])`);
}

/** Makes one source due; 0 when there is none, or it is not active. */
export function checkSourceNow(db: Queryable, { sourceId, now }: { sourceId: number; now: Date }): Promise<number> {
  return db.run(sql`
    update sources set next_check_at = least(next_check_at, ${now})
    where id = ${sourceId} and ${isActive}`);
}

/** Records what came of looking at sources and gives up their leases; a failure keeps etag and last success, and is counted. */
export async function recordChecks(db: Queryable, checks: readonly SourceCheck[]): Promise<void> {
  await db.run(sql`
    update sources set health = c.health, last_error = c.error, last_checked_at = c.at, next_check_at = c."nextCheckAt",
      leased_until = null,
      failures = case when c.health = 'broken' then failures + 1 else 0 end,
      asked = case when c.health = 'broken' then sources.asked else coalesce(c.asked, sources.asked) end,
      etag = case when c.health = 'broken' then sources.etag else c.etag end,
      last_modified = case when c.health = 'broken' then last_modified else c."lastModified" end,
      moved_to = case when c.health = 'broken' and c."movedTimes" is null then moved_to else c."movedTo" end,
      moved_times = case when c.health = 'broken' then coalesce(c."movedTimes", moved_times) else coalesce(c."movedTimes", 0) end,
      moved_since = case when c.health = 'broken' and c."movedTimes" is null then moved_since
        when c."movedTo" = moved_to then coalesce(moved_since, c.at) when c."movedTo" is not null then c.at end,
      last_success_at = case when c.health = 'broken' then last_success_at else c.at end,
      options = case when c.health = 'broken' then options else options - 'catchUpFrom' end,
      title = case when c.health <> 'broken' and sources.title = url then coalesce(c.title, sources.title) else sources.title end
    from jsonb_to_recordset(${toJson(checks)}::jsonb) as c("sourceId" integer, at timestamptz,
      "nextCheckAt" timestamptz, health text, error text, etag text, "lastModified" text, "movedTo" text,
      "movedTimes" integer, asked jsonb, title text)
    where sources.id = c."sourceId"`);
}

/** Ends a source whose publisher says that it is gone: it is not asked again until a curator resumes it. */
export async function recordGone(db: Queryable, { sourceId, at }: { sourceId: number; at: Date }): Promise<void> {
  await db.run(sql`
    update sources set status = 'gone', leased_until = null, health = 'broken', failures = failures + 1, last_checked_at = ${at},
      last_error = 'The publisher says it is gone for good (410); it is not asked any more.'
    where id = ${sourceId}`);
}
