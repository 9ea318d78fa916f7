// Versions of the rank model -> one sentence, for `courant doctor` and the operator's page.
import type { RankModelFigures } from './store/rank-models.ts';
import { percent } from './percent.ts';

/** Says which version is in use and how it did; `models` are the newest, newest first. */
export function describeRankModels(models: readonly RankModelFigures[]): string {
  const inUse = models.find(({ kept }) => kept);
  if (!inUse) return 'content only: what readers have in common is learned once 100 of them gave signals';
  const { id, madeAt, readers, stories, recall, recallBefore } = inUse;
  const before = recallBefore === null ? '' : `, the one before ${percent(recallBefore, 1)}`;
  const refused = models.indexOf(inUse);
  const since = refused === 0 ? '' : `; ${refused} trained since ${refused === 1 ? 'was' : 'were'} no better`;
  return `model ${id} of ${madeAt.toISOString().slice(0, 10)}, ${readers} readers, ${stories} stories; finds ${percent(recall, 1)} of held-out signals among 50${before}${since}`;
}
