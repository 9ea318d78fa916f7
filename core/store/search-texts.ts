// The index of the search: which texts are not in it yet, and what is stored of each. What asks it is search-hits.ts.
import { sql, type Queryable } from '../db.ts';
import { toFloats } from './vectors.ts';

/** A text with a vector of the set in use that the index has not seen. */
export interface TextToIndex {
  itemId: number;
  segment: number;
  contentHash: string;
  lang: string;
  title: string;
  authors: string[];
  source: string;
  /** The item's own, or that of the stretch of its transcript. */
  text: string;
  vector: Float32Array;
}

export interface IndexedText extends Pick<TextToIndex, 'itemId' | 'segment' | 'contentHash'> {
  config: string;
  /** Words with spaces between; those of names are '' for a stretch of a talk. */
  title: string;
  names: string;
  body: string;
  signs: Uint8Array;
}

/** A word that can be misspelled, with the hashes it is found by. */
export interface Spelling {
  word: string;
  deletes: number[];
}

/** Words farther on find a text no better; a tsvector must stay below a megabyte. */
const longestText = 20_000;

/**
 * At most `limit` texts behind `after` that have a vector of `model` and are not in the index with it, in the order of items and
 * segments: who goes on from where the last ended does not pass over what is done each time.
 */
export async function textsToIndex(
  db: Queryable,
  { model, after, limit }: { model: string; after: Pick<TextToIndex, 'itemId' | 'segment'>; limit: number },
): Promise<TextToIndex[]> {
  const rows = await db.rows<Omit<TextToIndex, 'vector'> & { vector: string }>(sql`
    with missing as (
      select item_id, segment from vectors
      where model = ${model} and (item_id, segment) > (${after.itemId}::int, ${after.segment}::int) and not exists (
        select 1 from search_texts
        where search_texts.item_id = vectors.item_id and search_texts.segment = vectors.segment and search_texts.model = ${model})
      order by item_id, segment limit ${limit})
    select missing.item_id, missing.segment, content_hash, lang, items.title, authors, sources.title as source,
      left(case when missing.segment = 0 then items.text else coalesce(segments.text, '') end, ${longestText}) as text,
      encode(vector, 'hex') as vector
    from missing
    join vectors on vectors.model = ${model} and vectors.item_id = missing.item_id and vectors.segment = missing.segment
    join items on items.id = missing.item_id
    join sources on sources.id = source_id
    left join segments on segments.item_id = missing.item_id and position = missing.segment
    order by missing.item_id, missing.segment`);
  return rows.map((row) => ({ ...row, vector: toFloats(Buffer.from(row.vector, 'hex')) }));
}

/** Stores them in one statement; a text that changed meanwhile is left for the next look. */
export async function saveIndexed(db: Queryable, model: string, texts: readonly IndexedText[]): Promise<void> {
  const rows = texts.map((text) => ({ ...text, signs: Buffer.from(text.signs).toString('hex') }));
  await db.run(sql`
    insert into search_texts (item_id, segment, config, names, words, model, signs)
    select t."itemId", t.segment, t.config,
      case when t.segment = 0 then named.words end,
      coalesce(named.words, '') || setweight(to_tsvector(t.config::regconfig, t.body), 'D'),
      ${model}, decode(t.signs, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("itemId" integer, segment integer,
      "contentHash" text, config text, title text, names text, body text, signs text)
    join items on items.id = t."itemId" and items.content_hash = t."contentHash"
    cross join lateral (select setweight(to_tsvector(t.config::regconfig, t.title), 'A')
      || setweight(to_tsvector('simple', t.names), 'B') as words) as named
    on conflict (item_id, segment) do update set config = excluded.config, names = excluded.names, words = excluded.words,
      model = excluded.model, signs = excluded.signs, change = nextval('search_changes')`);
}

/** Adds words to those that a misspelled one is compared to. */
export async function saveSpellings(db: Queryable, spellings: readonly Spelling[]): Promise<void> {
  await db.run(sql`
    insert into search_spellings (hash, word)
    select value::integer, s.word
    from jsonb_to_recordset(${JSON.stringify(spellings)}::jsonb) as s(word text, deletes jsonb), jsonb_array_elements_text(s.deletes)
    on conflict do nothing`);
}

/** The words of names that share a hash with these. */
export async function wordsSharing(db: Queryable, deletes: readonly number[]): Promise<string[]> {
  const rows = await db.rows<{ word: string }>(sql`
    select distinct word from search_spellings where hash = any(${deletes}::int[]) limit 1000`);
  return rows.map(({ word }) => word);
}

/** The number of the last change; 0 of an empty index. */
export async function lastChange(db: Queryable): Promise<number> {
  const row = await db.row<{ change: number }>(sql`select coalesce(max(change), 0) as change from search_texts`);
  return row!.change;
}

/** Rows of the index that changed after `change`, oldest first. */
export async function changedSigns(
  db: Queryable,
  change: number,
  limit: number,
): Promise<{ itemId: number; segment: number; config: string; model: string; signs: Uint8Array; change: number }[]> {
  const rows = await db.rows<{
    itemId: number;
    segment: number;
    config: string;
    model: string;
    signs: string;
    change: number;
  }>(sql`
    select item_id, segment, config, model, encode(signs, 'hex') as signs, change from search_texts
    where change > ${change} order by change limit ${limit}`);
  return rows.map((row) => ({ ...row, signs: Buffer.from(row.signs, 'hex') }));
}
