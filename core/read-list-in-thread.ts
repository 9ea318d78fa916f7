// A list of feeds -> read in a thread: half a million letters of anybody's XML would hold up the pages for 50 ms (law 8).
import { PermanentError } from './errors.ts';
import type { OpmlList } from './read-opml.ts';
import { runInThread } from './threads.ts';

/** A list of two million letters takes a fifth of a second, under load a few. */
const longestMs = 20_000;

/** Reads a list as `readOpml` does, and throws as that does, or when it takes too long or too much memory. */
export async function readListInThread(text: string): Promise<OpmlList> {
  const late = AbortSignal.timeout(longestMs);
  try {
    const answer = await runInThread<typeof import('./read-list.ts'), 'readList'>({
      file: new URL('read-list.ts', import.meta.url),
      name: 'readList',
      input: text,
      stop: late,
      pool: 'reading',
    });
    if ('refused' in answer) throw new PermanentError(answer.refused);
    return answer.read;
  } catch (error) {
    if (!late.aborted) throw error;
    throw new PermanentError(`Reading the list takes longer than ${longestMs / 1000} s. Cut it into several.`, {
      cause: error,
    });
  }
}
