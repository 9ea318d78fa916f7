// A worker process of the benchmark: takes shards of made-up readers, one after another, and ranks them: whole letters in its
// thread, as the job does, or the best 50 stories of each alone.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RankableReader } from '../../../core/store/picks.ts';
import { rankInThread, type ThreadRanking } from '../../../workers/rank/rank-in-thread.ts';
import { findTop, readersAtOnce } from '../../../workers/rank/top/find-top.ts';
import { keep } from './dense-part.ts';
import { makeWorld, type World } from './made-up-world.ts';
import { openWorld } from './open-world.ts';

/** As the job reads them. */
const batchSize = 500;

/** What a worker is to find for each reader: the 50 stories with the highest scores, or a letter with a reason for each pick. */
export type Task = 'best 50' | 'letters';

/** The first message, then one for each shard: readers `first` to `end`, the last left out. */
export interface Start {
  task: Task;
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

type Rank = (readers: RankableReader[]) => Promise<{ picks: number; state: string }>;

function openWork({ task, stories, modelFile }: Start): (shard: ShardAsked) => Promise<ShardDone> {
  const world = makeWorld(stories);
  const model = readFileSync(modelFile);
  let rank: Rank | undefined;
  return async ({ first, end }) => {
    const before = process.cpuUsage();
    // The opening of the issue is a part of the first shard.
    rank ??= task === 'letters' ? openLetters(world, model) : openBest(world, model);
    const hash = createHash('sha256');
    let picks = 0;
    for (let start = first; start < end; start += batchSize) {
      const readers = Array.from({ length: Math.min(batchSize, end - start) }, (_, at) => world.readerAt(start + at));
      const found = await rank(readers);
      picks += found.picks;
      hash.update(found.state);
    }
    const { user, system } = process.cpuUsage(before);
    const peakMb = process.resourceUsage().maxRSS / 1024;
    return { picks, digest: hash.digest('hex'), cpuSeconds: (user + system) / 1e6, peakMb };
  };
}

function openLetters(world: World, model: Uint8Array): Rank {
  const ranking: ThreadRanking = { key: randomUUID(), load: async (lacks) => world.tell(lacks, model) };
  return async (readers) => {
    const { picks } = await rankInThread(readers, ranking, never);
    return { picks: picks.reduce((sum, { stories }) => sum + stories.length, 0), state: JSON.stringify(picks) };
  };
}

function openBest(world: World, model: Uint8Array): Rank {
  const { pool, queriesOf } = openWorld(world, model);
  return async (readers) => {
    const places: number[][] = [];
    for (let start = 0; start < readers.length; start += readersAtOnce) {
      const tops = await findTop(queriesOf(readers.slice(start, start + readersAtOnce)), pool, { keep });
      for (const top of tops) places.push([...top.indices]);
    }
    return { picks: places.reduce((sum, one) => sum + one.length, 0), state: JSON.stringify(places) };
  };
}
