// What a process or a worker thread takes for the time: `node dist/test/clock/read-clock.js` prints it.
import { isMainThread } from 'node:worker_threads';

/** All ways to ask. */
export function readClock(): number[] {
  return [Date.now(), Number(new Date()), Date.parse(Date())];
}

if (isMainThread && process.argv[1] === import.meta.filename) process.stdout.write(JSON.stringify(readClock()));
