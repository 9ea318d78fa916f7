// Sources: the places that publish, when each is looked at again, and how it fares.
import { sql, type Queryable } from '../db.ts';

export type SourceKind = 'arxiv' | 'youtube' | 'feed' | 'folder';
type SourceHealth = 'new' | 'ok' | 'quiet' | 'late' | 'broken';

/** Settings of one source. */
export interface SourceOptions {
  /** Where captions are, with `{id}` for the video: tried before YouTube itself. */
  captionsUrl?: string;
}

export interface Source {
  id: number;
  kind: SourceKind;
  title: string;
  url: string;
  homeUrl: string | null;
  section: string | null;
  options: SourceOptions;
  status: 'active' | 'paused' | 'gone';
  health: SourceHealth;
  etag: string | null;
  lastModified: string | null;
  nextCheckAt: Date;
  lastCheckedAt: Date | null;
  lastSuccessAt: Date | null;
  failures: number;
  lastError: string | null;
  createdAt: Date;
}

export interface NewSource {
  kind: SourceKind;
  title: string;
  url: string;
  homeUrl?: string;
  section?: string;
  options?: SourceOptions;
}

/** What came of looking at a source. `etag` and `lastModified` are what the next look is conditional on. */
export type SourceCheck = { sourceId: number; at: Date; nextCheckAt: Date } & (
  | {
      health: 'ok' | 'quiet' | 'late';
      etag: string | null;
      lastModified: string | null;
      /** What the source calls itself; taken when it has been known by its address only. */
      title?: string;
    }
  | { health: 'broken'; error: string }
);

const columns = sql`id, kind, title, url, home_url, section, options, status, health, etag, last_modified,
  next_check_at, last_checked_at, last_success_at, failures, last_error, created_at`;

/** Adds those sources whose address is new; returns how many that were. They are due at once. */
export function addSources(db: Queryable, sources: NewSource[]): Promise<number> {
  return db.run(sql`
    insert into sources (kind, title, url, home_url, section, options)
    select s.kind, s.title, s.url, s."homeUrl", s.section, coalesce(s.options, '{}')
    from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb)
      as s(kind text, title text, url text, "homeUrl" text, section text, options jsonb)
    on conflict (url) do nothing`);
}

/** Every source, by title. */
export function listSources(db: Queryable): Promise<Source[]> {
  return db.rows<Source>(sql`select ${columns} from sources order by title, id`);
}

/** The source with this id, or undefined. */
export function sourceById(db: Queryable, id: number): Promise<Source | undefined> {
  return db.row<Source>(sql`select ${columns} from sources where id = ${id}`);
}

/** The sources to look at now, the longest waiting first. */
export async function dueSourceIds(db: Queryable, now: Date): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    select id from sources where status = 'active' and next_check_at <= ${now} order by next_check_at, id`);
  return rows.map(({ id }) => id);
}

/** Makes every active source due, for a first run or when somebody asks for news now. */
export function checkSourcesNow(db: Queryable, now: Date): Promise<number> {
  return db.run(sql`
    update sources set next_check_at = ${now} where status = 'active' and next_check_at > ${now}`);
}

/** Makes one source due; 0 when there is none, or it is not active. */
export function checkSourceNow(db: Queryable, { sourceId, now }: { sourceId: number; now: Date }): Promise<number> {
  return db.run(sql`
    update sources set next_check_at = least(next_check_at, ${now}) where id = ${sourceId} and status = 'active'`);
}

/** Records what came of looking at a source; a failure keeps etag and last success, and is counted. */
export async function recordCheck(db: Queryable, check: SourceCheck): Promise<void> {
  const { sourceId, at, nextCheckAt, health } = check;
  if (check.health === 'broken') {
    await db.run(sql`
      update sources set health = 'broken', last_error = ${check.error}, failures = failures + 1,
        last_checked_at = ${at}, next_check_at = ${nextCheckAt}
      where id = ${sourceId}`);
    return;
  }
  await db.run(sql`
    update sources set health = ${health}, last_error = null, failures = 0, etag = ${check.etag},
      last_modified = ${check.lastModified}, last_checked_at = ${at}, last_success_at = ${at},
      next_check_at = ${nextCheckAt}, title = case when title = url then coalesce(${check.title ?? null}, title) else title end
    where id = ${sourceId}`);
}

/** Moves the sources below one address to another, captions too: a publisher whose host changed stays the same source. */
export function moveSources(db: Queryable, { from, to }: { from: string; to: string }): Promise<number> {
  return db.run(sql`
    update sources set url = ${to} || substr(url, length(${from}) + 1),
      options = case when starts_with(options ->> 'captionsUrl', ${from}) then options || jsonb_build_object(
        'captionsUrl', ${to} || substr(options ->> 'captionsUrl', length(${from}) + 1)) else options end
    where starts_with(url, ${from})`);
}
