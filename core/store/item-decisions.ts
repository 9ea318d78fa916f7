// Which items belong to one story and which do not, because a curator said so: every run of the finder obeys.
import { sql, type Queryable } from '../db.ts';

export interface ItemDecision {
  itemA: number;
  itemB: number;
  verdict: 'together' | 'apart';
}

/** The decisions on pairs of these items. */
export function decisionsAmong(db: Queryable, itemIds: readonly number[]): Promise<ItemDecision[]> {
  return db.rows<ItemDecision>(sql`
    select item_a, item_b, verdict from item_decisions
    where item_a = any(${itemIds}::int[]) and item_b = any(${itemIds}::int[]) order by item_a, item_b`);
}

/** Stores what was said of every pair across two lists of items; the newest word on a pair holds. */
export async function decidePairs(
  tx: Queryable,
  {
    left,
    right,
    verdict,
    decisionId,
  }: { left: readonly number[]; right: readonly number[]; verdict: string; decisionId: number },
): Promise<void> {
  await tx.run(sql`
    insert into item_decisions (item_a, item_b, verdict, decision_id)
    select least(a, b), greatest(a, b), ${verdict}, ${decisionId}
    from unnest(${left}::int[]) as a cross join unnest(${right}::int[]) as b where a <> b
    on conflict (item_a, item_b) do update set verdict = excluded.verdict, decision_id = excluded.decision_id`);
}
