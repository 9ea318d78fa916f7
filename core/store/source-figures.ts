// What sources published lately, week by week: the health page.
import { sql, type Queryable } from '../db.ts';
import { sourceColumns, type Source } from './sources.ts';

const figureWeeks = 12;

export interface SourceFigures extends Source {
  /** Items in each of the last twelve times seven days, oldest first. */
  weeks: number[];
  /** When its newest item was published. */
  newestAt: Date | null;
}

/** Every source that is not deleted, or the one with this id, by title: one query whatever their number. */
export async function listSourceFigures(db: Queryable, now: Date, id?: number): Promise<SourceFigures[]> {
  const rows = await db.rows<Omit<SourceFigures, 'weeks'> & { weeks: Record<string, number> }>(sql`
    with counted as (
      select source_id, floor(extract(epoch from ${now}::timestamptz - published_at) / 604800)::int as weeks_ago,
        count(*)::int as items
      from items
      where published_at > ${now}::timestamptz - interval '84 days' and published_at <= ${now}::timestamptz
        and (${id ?? null}::int is null or source_id = ${id ?? null}::int)
      group by 1, 2
    ), weekly as (
      select source_id, json_object_agg(weeks_ago, items) as weeks from counted group by 1
    )
    select ${sourceColumns}, coalesce(weekly.weeks, '{}') as weeks,
      (select max(published_at) from items where items.source_id = sources.id) as newest_at
    from sources left join weekly on weekly.source_id = sources.id
    where (${id ?? null}::int is null and deleted_at is null) or sources.id = ${id ?? null}::int
    order by sources.title, sources.id`);
  return rows.map((row) => ({ ...row, weeks: inOrder(row.weeks) }));
}

function inOrder(weeksAgo: Record<string, number>): number[] {
  return Array.from({ length: figureWeeks }, (_, at) => weeksAgo[figureWeeks - 1 - at] ?? 0);
}
