// Vectors of items and of the segments of their transcripts. Which of their sets is in use is in vector-sets.ts.
import { sql, type Queryable } from '../db.ts';
import { toJson } from '../storable.ts';

/** A text that still needs a vector: an item (segment 0) or a stretch of its transcript. */
export interface TextToEmbed {
  itemId: number;
  segment: number;
  text: string;
  contentHash: string;
}

export interface StoredVector {
  itemId: number;
  segment: number;
  vector: Float32Array;
}

/** Beyond this a text says nothing new about what it is about, and costs time. */
const longestText = 6_000;

/** How many items there are. */
export async function countItems(db: Queryable): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from items`);
  return row!.count;
}

/** The texts of the newest items as a fit sees them, in an order that does not depend on which source answered first. */
export async function corpusTexts(db: Queryable, limit: number): Promise<string[]> {
  const rows = await db.rows<{ text: string }>(sql`
    select title || '. ' || left(text, ${longestText}) as text
    from (select guid, title, text from items order by id desc limit ${limit}) as newest order by guid, title`);
  return rows.map(({ text }) => text);
}

/** Where a text stands among all: items by their id, segment 0, and behind them the segments of their transcripts. */
export type TextPosition = Pick<TextToEmbed, 'itemId' | 'segment'>;

/** Before the first text. */
export const beforeAllTexts: TextPosition = { itemId: 0, segment: 0 };

/**
 * The next texts behind a place that have no vector of `model`, at most `limit`, in their order. Who goes on from the last one found
 * reads each text once; from the start for each two hundred, all that had vectors was read again.
 */
export async function textsToEmbed(
  db: Queryable,
  { model, after, limit }: { model: string; after: TextPosition; limit: number },
): Promise<TextToEmbed[]> {
  const isAmongItems = after.segment === 0;
  const items = isAmongItems ? await itemsToEmbed(db, { model, after, limit }) : [];
  if (items.length > 0) return items;
  return segmentsToEmbed(db, { model, after: isAmongItems ? beforeAllTexts : after, limit });
}

type Wanted = Parameters<typeof textsToEmbed>[1];

function itemsToEmbed(db: Queryable, { model, after, limit }: Wanted): Promise<TextToEmbed[]> {
  return db.rows<TextToEmbed>(sql`
    select id as item_id, 0 as segment, content_hash, title || '. ' || left(text, ${longestText}) as text
    from items
    where id > ${after.itemId} and not exists (
      select 1 from vectors where model = ${model} and vectors.item_id = items.id and vectors.segment = 0)
    order by id limit ${limit}`);
}

function segmentsToEmbed(db: Queryable, { model, after, limit }: Wanted): Promise<TextToEmbed[]> {
  return db.rows<TextToEmbed>(sql`
    select item_id, position as segment, content_hash, left(segments.text, ${longestText}) as text
    from segments join items on items.id = item_id
    where (item_id, position) > (${after.itemId}::int, ${after.segment}::int) and not exists (
      select 1 from vectors where model = ${model} and vectors.item_id = segments.item_id and vectors.segment = position)
    order by item_id, position limit ${limit}`);
}

/**
 * Saves vectors in one statement. A text that changed or went while it was being embedded is left out:
 * its vector would be that of the old text; one of a set that is gone is of no use.
 */
export async function saveVectors(
  db: Queryable,
  model: string,
  vectors: (StoredVector & Pick<TextToEmbed, 'contentHash'>)[],
): Promise<void> {
  const rows = vectors.map((row) => ({ ...row, vector: toBase64(row.vector) }));
  await db.run(sql`
    insert into vectors (item_id, segment, model, vector)
    select v."itemId", v.segment, ${model}, decode(v.vector, 'base64')
    from jsonb_to_recordset(${toJson(rows)}::jsonb)
      as v("itemId" integer, segment integer, "contentHash" text, vector text)
    join items on items.id = v."itemId" and items.content_hash = v."contentHash"
    where exists (select 1 from vector_sets where model = ${model})
      and (v.segment = 0 or exists (
        select 1 from segments where segments.item_id = v."itemId" and segments.position = v.segment))
    on conflict (model, item_id, segment) do update set vector = excluded.vector`);
}

/** Read together: some 4 MB of text, which is in memory three times over while it goes from the database to numbers. */
const readTogether = 1_000;

/** The vectors of `model` for these items, segments included, ordered by item and segment. */
export async function vectorsOf(db: Queryable, model: string, itemIds: readonly number[]): Promise<StoredVector[]> {
  const sorted = itemIds.toSorted((a, b) => a - b);
  const vectors: StoredVector[] = [];
  for (let start = 0; start < sorted.length; start += readTogether) {
    // As text, which PGlite hands on as it is: reading 14,000 as bytes takes it 3.7 s instead of 0.7.
    const rows = await db.rows<{ itemId: number; segment: number; vector: string }>(sql`
      select item_id, segment, encode(vector, 'hex') as vector from vectors
      where model = ${model} and item_id = any(${sorted.slice(start, start + readTogether)}::int[])
      order by item_id, segment`);
    for (const row of rows) vectors.push({ ...row, vector: toFloats(Buffer.from(row.vector, 'hex')) });
  }
  return vectors;
}

/** The vectors of `model` of the headlines of these stories, of unit length; a story without one is missing. */
export async function headlineVectors(
  db: Queryable,
  { model, storyIds }: { model: string; storyIds: readonly number[] },
): Promise<Map<number, Float32Array>> {
  const rows = await db.rows<{ storyId: number; vector: string }>(sql`
    select stories.id as story_id, encode(vector, 'hex') as vector
    from stories join vectors on item_id = headline_item_id and segment = 0 and model = ${model}
    where stories.id = any(${[...storyIds]}::int[])`);
  return new Map(rows.map(({ storyId, vector }) => [storyId, toFloats(Buffer.from(vector, 'hex'))]));
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** The bytes of a vector as numbers. Copied, since a driver may hand out a slice whose start is no multiple of four. */
export function toFloats({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
