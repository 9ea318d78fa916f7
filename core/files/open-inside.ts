// A file below a directory, opened only when it really is there: no link leads out, not even one that is put there meanwhile.
import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';

// Without O_NONBLOCK a named pipe would hold us until somebody writes into it.
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens the plain file at `path` for reading; undefined when it is a link, no plain file, or reached through a link that
 * leads out of `directory` (which may itself be one: it is the operator's). What cannot be opened throws, as `open` does.
 */
export async function openInside(directory: string, path: string): Promise<FileHandle | undefined> {
  const file = await open(path, flags).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    if (await isInside(file, directory, path)) return file;
  } catch {
    // It went away or turned into something else between two looks.
  }
  await file.close();
  return undefined;
}

/** O_NOFOLLOW only speaks of the last name in a path: the directories on the way are looked at after opening. */
async function isInside(file: FileHandle, directory: string, path: string): Promise<boolean> {
  const opened = await file.stat();
  const [root, real] = await Promise.all([realpath(directory), realpath(path)]);
  const there = await stat(real);
  return opened.isFile() && real.startsWith(root + sep) && there.dev === opened.dev && there.ino === opened.ino;
}

/** At most `length` bytes from the beginning of an open file; what grows meanwhile does not matter. */
export async function firstBytes(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
