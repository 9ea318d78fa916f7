// What every way to find candidates is asked and answers, and the words it adds; pure.
import type { Query } from '../pose-query.ts';
import type { PoolRows } from '../prepare-pool.ts';

/** Candidates of `count` readers: of each `keep` rows with the highest scores, in any order. */
interface CandidateInput {
  queries: readonly Query[];
  rows: PoolRows;
  /** Story of each row. */
  stories: Int32Array;
  keep: number;
}

export type FindCandidates = (input: CandidateInput) => Promise<readonly Int32Array[]>;

/** Adds the words of a story to each of its rows. */
export function addWords(
  sums: Float32Array,
  { places, values }: { places: Int32Array; values: Float32Array },
  { starts }: { starts: Int32Array; stories: Int32Array },
): void {
  for (let at = 0; at < places.length; at++)
    for (let row = starts[places[at]!]!; row < starts[places[at]! + 1]!; row++) sums[row]! += values[at]!;
}
