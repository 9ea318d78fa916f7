// Readers of an issue -> their picks, in a thread that keeps what it was told of the issue and asks for what it lacks.
import type { RankableReader } from '../../core/store/picks.ts';
import { openIssue, type BatchAnswer, type IssueRanking, type Told } from './open-issue.ts';

export interface RankBatch {
  /** The same as long as what was told before holds. */
  key: string;
  readers: RankableReader[];
  told: Told;
}

let kept: { key: string; issue: IssueRanking } | undefined;

/** Ranks these readers; a thread that does not know the issue, or not these readers' stories, says so instead. */
export async function rankBatch({ key, readers, told }: RankBatch): Promise<BatchAnswer> {
  if (told.opening) kept = { key, issue: openIssue(told.opening) };
  if (kept?.key !== key) return { lacks: { opening: true } };
  kept.issue.hear(told);
  return kept.issue.rank(readers);
}
