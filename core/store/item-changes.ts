// What of an item has changed since it was first here, as SQL of other files asks it.
import { sql } from '../db.ts';

/** Whether a row of `item_history` says something else than its item does now: a version, a title or a text. */
export const isOther = sql`(item_history.version is distinct from items.version or item_history.title <> items.title
    or item_history.text <> items.text)`;

/** When an item last got another version, title or text from its publisher; null for one that is as it first came. Over `items`. */
export const changedAt = sql`(
  select max(at) from item_history where item_history.item_id = items.id and ${isOther})`;
