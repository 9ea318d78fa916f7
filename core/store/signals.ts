// Signals: what a reader did with a story. The newest of like and dislike stands; the ranker reads them all.
import { sql, type Database, type Queryable } from '../db.ts';
import type { SignalKind } from '../links.ts';

export interface Signal {
  readerId: number;
  storyId: number;
  kind: SignalKind | 'click';
  at: Date;
}

const opposites: Partial<Record<Signal['kind'], Signal['kind']>> = { like: 'dislike', dislike: 'like' };

/** Records a signal once; a like takes back a dislike of the same story, and the other way round. */
export async function recordSignal(db: Database, { readerId, storyId, kind, at }: Signal): Promise<void> {
  await db.transaction(async (tx) => {
    const opposite = opposites[kind];
    if (opposite) await removeSignal(tx, { readerId, storyId, kind: opposite });
    await tx.run(sql`
      insert into signals (reader_id, story_id, kind, at) values (${readerId}, ${storyId}, ${kind}, ${at})
      on conflict do nothing`);
  });
}

/** Takes a signal back. */
export async function removeSignal(db: Queryable, { readerId, storyId, kind }: Omit<Signal, 'at'>): Promise<void> {
  await db.run(sql`
    delete from signals where reader_id = ${readerId} and story_id = ${storyId} and kind = ${kind}`);
}

/** Whether the reader gave this signal. */
export async function hasSignal(db: Queryable, { readerId, storyId, kind }: Omit<Signal, 'at'>): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from signals where reader_id = ${readerId} and story_id = ${storyId} and kind = ${kind}`);
  return row !== undefined;
}
