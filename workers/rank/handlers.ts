// The jobs of this stage and their handlers.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { untilStopped } from '../../core/threads.ts';
import { judgeIssues } from './judge-issues.ts';
import { learnCuratorsTaste } from './learn-taste.ts';
import { createRankings } from './rankings.ts';
import { rankIssue, rankShard } from './rank-issue.ts';
import { trainRankModel } from './train-handler.ts';

/** The handlers of this stage. */
export function rankHandlers(house: House): Handlers {
  const rankings = createRankings(house);
  return {
    'model.train': (_nothing, stop) => untilStopped(stop, () => trainRankModel(house, stop)),
    'issue.rank': ({ issueId }, stop) => untilStopped(stop, () => rankIssue(house, issueId, { rankings, stop })),
    'readers.rank': (shard, stop) => untilStopped(stop, () => rankShard(house, shard, { rankings, stop })),
    'taste.learn': (_nothing, stop) => learnCuratorsTaste(house, stop),
    'ranking.judge': (_nothing, stop) => judgeIssues(house, stop),
  };
}
