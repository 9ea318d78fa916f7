// `node dist/workers/main.js`: the pipeline as a process of its own; run as many as the work needs.
import { runMain, runProcess } from '../core/process.ts';
import { startWorkers } from './start.ts';

await runMain(() => runProcess((house) => startWorkers(house)));
