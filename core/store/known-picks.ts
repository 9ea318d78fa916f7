// Picks as they are stored, story and why, -> picks as letters take them; those that many readers share are one object.
import type { Reason } from '../letter/pick-reason.ts';
import { sql, type Queryable } from '../db.ts';
import { readWhy, type Pick } from './picks.ts';

/** A pick; null is the reason of one that has none any more. */
export type KnownPick = Readonly<Omit<Pick, 'reason' | 'updated'> & { reason: Reason | null; updated?: boolean }>;

export interface KnownPicks {
  /** Looks up the reasons that are not known yet; one query. */
  load(whys: readonly number[]): Promise<void>;
  /** The picks of a row, whose reasons were loaded. */
  picks(storyIds: readonly number[], whys: readonly number[]): KnownPick[];
}

/** So many are kept: an issue has some hundred stories, and most picks are for few reasons. */
const keptPicks = 20_000;

/** Nothing is known yet. */
export function createKnownPicks(db: Queryable): KnownPicks {
  const reasons = new Map<number, Reason | null>();
  const kept = new Map<number, Map<number, KnownPick>>();
  let size = 0;

  function pickOf(storyId: number, why: number): KnownPick {
    let ofStory = kept.get(storyId);
    if (!ofStory) kept.set(storyId, (ofStory = new Map()));
    let pick = ofStory.get(why);
    if (!pick) {
      const { reasonId, ...rest } = readWhy(why);
      pick = { storyId, ...rest, reason: reasons.get(reasonId) ?? null };
      if (size++ < keptPicks) ofStory.set(why, pick);
    }
    return pick;
  }

  return {
    async load(whys) {
      const ids = new Set(whys.map((why) => readWhy(why).reasonId).filter((id) => !reasons.has(id)));
      if (ids.size === 0) return;
      // Of before reasons had codes are words.
      const rows = await db.rows<{ id: number; reason: Reason }>(sql`
        select id, coalesce(reason, jsonb_build_object('code', 'written', 'words', words)) as reason
        from pick_reasons where id = any(${[...ids]}::int[])`);
      for (const id of ids) reasons.set(id, null);
      for (const { id, reason } of rows) reasons.set(id, reason);
    },
    picks: (storyIds, whys) => storyIds.map((storyId, at) => pickOf(storyId, whys[at]!)),
  };
}
