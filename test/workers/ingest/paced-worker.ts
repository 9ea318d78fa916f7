// A worker process whose arXiv is 127.0.0.1: `node dist/test/workers/ingest/paced-worker.js EVERY_MS`, told where to work by the environment.
import { runMain, runProcess } from '../../../core/process.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';

const everyMs = Number(process.argv[2]);
const isPaced = (host: string): boolean => host === '127.0.0.1';
await runMain(() => runProcess((house) => house.queue.work(ingestHandlers(house, { everyMs, isPaced }))));
