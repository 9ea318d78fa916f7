// Foreign text -> read in a thread, within bounds of time and memory: no list and no captions hold up the pages (law 8).
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { runInThread } from '../../core/threads.ts';
import type { ForeignKind, ForeignText, ReadAs } from './read-foreign-text.ts';

/** A megabyte of YAML takes a second or two, under load ten. */
const longestMs = 60_000;

/**
 * Reads a text as its reader does; throws Temporary- and PermanentError as that does, and PermanentError when it takes longer than a minute or more memory
 * than a thread may have.
 */
export async function readForeign<Kind extends ForeignKind>(
  text: ForeignText<Kind>,
  stop: AbortSignal | undefined,
): Promise<ReadAs<Kind>> {
  const late = AbortSignal.timeout(longestMs);
  try {
    const result = await runInThread<typeof import('./read-foreign-text.ts'), 'readForeignText'>({
      file: new URL('read-foreign-text.ts', import.meta.url),
      name: 'readForeignText',
      input: text,
      stop: stop ? AbortSignal.any([stop, late]) : late,
      pool: 'reading',
    });
    if ('refused' in result)
      throw result.isTemporary ? new TemporaryError(result.refused) : new PermanentError(result.refused);
    // What is read of each kind is not told apart by the type of the function.
    return result.read as ReadAs<Kind>;
  } catch (error) {
    if (late.aborted && !stop?.aborted)
      throw new PermanentError(`reading it takes longer than ${longestMs} ms`, { cause: error });
    throw error;
  }
}
