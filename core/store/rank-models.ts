// Rank models: versions of what the signals of all readers taught, each with its figures; the newest that was kept is in use.
import { sql, type Database, type Queryable } from '../db.ts';
import { likingSignals, type SignalKind } from '../signal-kinds.ts';

/** A version, without what it learned. */
export interface RankModelFigures {
  id: number;
  madeAt: Date;
  readers: number;
  stories: number;
  signals: number;
  /** Signals kept out of every training, and the share of their stories found among the first 50. */
  heldOut: number;
  recall: number;
  /** Of the version before on the same signals; null without one. */
  recallBefore: number | null;
  kept: boolean;
}

/** What one reader thinks well of. */
export interface LikedStory {
  readerId: number;
  storyId: number;
  kind: SignalKind;
  at: Date;
}

/** Of older versions only the figures stay; one more than the one in use, to go back to. */
const keptStates = 2;

/** The newest signals of all readers that ask for more, at most `limit`, by reader and story. */
export function newestLikedStories(db: Queryable, limit: number): Promise<LikedStory[]> {
  return db.rows<LikedStory>(sql`
    select reader_id, story_id, kind, at from (
      select reader_id, story_id, kind, at from signals where kind = any(${likingSignals}::text[]) order by at desc limit ${limit}
    ) as newest order by reader_id, story_id, kind`);
}

/** Whether no version was made since then and `readers` readers or more gave signals. */
export async function isTrainingDue(
  db: Queryable,
  { since, readers }: { since: Date; readers: number },
): Promise<boolean> {
  const row = await db.row(sql`
    select 1 where not exists (select 1 from rank_models where made_at > ${since})
      and (select count(*) from (select distinct reader_id from signals limit ${readers}) as givers) >= ${readers}`);
  return row !== undefined;
}

/** Saves a version in one transaction, and forgets what versions long out of use had learned. */
export async function saveRankModel(
  db: Database,
  { state, ...figures }: Omit<RankModelFigures, 'id'> & { state: Uint8Array | undefined },
): Promise<void> {
  const { madeAt, readers, stories, signals, heldOut, recall, recallBefore, kept } = figures;
  await db.transaction(async (tx) => {
    await tx.run(sql`
      insert into rank_models (made_at, readers, stories, signals, held_out, recall, recall_before, kept, state)
      values (${madeAt}, ${readers}, ${stories}, ${signals}, ${heldOut}, ${recall}, ${recallBefore}, ${kept}, ${state ?? null})`);
    await tx.run(sql`
      update rank_models set state = null where state is not null and id not in (
        select id from rank_models where kept order by id desc limit ${keptStates})`);
  });
}

/** The number of the version in use, undefined before the first. */
export async function rankModelInUse(db: Queryable): Promise<number | undefined> {
  const row = await db.row<{ id: number }>(sql`select id from rank_models where kept order by id desc limit 1`);
  return row?.id;
}

/** What a version learned; undefined when it is gone. */
export async function rankModelState(db: Queryable, id: number): Promise<Uint8Array | undefined> {
  const row = await db.row<{ state: Uint8Array | null }>(sql`select state from rank_models where id = ${id}`);
  return row?.state ?? undefined;
}

/** The newest versions, kept or not, newest first. */
export function listRankModels(db: Queryable, limit: number): Promise<RankModelFigures[]> {
  return db.rows<RankModelFigures>(sql`
    select id, made_at, readers, stories, signals, held_out, recall, recall_before, kept
    from rank_models order by id desc limit ${limit}`);
}
