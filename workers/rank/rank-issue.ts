// Issue x readers -> personal picks: of an approved issue in shards that any process takes, of a draft for those the desk shows proofs for.
import { measureElapsed } from '../../core/elapsed.ts';
import type { House } from '../../core/house.ts';
import { contentToRank } from '../../core/store/issues.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { pooledStories } from '../../core/store/issue-pool.ts';
import { proofReaders, savePicks, unrankedReaders, unrankedShards } from '../../core/store/picks.ts';
import { proofsToRank, saveProofs } from '../../core/store/proofs.ts';
import type { createRankings } from './rankings.ts';
import { rankInThread } from './rank-in-thread.ts';

/** One query, one call of the thread and one statement a batch. */
const batchSize = 500;

type IssueToRank = NonNullable<Awaited<ReturnType<typeof contentToRank>>>;

interface Means {
  rankings: ReturnType<typeof createRankings>;
  stop: AbortSignal;
}

/** Enqueues a job for each shard with readers to rank; a draft's few are ranked at once. */
export async function rankIssue(house: House, issueId: number, means: Means): Promise<void> {
  const { db, queue } = house;
  const issue = await contentToRank(db, issueId);
  if (!issue || means.stop.aborted) return;
  await rankProofs(house, { issue, issueId }, means);
  if (!issue.isApproved) return rankBatches(house, { issue, issueId, limit: proofReaders, mostBatches: 1 }, means);
  const shards = await unrankedShards(db, { issueId, contentHash: issue.contentHash });
  for (const shard of shards) await queue.enqueue('readers.rank', { issueId, shard });
  if (shards.length === 0) await house.queue.enqueue('issue.render', { issueId });
}

/**
 * Ranks what is left of a shard; picks are saved after each batch, so a process that dies loses one. Whoever finds that
 * nobody is left in any shard has the letters compiled: the last to save sees all that the others saved.
 */
export async function rankShard(
  house: House,
  { issueId, shard }: { issueId: number; shard: number },
  means: Means,
): Promise<void> {
  const { db } = house;
  const issue = await contentToRank(db, issueId);
  // An edit took the approval away: the next one enqueues it again.
  if (!issue?.isApproved) return;
  await rankBatches(house, { issue, issueId, shard, limit: batchSize, mostBatches: Infinity }, means);
  if (means.stop.aborted) return;
  const left = await unrankedShards(db, { issueId, contentHash: issue.contentHash });
  if (left.length === 0) await house.queue.enqueue('issue.render', { issueId });
}

interface Share {
  issue: IssueToRank;
  issueId: number;
  shard?: number;
  limit: number;
  mostBatches: number;
}

/** Ranks those whose letter somebody at the desk waits for. */
async function rankProofs(
  { db, log }: House,
  { issue, issueId }: { issue: IssueToRank; issueId: number },
  { rankings, stop }: Means,
): Promise<void> {
  const { content, contentHash } = issue;
  const readers = await proofsToRank(db, { issueId, contentHash, storyIds: await storiesOf(db, { content, issueId }) });
  if (readers.length === 0 || stop.aborted) return;
  const { picks } = await rankInThread(readers, await rankings({ ...issue, issueId }), stop);
  const proofs = picks.map(({ stories, unmet, pair }, at) => ({ who: readers[at]!.who, stories, unmet, pair: pair ? ([pair.left, pair.right] as const) : null })); // prettier-ignore
  await saveProofs(db, { issueId, contentHash, proofs });
  log.info({ event: 'proofs.ranked', issueId, proofs: proofs.length });
}

/** All that may be chosen: what stands before the curator, and the pool. */
async function storiesOf(db: House['db'], { content, issueId }: { content: IssueContent; issueId: number }) {
  return [...content.cards.map((card) => card.storyId), ...(await pooledStories(db, issueId))];
}

async function rankBatches(house: House, share: Share, { rankings, stop }: Means): Promise<void> {
  const { db, log, now } = house;
  const { issue, issueId, shard, limit, mostBatches } = share;
  const { content, contentHash, isApproved } = issue;
  const storyIds = await storiesOf(db, { content, issueId });
  const next = (afterId: number) => unrankedReaders(db, { issueId, contentHash, storyIds, shard, afterId, limit });
  const elapsedMs = measureElapsed();
  let ranked = 0;
  let name: string | undefined;
  let readers = await next(0);
  for (let batch = 0; batch < mostBatches && readers.length > 0 && !stop.aborted; batch++) {
    const ranking = await rankings({ ...issue, issueId });
    // The next batch is read while the thread works on this one.
    const [{ picks, ranker }, following] = await Promise.all([
      rankInThread(readers, ranking, stop),
      next(readers.at(-1)!.id),
    ]);
    await savePicks(db, { issueId, contentHash, ranker, readers: picks, now: now() });
    ranked += readers.length;
    name = ranker;
    readers = following;
  }
  if (ranked === 0) return;
  const ms = elapsedMs();
  log.info({ event: 'readers.ranked', issueId, shard, isApproved, readers: ranked, ranker: name, ms });
}
