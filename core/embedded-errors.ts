// What PGlite throws when its files fail it: an errno of WASI in an object that is no Error -> words.

/** Of wasi-libc's errno.h, which Emscripten follows: what happens to a directory of data. */
const causes: Readonly<Record<number, string>> = {
  2: 'it may not read or write its files',
  29: 'its disk failed',
  44: 'files of it are gone',
  51: 'the disk is full',
  69: 'its files are on a disk that is read only',
};

/** Words for the number; undefined for one that nobody has met. */
export function wordsForErrno(errno: number): string | undefined {
  return causes[errno];
}

/** Words for anything that ended the thread of the database. */
export function whyEnded(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  const errno = typeof cause === 'object' && cause && 'errno' in cause ? Number(cause.errno) : NaN;
  return wordsForErrno(errno) ?? `its files failed it (${JSON.stringify(cause)})`;
}
