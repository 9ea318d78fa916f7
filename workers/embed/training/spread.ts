// token type -> rows of the table it is made of: a word is its own row, any other word the mean of its n-grams; pure.
import { gramBuckets, isNumber } from '../../../core/text/tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Rows of type t are rows[starts[t]] up to rows[starts[t + 1]], each weighing 1 / their number; a number has none. */
export interface TokenRows {
  starts: Int32Array;
  rows: Int32Array;
}

/** How each type is read: `types` as itself, then every word once more as its n-grams, at types.length + its row. */
export function spreadTypes(types: readonly string[], { words, rowOf }: Vocabulary, buckets: number): TokenRows {
  const gramRows = (word: string): number[] => gramBuckets(word, buckets).map((bucket) => words.length + bucket);
  const starts = new Int32Array(types.length + words.length + 1);
  let rows = new Int32Array(1 << 16);
  const put = (type: number, found: readonly number[]): void => {
    const from = starts[type]!;
    starts[type + 1] = from + found.length;
    if (from + found.length > rows.length) {
      const larger = new Int32Array(rows.length * 2);
      larger.set(rows);
      rows = larger;
    }
    rows.set(found, from);
  };
  types.forEach((word, type) => {
    const row = rowOf[type]!;
    put(type, row >= 0 ? [row] : isNumber(word) ? [] : gramRows(word));
  });
  words.forEach((word, row) => put(types.length + row, gramRows(word)));
  return { starts, rows: rows.slice(0, starts.at(-1)) };
}
