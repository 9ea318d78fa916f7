// The items of a section or a topic, kept for half a minute: reading 3,000 of them takes the embedded database as long as a search.
import type { Database } from '../db.ts';
import { measureElapsed } from '../elapsed.ts';
import { itemsOfFilters, type SearchFilters } from '../store/search-hits.ts';

const keptMs = 30_000;
/** Of 30,000 items each some 12 MB. */
const mostKept = 50;

type Items = Promise<readonly number[] | undefined>;

/** Returns what asks for them; the same question within half a minute gets the same answer, which may be that old. */
export function createFilterItems(): (db: Database, filters: SearchFilters) => Items {
  const kept = new Map<string, { items: Items; ageMs: () => number }>();
  return (db, filters) => {
    const { topicId, section } = filters;
    if (topicId === undefined && section === undefined) return Promise.resolve(undefined);
    const key = JSON.stringify([topicId, section]);
    const found = kept.get(key);
    if (found && found.ageMs() < keptMs) return found.items;
    const items = itemsOfFilters(db, filters);
    kept.delete(key);
    kept.set(key, { items, ageMs: measureElapsed() });
    items.catch(() => kept.delete(key));
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return items;
  };
}
