// What of an item has changed since it was first here, as SQL of other files asks it.
import { sql, type Sql } from '../db.ts';

/** Of the words of a title, and of a text, this share is new where the item says something else than it did. */
const newOfTitle = 0.34;
const newOfText = 0.1;

const marks = '\n\t.,;:!?()"“”';
const wordsOf = (text: Sql): Sql =>
  sql`string_to_array(translate(lower(${text}), ${marks}, ${' '.repeat(marks.length)}), ' ')`;
const hasNewWords = (now: Sql, before: Sql, share: number): Sql => sql`(
  select count(*) filter (where not word = any(${wordsOf(before)})) >= greatest(1, ${share}::real * count(*))
  from (select distinct word from unnest(${wordsOf(now)}) as word where word <> '') as said)`;

/** Whether a title and a text say something else than an earlier title and text: one word more, a counter or a comma does not. */
export function saysElse(now: { title: Sql; text: Sql }, before: { title: Sql; text: Sql }): Sql {
  return sql`(${hasNewWords(now.title, before.title, newOfTitle)} or ${hasNewWords(now.text, before.text, newOfText)})`;
}

/** Whether what followed a row of `item_history` was news, and the item does not say today what it said then. A version alone is no news. */
export const isOther = sql`(item_history.is_news and (item_history.title <> items.title or item_history.text <> items.text))`;

/** When an item last said something else than before; null for one that says what it did when it came. Over `items`. */
export const changedAt = sql`(
  select max(at) from item_history where item_history.item_id = items.id and ${isOther})`;

/**
 * Whether an item brought its story another source: not one more list of arXiv with the same paper, and not a second item of a source
 * that told it before. Over `items` and `story_items`.
 */
export const isAnotherVoice = sql`(not exists (
  select 1 from story_items as own join items as known on known.id = own.item_id
  where own.story_id = story_items.story_id and known.created_at < items.created_at
    and (known.source_id = items.source_id or (known.kind = 'paper' and items.kind = 'paper' and known.keys && items.keys))))`;
