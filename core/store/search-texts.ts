// The index of the search: which texts are not in it yet, and what is stored of each. What asks it is search-hits.ts.
import { sql, type Database, type Queryable } from '../db.ts';
import { itemKinds, type ItemKind } from '../item-kinds.ts';
import { byIndex } from './table-statistics.ts';
import type { VectorSet } from './vector-sets.ts';
import { toFloats } from './vectors.ts';
import { toJson } from '../storable.ts';

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
    with given as (
      select t.*, items.kind, items.source_id, extract(year from published_at)::int as year
      from jsonb_to_recordset(${toJson(rows)}::jsonb) as t("itemId" integer, segment integer,
        "contentHash" text, config text, title text, names text, body text, signs text)
      join items on items.id = t."itemId" and items.content_hash = t."contentHash"
    ), indexed as (
      insert into search_texts (item_id, segment, config, model, signs)
      select "itemId", segment, config, ${model}, decode(signs, 'hex') from given
      on conflict (item_id, segment) do update set config = excluded.config, model = excluded.model, signs = excluded.signs,
        change = nextval('search_changes')
    )
    insert into search_words (item_id, segment, kind, source_id, year, names, words)
    select "itemId", segment, kind, source_id, year, case when segment = 0 then named.words end,
      coalesce(named.words, '') || setweight(to_tsvector(config::regconfig, body), 'D')
    from given
    cross join lateral (select setweight(to_tsvector(config::regconfig, title), 'A')
      || setweight(to_tsvector('simple', given.names), 'B') as words) as named
    on conflict (item_id, segment) do update set kind = excluded.kind, source_id = excluded.source_id, year = excluded.year,
      names = excluded.names, words = excluded.words`);
}

/** Adds words to those that a misspelled one is compared to. */
export async function saveSpellings(db: Queryable, spellings: readonly Spelling[]): Promise<void> {
  await db.run(sql`
    insert into search_spellings (hash, word)
    select value::integer, s.word
    from jsonb_to_recordset(${toJson(spellings)}::jsonb) as s(word text, deletes jsonb), jsonb_array_elements_text(s.deletes)
    on conflict do nothing`);
}

/** The words of names that share a hash with these. */
export async function wordsSharing(db: Queryable, deletes: readonly number[]): Promise<string[]> {
  const rows = await db.rows<{ word: string }>(sql`
    select distinct word from search_spellings where hash = any(${deletes}::int[]) limit 1000`);
  return rows.map(({ word }) => word);
}

/** The set of vectors in use and the number of the last change, 0 of an empty index; undefined before the first vectors. */
export function searchState(
  db: Queryable,
): Promise<(Pick<VectorSet, 'model' | 'embedder'> & { change: number }) | undefined> {
  return db.row(sql`
    select model, embedder, (select coalesce(max(change), 0)::float8 from search_texts) as change
    from vector_sets where status = 'in_use'`);
}

/** The languages of what is indexed. */
export async function indexedConfigs(db: Queryable): Promise<string[]> {
  // From one to the next in the index: there are 23 at most.
  const rows = await db.rows<{ config: string }>(sql`
    with recursive known as (
      (select config from search_texts order by config limit 1)
      union all
      select (select config from search_texts where config > known.config order by config limit 1) from known where config is not null
    ) select config from known where config is not null`);
  return rows.map(({ config }) => config);
}

/** A row of the index as it is kept in memory. */
export interface BinaryText {
  itemId: number;
  segment: number;
  kind: ItemKind;
  sourceId: number;
  year: number;
  bits: Uint8Array;
}

const headBytes = 20;

/** Rows with binary vectors of `model` that changed after `change`, oldest first, and the last change that was looked at; `more` when there are others. */
export async function changedBinaryTexts(
  db: Database,
  model: string,
  { change, limit }: { change: number; limit: number },
): Promise<{ texts: BinaryText[]; change: number; more: boolean }> {
  // In one value: 100,000 rows of their own take the embedded database 3 s, this 0.3.
  const row = await byIndex(db, (tx) =>
    tx.row<{ count: number; last: number | null; packed: string | null }>(sql`
    select count(*)::int as count, max(change)::float8 as last,
      encode(string_agg(case when model = ${model} then int4send(item_id) || int4send(segment) || int4send(source_id) || int4send(year)
        || int2send(array_position(${[...itemKinds]}::text[], kind)::int2) || int2send(length(signs)::int2) || signs end, '' order by change), 'base64') as packed
    from (select * from search_texts where change > ${change} order by change limit ${limit}) as changed
    join search_words using (item_id, segment)`),
  );
  return {
    texts: unpack(Buffer.from(row!.packed ?? '', 'base64')),
    change: row!.last ?? change,
    more: row!.count === limit,
  };
}

function unpack(packed: Buffer): BinaryText[] {
  const texts: BinaryText[] = [];
  for (let at = 0; at < packed.length;) {
    const end = at + headBytes + packed.readInt16BE(at + 18);
    texts.push({
      itemId: packed.readInt32BE(at),
      segment: packed.readInt32BE(at + 4),
      sourceId: packed.readInt32BE(at + 8),
      year: packed.readInt32BE(at + 12),
      kind: itemKinds[packed.readInt16BE(at + 16) - 1]!,
      bits: packed.subarray(at + headBytes, end),
    });
    at = end;
  }
  return texts;
}
