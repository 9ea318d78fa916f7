// Readers of an issue -> their picks, in a thread that keeps the inputs of the issue and says which are missing.
import type { RankableReader } from '../../core/store/picks.ts';
import { createIssueRanking, type BatchResult, type IssueRanking, type Inputs } from './issue-ranking.ts';

export interface RankBatch {
  /** The same as long as the inputs provided before hold. */
  key: string;
  readers: RankableReader[];
  inputs: Inputs;
}

let kept: { key: string; issue: IssueRanking } | undefined;

/** Ranks these readers; a thread that does not know the issue, or not these readers' stories, says so instead. */
export async function rankBatch({ key, readers, inputs }: RankBatch): Promise<BatchResult> {
  if (inputs.issue) kept = { key, issue: createIssueRanking(inputs.issue) };
  if (kept?.key !== key) return { missing: { issue: true } };
  kept.issue.provide(inputs);
  return kept.issue.rank(readers);
}
