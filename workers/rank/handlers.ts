// Issue x readers -> personal picks: every active reader of an approved issue; of a draft the few the desk shows proofs for.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { contentToRank } from '../../core/store/issues.ts';
import { proofReaders, savePicks, unrankedReaders } from '../../core/store/picks.ts';
import { openRanking, type Ranking } from './open-ranking.ts';
import { ranker } from './rank-readers.ts';

/** One query and one statement a batch; pages are answered in between. */
const batchSize = 500;

/** Answers `issue.rank`. */
export function rankHandlers(house: House): Handlers {
  return { 'issue.rank': ({ issueId }, stop) => rankIssue(house, issueId, stop) };
}

async function rankIssue(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { db, log, now, queue } = house;
  const started = Date.now();
  const issue = await contentToRank(db, issueId);
  if (!issue) return;
  const { content, contentHash, isApproved } = issue;
  const storyIds = content.cards.map((card) => card.storyId);
  // The bell rings every half minute: the stories are only loaded once there is somebody to rank them for.
  let ranking: Ranking | undefined;
  let ranked = 0;
  let afterId = 0;
  while (!stop.aborted) {
    const limit = isApproved ? batchSize : proofReaders;
    const readers = await unrankedReaders(db, { issueId, contentHash, storyIds, afterId, limit });
    if (readers.length === 0) break;
    ranking ??= await openRanking(house, content);
    await savePicks(db, { issueId, contentHash, ranker, readers: await ranking.rank(readers) });
    ranked += readers.length;
    afterId = readers.at(-1)!.id;
    if (!isApproved) break;
  }
  if (ranked > 0)
    log.info({ event: 'readers.ranked', issueId, isApproved, readers: ranked, ranker, ms: Date.now() - started });
  if (!stop.aborted && issue.isDue(now())) await queue.ring('issue.send', { issueId });
}
