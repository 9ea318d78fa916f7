// What anybody brings is read in a thread -> what was read of it, or words for whoever brought it, in bounded time.
import { PermanentError } from './errors.ts';

/** Half a megabyte takes a fifth of a second, under load a few. */
const longestMs = 20_000;

/** Classes of errors do not come through from a thread, so what is refused is a value. */
type Reading<Read> = { read: Read } | { refused: string };

/** Throws PermanentError with what was refused, or with `tooLong`, which is given the seconds there are. */
export async function readInTime<Read>(
  read: (stop: AbortSignal) => Promise<Reading<Read>>,
  tooLong: (seconds: number) => string,
): Promise<Read> {
  const late = AbortSignal.timeout(longestMs);
  try {
    const reading = await read(late);
    if ('refused' in reading) throw new PermanentError(reading.refused);
    return reading.read;
  } catch (error) {
    if (!late.aborted) throw error;
    throw new PermanentError(tooLong(longestMs / 1000), { cause: error });
  }
}
