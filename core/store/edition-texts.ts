// What issues say in other languages: the text of each section, what it was made from, by whom, and the endpoint that failed.
import { prepared, sql, type Queryable } from '../db.ts';
import { editionSections, type SectionSource, type SectionWords } from '../editions/edition-sections.ts';
import { toJson } from '../storable.ts';

/** A text as it goes out: under the hash of the content. */
export interface EditionText extends SectionWords {
  by: 'machine' | 'curator';
  /** Of the model or the curator. */
  name: string;
  /** Who checked what a machine made; left out where nobody did. */
  checkedBy?: string;
}

/** By language and story (0: the opening). */
export type EditionTexts = Record<string, Record<number, EditionText>>;

export interface EditionRow {
  lang: string;
  /** 0 for the opening. */
  storyId: number;
  /** Of the words it was made from. */
  sourceHash: string;
  /** Null for a machine draft that was left out; empty where a curator decided that the original stands. */
  words: SectionWords | null;
  refused: string | null;
  madeBy: 'machine' | 'curator';
  madeName: string;
  madeAt: Date;
  checkedBy: string | null;
}

/** Every text of an issue, whether it still holds or not. */
export function editionRows(db: Queryable, issueId: number): Promise<EditionRow[]> {
  return db.rows<EditionRow>(prepared`
    select lang, story_id, source_hash, words, refused, made_by, made_name, made_at, checked_by
    from edition_texts where issue_id = ${issueId} order by lang, story_id`);
}

/** The languages in which issues have a text, by issue. */
export async function editionLangsOf(db: Queryable, issueIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db.rows<{ issueId: number; langs: string[] }>(sql`
    select issue_id, array_agg(distinct lang order by lang) as langs from edition_texts
    where issue_id = any(${issueIds}::int[]) and words <> '{}' group by issue_id`);
  return new Map(rows.map(({ issueId, langs }) => [issueId, langs]));
}

/** The content with the texts that hold: those made from what it says now. Without any it has no `editions`. */
export async function withEditions<Content extends SectionSource>(
  db: Queryable,
  issueId: number,
  content: Content,
): Promise<Content & { editions?: EditionTexts }> {
  const rows = await editionRows(db, issueId);
  if (rows.length === 0) return content;
  const hashes = new Map(editionSections(content).map(({ storyId, hash }) => [storyId, hash]));
  const editions: EditionTexts = {};
  for (const { lang, storyId, sourceHash, words, madeBy, madeName, checkedBy } of rows) {
    if (words === null || Object.keys(words).length === 0 || hashes.get(storyId) !== sourceHash) continue;
    const text = { ...words, by: madeBy, name: madeName, ...(checkedBy !== null && { checkedBy }) };
    (editions[lang] ??= {})[storyId] = text;
  }
  return Object.keys(editions).length === 0 ? content : { ...content, editions };
}

/** A machine draft: its words, or why they were left out. */
export interface MachineDraft {
  storyId: number;
  sourceHash: string;
  words: SectionWords | null;
  refused: string | null;
}

/**
 * Saves the drafts of one response in one statement, and forgets what failed before. An issue that was approved meanwhile
 * keeps what it has, and so does a section that a curator wrote, or that has a draft of these very words.
 */
export async function saveDrafts(
  db: Queryable,
  saving: { issueId: number; lang: string; name: string; at: Date; drafts: readonly MachineDraft[] },
): Promise<void> {
  const { issueId, lang, name, at, drafts } = saving;
  await db.run(sql`
    with open as (select id from issues where id = ${issueId} and status in ('draft', 'in_review') for share),
    forgotten as (delete from edition_failures where issue_id = ${issueId} and lang = ${lang})
    insert into edition_texts (issue_id, lang, story_id, source_hash, words, refused, made_by, made_name, made_at)
    select open.id, ${lang}, d."storyId", d."sourceHash", d.words, d.refused, 'machine', ${name}, ${at}::timestamptz
    from open cross join jsonb_to_recordset(${toJson(drafts)}::jsonb)
      as d("storyId" integer, "sourceHash" text, words jsonb, refused text)
    on conflict (issue_id, lang, story_id) do update set source_hash = excluded.source_hash, words = excluded.words,
      refused = excluded.refused, made_name = excluded.made_name, made_at = excluded.made_at, checked_by = null, checked_at = null
    where edition_texts.made_by = 'machine' and edition_texts.source_hash <> excluded.source_hash`);
}

interface SectionKey {
  issueId: number;
  lang: string;
  storyId: number;
}

/** What a curator wrote of a section; no words say that the original stands, whatever it says later. Within an edit of the issue. */
export async function setEditionText(
  tx: Queryable,
  { issueId, lang, storyId }: SectionKey,
  { words, sourceHash, by, at }: { words: SectionWords; sourceHash: string; by: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into edition_texts (issue_id, lang, story_id, source_hash, words, made_by, made_name, made_at)
    values (${issueId}, ${lang}, ${storyId}, ${sourceHash}, ${toJson(words)}::jsonb, 'curator', ${by}, ${at})
    on conflict (issue_id, lang, story_id) do update set source_hash = excluded.source_hash, words = excluded.words,
      refused = null, made_by = 'curator', made_name = excluded.made_name, made_at = excluded.made_at,
      checked_by = null, checked_at = null`);
}

/** Takes back that the original stands: a section like one that nobody looked at. Within an edit of the issue. */
export async function reopenSection(tx: Queryable, { issueId, lang, storyId }: SectionKey): Promise<void> {
  await tx.run(sql`
    delete from edition_texts where issue_id = ${issueId} and lang = ${lang} and story_id = ${storyId} and words = '{}'`);
}

/** Says that a curator read what a machine made and found it right for these words of the original. Within an edit of the issue. */
export async function checkEditionText(
  tx: Queryable,
  { issueId, lang, storyId }: SectionKey,
  { sourceHash, by, at }: { sourceHash: string; by: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    update edition_texts set source_hash = ${sourceHash}, checked_by = ${by}, checked_at = ${at}
    where issue_id = ${issueId} and lang = ${lang} and story_id = ${storyId} and words is not null and made_by = 'machine'`);
}

export interface EditionFailure {
  lang: string;
  failures: number;
  message: string;
  tryAgainAt: Date;
}

/** The editions of an issue whose endpoint failed when it was asked last. */
export function editionFailures(db: Queryable, issueId: number): Promise<EditionFailure[]> {
  return db.rows<EditionFailure>(prepared`
    select lang, failures, message, try_again_at from edition_failures where issue_id = ${issueId} order by lang`);
}

/** Writes down that an endpoint failed, once more than before, and when it is asked again. */
export async function saveFailure(
  db: Queryable,
  { issueId, lang, message, tryAgainAt }: Omit<EditionFailure, 'failures'> & { issueId: number },
): Promise<void> {
  await db.run(sql`
    insert into edition_failures (issue_id, lang, failures, message, try_again_at)
    select id, ${lang}, 1, ${message}, ${tryAgainAt} from issues where id = ${issueId}
    on conflict (issue_id, lang) do update set failures = edition_failures.failures + 1, message = excluded.message,
      try_again_at = excluded.try_again_at`);
}
