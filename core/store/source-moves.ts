// The addresses a source had: followed when a move is believed, kept, and taken back by a curator.
import { sql, type Database, type Queryable } from '../db.ts';

export interface SourceMove {
  id: number;
  fromUrl: string;
  toUrl: string;
  /** What led there: a redirect for good, or a page that names its feed. */
  by: 'redirect' | 'page';
  at: Date;
}

/**
 * Gives a source the address it has moved to, says so on its row, and keeps the old one. When another source has that
 * address already, this one keeps its own and is paused: its items would come twice.
 */
export async function followMove(
  db: Queryable,
  { sourceId, to, by, at }: { sourceId: number; to: string; by: SourceMove['by']; at: Date },
): Promise<void> {
  await db.run(sql`
    with twin as (
      select min(id) as id, min(case when deleted_at is null then 'source ' else 'the deleted source ' end || id) as who
      from sources where url = ${to}
    ), before as (select url from sources where id = ${sourceId}),
    kept as (
      insert into source_moves (source_id, from_url, to_url, by, at)
      select ${sourceId}, before.url, ${to}, ${by}, ${at} from before, twin where twin.id is null)
    update sources set moved_to = null, moved_times = 0, moved_since = null,
      url = case when twin.id is null then ${to} else url end,
      status = case when twin.id is null then status else 'paused' end,
      note = case when twin.id is null then 'Moved here from ' || url || '.'
        else 'Paused: it has moved to ' || ${to} || ', which ' || twin.who || ' reads already.' end
    from twin where sources.id = ${sourceId}`);
}

/** The move that led to the address a source has now; undefined when there was none, or it was taken back. */
export function lastMove(db: Queryable, sourceId: number): Promise<SourceMove | undefined> {
  return db.row<SourceMove>(sql`
    select source_moves.id, from_url, to_url, by, at from source_moves join sources on sources.id = source_id
    where source_id = ${sourceId} and undone_at is null and to_url = url order by source_moves.id desc limit 1`);
}

/**
 * Gives a source its old address again and remembers not to follow that move any more; undefined when there is none to
 * take back, or another source has the old address. `record` writes about it in the same transaction.
 */
export function undoMove(
  db: Database,
  { sourceId, at }: { sourceId: number; at: Date },
  record: (tx: Queryable, move: SourceMove) => Promise<void>,
): Promise<SourceMove | undefined> {
  return db.transaction(async (tx) => {
    await tx.rows(sql`select 1 from sources where id = ${sourceId} for update`);
    const move = await lastMove(tx, sourceId);
    if (!move) return undefined;
    const turned = await tx.run(sql`
      update sources set url = ${move.fromUrl}, etag = null, last_modified = null, moved_to = null, moved_times = 0,
        moved_since = null, next_check_at = ${at}, note = ${`Has its old address again; it is not moved to ${move.toUrl} any more.`}
      where id = ${sourceId} and not exists (select 1 from sources other where other.url = ${move.fromUrl})`);
    if (turned === 0) return undefined;
    await tx.run(sql`update source_moves set undone_at = ${at} where id = ${move.id}`);
    await record(tx, move);
    return move;
  });
}
