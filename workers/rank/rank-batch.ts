// Readers of an issue -> their picks, in a thread that keeps what it was told of the issue and asks for what it lacks.
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { openIssue, type IssueRanking, type Lacks, type Told } from './open-issue.ts';

export interface RankBatch {
  /** The same as long as what was told before holds. */
  key: string;
  readers: RankableReader[];
  told: Told;
}

/** Picks with the name of the ranker that made them, or what has to be told first. */
export type BatchAnswer = { picks: ReaderPicks[]; ranker: string } | { lacks: Lacks };

let kept: { key: string; issue: IssueRanking } | undefined;

/** Ranks these readers; a thread that does not know the issue, or not these readers' stories, says so instead. */
export async function rankBatch({ key, readers, told }: RankBatch): Promise<BatchAnswer> {
  if (told.opening) kept = { key, issue: openIssue(told.opening) };
  if (kept?.key !== key) return { lacks: { opening: true } };
  kept.issue.hear(told);
  return kept.issue.rank(readers);
}
