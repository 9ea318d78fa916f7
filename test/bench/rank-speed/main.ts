// The ranking of 100,000 readers x 10,000 stories: wall clock, processor and memory with one worker and with two, beside plain loops.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alsSettings } from '../../../workers/rank/model/implicit-als.ts';
import { measureDensePart } from './dense-part.ts';
import { makeModel } from './made-up-model.ts';
import { dimension, makeWorld } from './made-up-world.ts';
import { runWorkers, type WorkersFigures } from './run-workers.ts';
import { workOnMessages, type Task } from './worker.ts';

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '100000' },
    stories: { type: 'string', default: '10000' },
    plain: { type: 'string', default: '200' },
    workers: { type: 'string', default: '2,1' },
    tasks: { type: 'string', default: 'best 50,letters' },
    worker: { type: 'boolean' },
  },
});
if (values.worker) workOnMessages();
else await measure(Number(values.readers), Number(values.stories));

async function measure(readers: number, stories: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'courant-rank-speed-'));
  try {
    const world = makeWorld(stories);
    const model = makeModel(world);
    const modelFile = join(directory, 'model');
    writeFileSync(modelFile, model);
    say(`${readers} readers x ${stories} stories, ${dimension} dimensions and ${alsSettings.rank} factors`);
    for (const task of values.tasks.split(',') as Task[])
      for (const workers of values.workers.split(',').map(Number)) {
        const figures = await runWorkers(readers, workers, { task, stories, modelFile });
        say(`${task}, ${workers} worker(s): ${describe(figures, readers)}`);
      }
    const { plain, tiled, onnx, areEqual, readers: some } = await measureDensePart(world, model, Number(values.plain));
    const times = (one: number): string => `${(1e6 * one).toFixed()} us a reader (${(plain / one).toFixed(1)} x)`;
    say(
      `best 50 by scores alone, ${some} readers: plain loops ${(1e6 * plain).toFixed()} us a reader, so ${(plain * readers).toFixed()} s for all; onnxruntime ${onnx === undefined ? 'not installed' : times(onnx)}; tiles ${times(tiled)}; ${areEqual ? 'all the same stories' : 'THE STORIES DIFFER'}`,
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function describe({ seconds, cpuSeconds, peakMb, picks, digest, shards }: WorkersFigures, readers: number): string {
  const each = `${seconds.toFixed(1)} s wall, ${cpuSeconds.toFixed(1)} s of CPU (${((1e6 * cpuSeconds) / readers).toFixed()} us a reader)`;
  return `${each}, ${peakMb.toFixed()} MB; shards each took: ${shards.join(' + ')}; ${picks} picks, sha256 ${digest}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
