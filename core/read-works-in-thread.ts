// What somebody brings -> read in a thread: half a megabyte of anybody's BibTeX takes seconds (law 8).
import { PermanentError } from './errors.ts';
import { runInThread } from './threads.ts';
import type { ReadWorks } from './works.ts';

/** 200 entries take a fifth of a second, under load a few. */
const longestMs = 20_000;

/** Reads it; throws PermanentError in words for who brought it. */
export async function readWorksInThread(text: string): Promise<ReadWorks> {
  const late = AbortSignal.timeout(longestMs);
  try {
    const answer = await runInThread<typeof import('./read-works.ts'), 'readWorks'>({
      file: new URL('read-works.ts', import.meta.url),
      name: 'readWorks',
      input: text,
      stop: late,
      pool: 'reading',
    });
    if ('refused' in answer) throw new PermanentError(answer.refused);
    return answer.read;
  } catch (error) {
    if (!late.aborted) throw error;
    throw new PermanentError(`Reading this takes longer than ${longestMs / 1000} s. Bring it in parts.`, {
      cause: error,
    });
  }
}
