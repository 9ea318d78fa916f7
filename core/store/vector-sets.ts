// Sets of vectors: which is in use, which is being filled to follow it, and the fits that made them.
import { sql, type Database, type Queryable } from '../db.ts';

type EmbedderName = 'embedded' | 'transformers';

export interface VectorSet {
  /** Names the model and the fit; stands beside every vector of the set. */
  model: string;
  embedder: EmbedderName;
  dimension: number;
  /** How many items its fit has seen; 0 for a model without one. */
  items: number;
}

export interface NewVectorSet extends VectorSet {
  fit: Buffer | null;
}

export interface VectorProgress {
  inUse: VectorSet | undefined;
  /** The set that will follow, and how many of the texts it has a vector of. */
  filling: (VectorSet & { done: number; texts: number }) | undefined;
}

/** The one set that vectors are read from, or undefined before the first is complete. */
export function setInUse(db: Queryable): Promise<VectorSet | undefined> {
  return setWithStatus(db, 'in_use');
}

/** The set that is being filled to follow the one in use. */
export function setBeingFilled(db: Queryable): Promise<VectorSet | undefined> {
  return setWithStatus(db, 'filling');
}

function setWithStatus(db: Queryable, status: 'in_use' | 'filling'): Promise<VectorSet | undefined> {
  return db.row<VectorSet>(sql`select model, embedder, dimension, items from vector_sets where status = ${status}`);
}

/** The bytes of a set's fit; undefined for a set that is gone, or of a model without one. */
export async function fitOf(db: Queryable, model: string): Promise<Buffer | undefined> {
  const row = await db.row<{ fit: Uint8Array | null }>(sql`select fit from vector_sets where model = ${model}`);
  return row?.fit ? Buffer.from(row.fit) : undefined;
}

/** Begins to fill a set instead of any other that was being filled. A set that was in use before keeps what it has. */
export async function startFilling(db: Database, set: NewVectorSet, at: Date): Promise<void> {
  const { model, embedder, dimension, items, fit } = set;
  await db.transaction(async (tx) => {
    await deleteSets(tx, await modelsOf(tx, 'filling', model));
    await tx.run(sql`
      insert into vector_sets (model, embedder, status, dimension, items, fit, changed_at)
      values (${model}, ${embedder}, 'filling', ${dimension}, ${items}, ${fit}, ${at})
      on conflict (model) do update set status = 'filling', changed_at = excluded.changed_at where vector_sets.status = 'retired'`);
  });
}

/** Gives up the set that is being filled: it is not wanted any more. */
export async function stopFilling(db: Database): Promise<void> {
  await db.transaction(async (tx) => deleteSets(tx, await modelsOf(tx, 'filling', '')));
}

/** The set in use was fitted again and came out the same: its fit has seen so many items by now. */
export async function confirmFit(db: Queryable, { model, items }: Pick<VectorSet, 'model' | 'items'>): Promise<void> {
  await db.run(sql`update vector_sets set items = ${items} where model = ${model}`);
}

/** Puts a filled set in use, at once and only if no text lacks a vector of it; false when it stays as it is. */
export function switchTo(db: Database, { model, at }: { model: string; at: Date }): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ready = await tx.row(sql`
      select 1 from vector_sets where model = ${model} and status = 'filling'
        and not exists (
          select 1 from items where not exists (
            select 1 from vectors where model = ${model} and item_id = items.id and segment = 0))
        and not exists (
          select 1 from segments where not exists (
            select 1 from vectors
            where model = ${model} and vectors.item_id = segments.item_id and segment = segments.position))
      for update`);
    if (!ready) return false;
    await deleteSets(tx, await modelsOf(tx, 'retired', model));
    await tx.run(sql`update vector_sets set status = 'retired', changed_at = ${at} where status = 'in_use'`);
    await tx.run(sql`update vector_sets set status = 'in_use', changed_at = ${at} where model = ${model}`);
    return true;
  });
}

/** Deleted by one statement, as in retention.ts: the embedded database answers nobody else meanwhile. */
const bite = 2_000;

/**
 * Deletes sets that went out of use before a time, a bite at a time until `stop` says so: a job that began with one has so
 * long to end. What a stop or a crash leaves is deleted the next time.
 */
export async function deleteRetired(
  db: Queryable,
  { before, stop }: { before: Date; stop: AbortSignal },
): Promise<void> {
  const retired = await db.rows<{ model: string }>(sql`
    select model from vector_sets where status = 'retired' and changed_at < ${before}`);
  for (const { model } of retired) {
    let deleted = bite;
    while (deleted === bite && !stop.aborted)
      deleted = await db.run(sql`
        delete from vectors where ctid = any(array(
          select ctid from vectors where model = ${model}
            and exists (select 1 from vector_sets where model = ${model} and status = 'retired') limit ${bite}))`);
    if (!stop.aborted) await db.run(sql`delete from vector_sets where model = ${model} and status = 'retired'`);
  }
}

/** What is in use and how far the next set is; for the doctor and the desk. */
export async function vectorProgress(db: Queryable): Promise<VectorProgress> {
  const [inUse, filling] = [await setInUse(db), await setBeingFilled(db)];
  if (!filling) return { inUse, filling };
  const counts = await db.row<{ done: number; texts: number }>(sql`
    select (select count(*) from vectors where model = ${filling.model})::int as done,
      ((select count(*) from items) + (select count(*) from segments))::int as texts`);
  return { inUse, filling: { ...filling, ...counts! } };
}

async function modelsOf(tx: Queryable, status: string, but: string): Promise<string[]> {
  const rows = await tx.rows<{ model: string }>(sql`
    select model from vector_sets where status = ${status} and model <> ${but} for update`);
  return rows.map(({ model }) => model);
}

async function deleteSets(tx: Queryable, models: readonly string[]): Promise<void> {
  if (models.length === 0) return;
  await tx.run(sql`delete from vectors where model = any(${models}::text[])`);
  await tx.run(sql`delete from vector_sets where model = any(${models}::text[])`);
}
