// Renders: the compiled parts of a letter, made once for each approved content and language; a card for each story that somebody gets.
import { sql, type Queryable } from '../db.ts';
import { isWordsLang, type WordsLang } from '../words-langs.ts';
import { toJson } from '../storable.ts';

export interface RenderedPart {
  part: string;
  html: string;
  text: string;
}

/** Which content of which issue. */
export interface RenderKey {
  issueId: number;
  contentHash: string;
}

/** What stands before the name of a part: nothing in English, as before there were languages. */
function prefixOf(lang: WordsLang): string {
  return lang === 'en' ? '' : `${lang} `;
}

/** Saves parts in one statement, so that none is there without the others it was compiled with; the first one of a content stands. */
export async function saveRender(
  db: Queryable,
  { issueId, contentHash, lang = 'en', parts }: RenderKey & { lang?: WordsLang; parts: RenderedPart[] },
): Promise<void> {
  await db.run(sql`
    insert into renders (issue_id, content_hash, part, html, text)
    select ${issueId}, ${contentHash}, ${prefixOf(lang)} || p.part, p.html, p.text
    from jsonb_to_recordset(${toJson(parts)}::jsonb) as p(part text, html text, text text)
    on conflict do nothing`);
}

/** The parts of a render by language; none when it was not made yet. */
export async function loadRender(
  db: Queryable,
  { issueId, contentHash }: RenderKey,
): Promise<Map<WordsLang, RenderedPart[]>> {
  const rows = await db.rows<RenderedPart>(sql`
    select part, html, text from renders where issue_id = ${issueId} and content_hash = ${contentHash}`);
  const byLang = new Map<WordsLang, RenderedPart[]>();
  for (const { part, html, text } of rows) {
    const [first, name] = part.split(' ') as [string, string?];
    const lang = isWordsLang(first) && name !== undefined ? first : 'en';
    const parts = byLang.get(lang) ?? [];
    byLang.set(lang, parts);
    parts.push({ part: name ?? part, html, text });
  }
  return byLang;
}

/** What is not compiled yet of a content in a language: the frame, and the cards of stories that somebody gets. */
export interface MissingParts {
  lang: WordsLang;
  frame: boolean;
  storyIds: number[];
}

/**
 * Which parts of a letter are missing, of those languages that lack any; somebody who was ranked later may get a story that
 * nobody had before.
 */
export function missingParts(
  db: Queryable,
  { issueId, contentHash }: RenderKey,
  langs: readonly WordsLang[],
): Promise<MissingParts[]> {
  return db.rows<MissingParts>(sql`
    select * from (
      select lang, not exists (
          select 1 from renders where issue_id = ${issueId} and content_hash = ${contentHash} and part = prefix || 'foot') as frame,
        array(select story_id from picked_stories
          where issue_id = ${issueId} and content_hash = ${contentHash} and not exists (
            select 1 from renders where renders.issue_id = picked_stories.issue_id
              and renders.content_hash = picked_stories.content_hash and part = prefix || 'card:' || story_id)
          order by story_id) as story_ids
      from unnest(${[...langs]}::text[], ${langs.map(prefixOf)}::text[]) as wanted(lang, prefix)) as parts
    where frame or story_ids <> '{}'`);
}

/** The languages that letters are written in: those readers chose, and \`own\` of all who chose none. */
export async function letterLangs(db: Queryable, own: WordsLang): Promise<WordsLang[]> {
  const rows = await db.rows<{ lang: string }>(sql`select distinct lang from readers where lang is not null`);
  return [...new Set([own, ...rows.map(({ lang }) => lang).filter(isWordsLang)])];
}

/** The stories that somebody gets of a content, by id. */
export async function pickedStories(db: Queryable, { issueId, contentHash }: RenderKey): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from picked_stories where issue_id = ${issueId} and content_hash = ${contentHash} order by story_id`);
  return rows.map(({ storyId }) => storyId);
}
