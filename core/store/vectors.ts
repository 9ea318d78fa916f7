// Vectors of items and of the segments of their transcripts, and the fits that made them.
import { sql, type Database, type Queryable } from '../db.ts';

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

export interface StoredFit {
  model: string;
  /** How many items it was fitted on. */
  items: number;
  state: Buffer;
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

/** Items first, then segments, that have no vector of `model`: at most `limit`, in a stable order. */
export function textsToEmbed(db: Queryable, model: string, limit: number): Promise<TextToEmbed[]> {
  return db.rows<TextToEmbed>(sql`
    select item_id, segment, text, content_hash from (
      select id as item_id, 0 as segment, title || '. ' || left(text, ${longestText}) as text, content_hash from items
      union all
      select item_id, position, left(segments.text, ${longestText}), content_hash
      from segments join items on items.id = segments.item_id
    ) as texts
    where not exists (
      select 1 from vectors where model = ${model} and vectors.item_id = texts.item_id and vectors.segment = texts.segment)
    order by segment > 0, item_id, segment limit ${limit}`);
}

/**
 * Saves vectors in one statement. A text that changed or went while it was being embedded is left out:
 * its vector would be that of the old text.
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
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as v("itemId" integer, segment integer, "contentHash" text, vector text)
    join items on items.id = v."itemId" and items.content_hash = v."contentHash"
    where v.segment = 0 or exists (
      select 1 from segments where segments.item_id = v."itemId" and segments.position = v.segment)
    on conflict (model, item_id, segment) do update set vector = excluded.vector`);
}

/** The vectors of `model` for these items, segments included, ordered by item and segment. */
export async function vectorsOf(db: Queryable, model: string, itemIds: readonly number[]): Promise<StoredVector[]> {
  const rows = await db.rows<{ itemId: number; segment: number; vector: Uint8Array }>(sql`
    select item_id, segment, vector from vectors
    where model = ${model} and item_id = any(${itemIds}::int[]) order by item_id, segment`);
  return rows.map((row) => ({ ...row, vector: toFloats(row.vector) }));
}

/** The newest fit of an embedder ("embedded"), or undefined before the first. */
export async function newestFit(db: Queryable, embedder: string): Promise<StoredFit | undefined> {
  const row = await db.row<Omit<StoredFit, 'state'> & { state: Uint8Array }>(sql`
    select model, items, state from fits where model like ${`${embedder}/%`} order by created_at desc, model limit 1`);
  return row && { ...row, state: Buffer.from(row.state) };
}

/** The name of the newest fit alone, for those who need no vectors of their own. */
export async function newestFitName(db: Queryable, embedder: string): Promise<string | undefined> {
  const row = await db.row<{ model: string }>(sql`
    select model from fits where model like ${`${embedder}/%`} order by created_at desc, model limit 1`);
  return row?.model;
}

/** Makes `fit` the one in use. Its vectors are all there by now; those of every other model go with the older fits. */
export async function replaceFit(db: Database, fit: StoredFit): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`
      insert into fits (model, items, state) values (${fit.model}, ${fit.items}, ${fit.state})
      on conflict (model) do nothing`);
    await tx.run(sql`delete from fits where model <> ${fit.model}`);
    await tx.run(sql`delete from vectors where model <> ${fit.model}`);
  });
}

/** Deletes the vectors of every model but this one. */
export function keepOnlyModel(db: Queryable, model: string): Promise<number> {
  return db.run(sql`delete from vectors where model <> ${model}`);
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** The bytes of a vector as numbers. Copied, since a driver may hand out a slice whose start is no multiple of four. */
export function toFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
