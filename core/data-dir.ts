// DATA_DIR: created on first use, and held by one process at a time, since PGlite is one process's database.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, PermanentError } from './errors.ts';

/**
 * Takes `directory` for this process and returns what gives it back.
 * A lock left by a process that was killed is taken over, since a dead process has no open files.
 */
export function holdDataDirectory(directory: string): () => void {
  const path = join(directory, 'courant.lock');
  try {
    mkdirSync(directory, { recursive: true });
    writeLock(path);
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw new PermanentError(
      `DATA_DIR ${directory} cannot be written: ${messageOf(error)}. Choose another directory.`,
      {
        cause: error,
      },
    );
  }
  return () => rmSync(path, { force: true });
}

function writeLock(path: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (isAlive(holder)) {
        throw new PermanentError(
          `Process ${holder} already uses this data directory (${path}). Stop it first, set another DATA_DIR, or use DATABASE_URL to run several processes.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
}

/** A process number that is our own was written by an earlier container, whose processes also start at 1. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
