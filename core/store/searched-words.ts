// A search by words in a few columns, for lists too small or too changing for a full text index.
import { sql, type Sql } from '../db.ts';
import { searchWords } from '../text/search-words.ts';

/** Whether all words that somebody typed stand in what `text` gives, in any case; true for none. */
export function holdsWords(text: Sql, typed: string): Sql {
  const words = searchWords(typed);
  // The text is put together once, not for each word; and the database folds both, which another would fold otherwise ("İ", "Σ").
  return sql`(cardinality(${words}::text[]) = 0 or not exists (
    select 1 from (select lower(${text}) as said offset 0) as held, unnest(${words}::text[]) as word
    where strpos(said, lower(word)) = 0))`;
}
