// Readers -> shards over worker processes: the wall clock, seconds of the processor and memory of all of them.
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ShardAsked, ShardDone, Start } from './worker.ts';

/** As in the product; see `unrankedShards`. */
const shardSize = 5_000;

export interface WorkersFigures {
  seconds: number;
  cpuSeconds: number;
  /** Peaks of all processes added up. */
  peakMb: number;
  picks: number;
  /** Of all picks in the order of the readers: the same however many workers there are. */
  digest: string;
  shards: number[];
}

/** The clock starts when the workers hold the made-up world; a worker that is through takes the next shard. */
export async function runWorkers(readers: number, workers: number, start: Start): Promise<WorkersFigures> {
  const children = await Promise.all(Array.from({ length: workers }, () => startWorker(start)));
  const done: ShardDone[] = [];
  const [peaks, shards] = [children.map(() => 0), children.map(() => 0)];
  let next = 0;
  const started = Date.now();
  await Promise.all(
    children.map(async (child, at) => {
      while (next * shardSize < readers) {
        const shard = next++;
        const asked = { first: 1 + shard * shardSize, end: 1 + Math.min(readers, (shard + 1) * shardSize) };
        done[shard] = await ask(child, asked);
        peaks[at] = done[shard].peakMb;
        shards[at]!++;
      }
    }),
  );
  const seconds = (Date.now() - started) / 1000;
  for (const child of children) child.kill();
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    seconds,
    cpuSeconds: sum(done.map((one) => one.cpuSeconds)),
    peakMb: sum(peaks),
    picks: sum(done.map((one) => one.picks)),
    digest: createHash('sha256').update(done.map((one) => one.digest).join()).digest('hex').slice(0, 12), // prettier-ignore
    shards,
  };
}

async function startWorker(start: Start): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), ['--worker']);
  child.send(start);
  await once(child, 'message');
  return child;
}

async function ask(child: ChildProcess, shard: ShardAsked): Promise<ShardDone> {
  const end = new AbortController();
  child.once('exit', () => end.abort(new Error('a worker ended before its shard was ranked')));
  child.send(shard);
  const [done] = (await once(child, 'message', { signal: end.signal })) as [ShardDone];
  child.removeAllListeners('exit');
  return done;
}
