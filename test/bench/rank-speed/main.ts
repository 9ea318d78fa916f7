// Made-up readers and stories -> seconds and memory of the product's ranking, in shards of readers over worker processes, beside plain loops.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rankShard, scanPlainly, type ShardFigures } from './rank-shard.ts';

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '100000' },
    stories: { type: 'string', default: '10000' },
    plain: { type: 'string', default: '200' },
    way: { type: 'string', default: 'onnx' },
    shard: { type: 'string' },
  },
});
const size = { readers: Number(values.readers), stories: Number(values.stories) };

/** A shard is a job; a worker takes the next one when it is done. */
const shardSize = 5_000;

if (values.shard === 'worker') {
  process.on('message', (first: number) => {
    void rankShard({ ...size, first, count: Math.min(shardSize, size.readers - first), way: values.way }).then((figures) => process.send!(figures)); // prettier-ignore
  });
} else {
  const seconds: number[] = [];
  for (const workers of [1, Math.min(2, availableParallelism())]) seconds.push(await run(workers));
  say(`two workers take ${((100 * seconds[1]!) / seconds[0]!).toFixed()}% of the time of one`);
  const plain = scanPlainly({ ...size, count: Number(values.plain) });
  const all = (plain.cpuSeconds * size.readers) / Number(values.plain);
  say(
    `plain loops, dense part alone: ${values.plain} readers in ${plain.cpuSeconds.toFixed(2)} s of CPU, so ${all.toFixed()} s for all`,
  );
}

async function run(workers: number): Promise<number> {
  const started = Date.now();
  const figures: ShardFigures[] = [];
  let next = 0;
  const peaks = await Promise.all(
    Array.from({ length: workers }, async () => {
      const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--shard', 'worker']);
      let peak = 0;
      while (next < size.readers) {
        const first = next;
        next += shardSize;
        const done = await new Promise<ShardFigures>((resolve, reject) => {
          child.once('message', (message) => resolve(message as ShardFigures));
          child.once('exit', () => reject(new Error('a worker ended before its shard was ranked')));
          child.send(first);
        });
        child.removeAllListeners('exit');
        figures.push(done);
        peak = Math.max(peak, done.peakMegabytes);
      }
      child.kill();
      return peak;
    }),
  );
  const wall = (Date.now() - started) / 1000;
  const sum = (pick: (one: ShardFigures) => number): string => figures.reduce((total, one) => total + pick(one), 0).toFixed(1); // prettier-ignore
  say(
    `${size.readers} readers x ${size.stories} stories, 256 numbers, ${values.way}, ${workers} worker(s): ${wall.toFixed(1)} s wall; CPU s: queries ${sum((one) => one.queries)}, top 50 ${sum((one) => one.top)}, order of 12 with reasons ${sum((one) => one.order)}; memory ${peaks.reduce((total, peak) => total + peak, 0).toFixed()} MB`,
  );
  return wall;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
