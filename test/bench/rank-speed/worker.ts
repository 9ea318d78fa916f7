// A worker process of the benchmark: takes shards of made-up readers, one after another, and ranks them in its thread as the job does.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rankInThread } from '../../../workers/rank/rank-in-thread.ts';
import { makeWorld, type World } from './made-up-world.ts';

/** As the job reads them. */
const batchSize = 500;

/** The first message, then one for each shard: readers `first` to `end`, the last left out. */
export interface Start {
  stories: number;
  modelFile: string;
}
export interface ShardAsked {
  first: number;
  end: number;
}

/** What came of a shard, and what the process has taken so far. */
export interface ShardDone {
  picks: number;
  digest: string;
  cpuSeconds: number;
  peakMb: number;
}

const never = new AbortController().signal;

/** Answers `ready` when the made-up world stands, then a `ShardDone` for each shard. */
export function workOnMessages(): void {
  let work: ((shard: ShardAsked) => Promise<ShardDone>) | undefined;
  process.on('message', (message: Start | ShardAsked) => {
    if ('stories' in message) {
      work = openWork(message);
      process.send!('ready');
    } else void tell(work!(message));
  });
}

async function tell(done: Promise<ShardDone>): Promise<void> {
  process.send!(await done);
}

function openWork({ stories, modelFile }: Start): (shard: ShardAsked) => Promise<ShardDone> {
  const world: World = makeWorld(stories);
  const model = readFileSync(modelFile);
  const ranking = { key: randomUUID(), tell: async (lacks: Parameters<World['tell']>[0]) => world.tell(lacks, model) };
  return async ({ first, end }) => {
    const before = process.cpuUsage();
    const hash = createHash('sha256');
    let picks = 0;
    for (let start = first; start < end; start += batchSize) {
      const readers = Array.from({ length: Math.min(batchSize, end - start) }, (_, at) => world.readerAt(start + at));
      const answer = await rankInThread(readers, ranking, never);
      for (const { stories: chosen } of answer.picks) picks += chosen.length;
      hash.update(JSON.stringify(answer.picks));
    }
    const { user, system } = process.cpuUsage(before);
    const peakMb = process.resourceUsage().maxRSS / 1024;
    return { picks, digest: hash.digest('hex'), cpuSeconds: (user + system) / 1e6, peakMb };
  };
}
