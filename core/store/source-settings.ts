// What a curator sets for one source.
import { sql, type Queryable } from '../db.ts';
import type { Source } from './sources.ts';
import { toJson } from '../storable.ts';

export type SourceSettings = Pick<
  Source,
  'title' | 'url' | 'section' | 'language' | 'muted' | 'weight' | 'intervalMinutes' | 'userAgent' | 'headers'
>;

/** A header whose value is never shown; undefined leaves what there is, null takes it away. */
export type SecretChange = { header: string; value: string } | null | undefined;

/** Keeps the row of a source until the transaction ends: who comes second looks at what the first one made of it. */
export async function lockSource(tx: Queryable, sourceId: number): Promise<void> {
  await tx.rows(sql`select 1 from sources where id = ${sourceId} for update`);
}

/**
 * Saves the settings of a source; false when another source has that address. A new address or language makes the next
 * check unconditional, since an unchanged answer would hide it.
 */
export async function saveSourceSettings(
  db: Queryable,
  sourceId: number,
  { settings, secret }: { settings: SourceSettings; secret: SecretChange },
): Promise<boolean> {
  const { title, url, section, language, muted, weight, intervalMinutes, userAgent, headers } = settings;
  const saved = await db.run(sql`
    update sources set title = ${title}, url = ${url}, section = ${section}, language = ${language}, muted = ${muted},
      weight = ${weight}, interval_minutes = ${intervalMinutes}, user_agent = ${userAgent},
      headers = ${toJson(headers)}::jsonb,
      secret_header = case when ${secret !== undefined}::boolean then ${secret?.header ?? null} else secret_header end,
      secret = case when ${secret !== undefined}::boolean then ${secret?.value ?? null} else secret end,
      etag = case when url = ${url} and language is not distinct from ${language} then etag end,
      last_modified = case when url = ${url} and language is not distinct from ${language} then last_modified end,
      moved_to = case when url = ${url} then moved_to end,
      moved_times = case when url = ${url} then moved_times else 0 end,
      moved_since = case when url = ${url} then moved_since end
    where id = ${sourceId} and not exists (select 1 from sources other where other.url = ${url} and other.id <> ${sourceId})`);
  return saved > 0;
}

/** Keeps a source out of drafts, letters and boards; it is still read. */
export async function muteSource(tx: Queryable, sourceId: number): Promise<void> {
  await tx.run(sql`update sources set muted = true where id = ${sourceId}`);
}

/** The sources that are muted, by name. */
export function mutedSources(db: Queryable): Promise<{ id: number; title: string }[]> {
  return db.rows(sql`select id, title from sources where muted and deleted_at is null order by lower(title), id`);
}

/** Pauses a source, or resumes one that is paused or gone: it is due at once, and what went wrong before is forgotten. */
export async function setSourceStatus(
  db: Queryable,
  { sourceId, status, now }: { sourceId: number; status: 'active' | 'paused'; now: Date },
): Promise<void> {
  await (status === 'paused'
    ? db.run(sql`update sources set status = 'paused' where id = ${sourceId}`)
    : db.run(sql`
        update sources set status = 'active', next_check_at = ${now}, failures = 0, last_error = null, note = null,
          health = case when health = 'broken' then 'new' else health end
        where id = ${sourceId} and status <> 'active'`));
}
