// What every way to find candidates takes and returns, and the words it adds; pure.
import type { Query } from '../pose-query.ts';
import type { PoolRows } from '../lay-rows.ts';

/** Candidates of `count` readers: of each `keep` rows with the highest scores, in any order. */
interface CandidateInput {
  queries: readonly Query[];
  rows: PoolRows;
  /** Story of each row. */
  stories: Int32Array;
  keep: number;
}

export type FindCandidates = (input: CandidateInput) => Promise<readonly Int32Array[]>;

/** Gives each row what its story has by its words. */
export function layWords(rows: Float32Array, words: Float32Array, stories: Int32Array): void {
  if (words.length === rows.length) rows.set(words);
  else for (let row = 0; row < rows.length; row++) rows[row] = words[stories[row]!]!;
}
