// What somebody brings -> read in a thread: half a megabyte of anybody's BibTeX takes seconds (law 8).
import { readInTime } from '../read-in-time.ts';
import { runInThread } from '../threads.ts';
import type { WorksRead } from './works.ts';

/** Reads it; throws PermanentError in words for whoever brought it. */
export function readWorksInThread(text: string): Promise<WorksRead> {
  return readInTime(
    (stop) =>
      runInThread<typeof import('./read-works.ts'), 'readWorks'>({
        file: new URL('read-works.ts', import.meta.url),
        name: 'readWorks',
        input: text,
        stop,
        pool: 'reading',
      }),
    (seconds) => `Reading this takes longer than ${seconds} s. Bring it in parts.`,
  );
}
