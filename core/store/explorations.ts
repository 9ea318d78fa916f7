// Explorations: stories shown to learn what else a reader may want, and what came of them.
import { sql, type Queryable } from '../db.ts';
import { likingSignals } from '../signal-kinds.ts';

/** What came of the explorations of one section, over all readers. */
export interface ExplorationOutcome {
  section: string;
  shown: number;
  /** Of those, how many got a signal that asks for more. */
  answered: number;
}

/** Outcomes by section, of letters sent after `since`; only what was really shown counts. */
export function explorationOutcomes(db: Queryable, since: Date): Promise<ExplorationOutcome[]> {
  return db.rows<ExplorationOutcome>(sql`
    select section, count(*)::int as shown, count(*) filter (where is_answered)::int as answered
    from (
      select held.section, exists (
        select 1 from signals where signals.reader_id = exposures.reader_id and signals.story_id = exposures.story_id
          and kind = any(${likingSignals}::text[]) and signals.at >= exposures.at) as is_answered
      from exposures
      join picked on picked.issue_id = exposures.issue_id and picked.reader_id = exposures.reader_id
        and picked.story_id = exposures.story_id and is_exploring
      join stories_of_issues as held on held.issue_id = exposures.issue_id and held.story_id = exposures.story_id
      where exposures.at >= ${since}
    ) as explored
    group by section order by section`);
}
