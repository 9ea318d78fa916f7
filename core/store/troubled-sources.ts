// Sources whose silence or failure a curator should know of before an issue goes out; readers are not told.
import { prepared, type Queryable } from '../db.ts';
import { isHeard } from './sources.ts';

export interface TroubledSource {
  title: string;
  health: 'late' | 'broken';
}

/** Those that readers would miss: read now, not muted, counting for one or more, and late or broken; by title. */
export function troubledSources(db: Queryable): Promise<TroubledSource[]> {
  return db.rows<TroubledSource>(prepared`
    select title, health from sources
    where status = 'active' and weight >= 1 and health in ('late', 'broken') and ${isHeard} order by title, id`);
}
