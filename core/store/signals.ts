// Signals: what a reader did with a story. The newest of like and dislike stands; the ranker reads them all.
import { sql, type Queryable, type Transactional } from '../db.ts';
import { storiesNow } from './addresses.ts';
import { oppositeOf, type SignalKind } from '../signal-kinds.ts';
import { lockReader } from './reader-lock.ts';

export interface Signal {
  readerId: number;
  storyId: number;
  kind: SignalKind;
  at: Date;
}

/** A signal as its reader looks at it. */
export interface GivenSignal {
  storyId: number;
  kind: SignalKind;
  at: Date;
  title: string;
}

/** Records a signal once; a like takes back a dislike of the same story, and the other way round. */
export async function recordSignal(db: Transactional, { readerId, storyId, kind, at }: Signal): Promise<void> {
  await db.transaction(async (tx) => {
    const opposite = oppositeOf(kind);
    // A like and a dislike that come at once must not both stand.
    await lockReader(tx, readerId);
    if (opposite) await removeSignal(tx, { readerId, storyId, kind: opposite });
    await tx.run(sql`
      insert into signals (reader_id, story_id, kind, at) values (${readerId}, ${storyId}, ${kind}, ${at})
      on conflict do nothing`);
  });
}

/** Takes a signal back and says when it was given; undefined when there was none. */
export async function removeSignal(
  db: Queryable,
  { readerId, storyId, kind }: Omit<Signal, 'at'>,
): Promise<Date | undefined> {
  const row = await db.row<{ at: Date }>(sql`
    delete from signals where reader_id = ${readerId} and story_id = ${storyId} and kind = ${kind} returning at`);
  return row?.at;
}

/** The newest signals of a reader, with the titles of their stories. */
export function listSignals(db: Queryable, readerId: number, limit: number): Promise<GivenSignal[]> {
  return db.rows<GivenSignal>(sql`
    select signals.story_id, signals.kind, at, coalesce(items.title, '(no title)') as title
    from signals
    join stories on stories.id = story_id
    left join items on items.id = headline_item_id
    where reader_id = ${readerId} order by at desc, signals.story_id, signals.kind limit ${limit}`);
}

/** How many signals the reader gave. */
export async function countSignals(db: Queryable, readerId: number): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from signals where reader_id = ${readerId}`);
  return row!.count;
}

/** What the reader said about each of these stories, or the ones they are part of now; one they said nothing about is missing. */
export async function signalsOn(
  db: Queryable,
  readerId: number,
  storyIds: readonly number[],
): Promise<Map<number, SignalKind[]>> {
  const rows = await db.rows<{ storyId: number; kinds: SignalKind[] }>(sql`
    select asked_id as story_id, array_agg(kind order by kind) as kinds
    from (${storiesNow(storyIds)}) as asked join signals using (story_id)
    where reader_id = ${readerId} group by asked_id`);
  return new Map(rows.map(({ storyId, kinds }) => [storyId, kinds]));
}
