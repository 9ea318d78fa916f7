// A list of feeds -> read in a thread: half a million characters of anybody's XML would hold up the pages for 50 ms (law 8).
import { readInTime } from '../read-in-time.ts';
import type { OpmlList } from './read-opml.ts';
import { runInThread } from '../threads.ts';

/** Reads a list as `readOpml` does, and throws as that does, or when it takes too long or too much memory. */
export function readListInThread(text: string): Promise<OpmlList> {
  return readInTime(
    (stop) =>
      runInThread<typeof import('./read-list.ts'), 'readList'>({
        file: new URL('read-list.ts', import.meta.url),
        name: 'readList',
        input: text,
        stop,
        pool: 'reading',
      }),
    (seconds) => `Reading the list takes longer than ${seconds} s. Cut it into several.`,
  );
}
