// The independent source that an item speaks for, as SQL beside `items` and `sources`; `voicesOf` of newsworthiness.ts is the same in TypeScript.
import { sql } from '../db.ts';

/** A paper is one however many sources announce its number; anything else speaks for its source. */
export const voice = sql`coalesce(
  case items.kind when 'paper' then (select min(key) from unnest(items.keys) as key where starts_with(key, 'arxiv:')) end,
  'source ' || sources.id)`;
