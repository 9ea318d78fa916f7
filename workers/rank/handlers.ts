// Issue x readers -> personal picks: every active reader of an approved issue; of a draft the few the desk shows proofs for.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { contentToRank } from '../../core/store/issues.ts';
import { proofReaders, savePicks, unrankedReaders } from '../../core/store/picks.ts';
import { judgeIssues } from './judge-issues.ts';
import { learnCuratorsTaste } from './learn-taste.ts';
import { openRanking, type Ranking } from './open-ranking.ts';
import { untilStopped } from '../threads.ts';
import { trainRankModel } from './train-handler.ts';

/** One query and one statement a batch; pages are answered in between. */
const batchSize = 500;

/** Answers the bells of this stage. */
export function rankHandlers(house: House): Handlers {
  return {
    'model.train': (_nothing, stop) => untilStopped(stop, () => trainRankModel(house, stop)),
    'issue.rank': ({ issueId }, stop) => rankIssue(house, issueId, stop),
    'taste.learn': (_nothing, stop) => learnCuratorsTaste(house, stop),
    'ranking.judge': (_nothing, stop) => judgeIssues(house, stop),
  };
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
    await savePicks(db, { issueId, contentHash, ranker: ranking.name, readers: await ranking.rank(readers) });
    ranked += readers.length;
    afterId = readers.at(-1)!.id;
    if (!isApproved) break;
  }
  if (ranked > 0)
    log.info({
      event: 'readers.ranked',
      issueId,
      isApproved,
      readers: ranked,
      ranker: ranking?.name,
      ms: Date.now() - started,
    });
  if (!stop.aborted && issue.isDue(now())) await queue.ring('issue.send', { issueId });
}
