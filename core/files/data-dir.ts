// DATA_DIR: created on first use, and held by one process at a time, since PGlite is one process's database.
import { closeSync, ftruncateSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { join } from 'node:path';
import { messageOf, PermanentError } from '../errors.ts';
import { isStillAt, lockFile } from './file-lock.ts';
import { ownIdentity, parseIdentity, locateProcess } from '../process-identity.ts';

/** Another process has the directory. */
export class DirectoryInUse extends PermanentError {
  /** "Process 4711", with its machine where that is another. */
  readonly holder: string;

  constructor(holder: string, path: string) {
    super(
      `${holder} already uses this data directory (${path}). Stop it first, set another DATA_DIR, or use DATABASE_URL to run several processes.`,
    );
    this.holder = holder;
  }
}

/**
 * Takes `directory` for this process and returns what gives it back. The lock ends with the process, however it ends;
 * what the file says is for people, and for machines without locks of the operating system.
 */
export function holdDataDirectory(directory: string): () => void {
  const path = join(directory, 'courant.lock');
  try {
    mkdirSync(directory, { recursive: true });
    return takeLock(path);
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw new PermanentError(
      `DATA_DIR ${directory} cannot be written: ${messageOf(error)}. Choose another directory.`,
      { cause: error },
    );
  }
}

function takeLock(path: string): () => void {
  for (;;) {
    const fd = openSync(path, 'a+', 0o600);
    const lock = lockFile(fd);
    if (lock === 'ours' && isStillAt(path, fd)) {
      ftruncateSync(fd);
      writeSync(fd, JSON.stringify(ownIdentity()));
      return () => {
        // Removed while it is still ours: whoever opened it meanwhile sees that it is gone, and opens it again.
        rmSync(path, { force: true });
        closeSync(fd);
      };
    }
    closeSync(fd);
    if (lock === 'taken') throw inUse(path);
    if (lock === 'unknown') return writeLock(path);
  }
}

/** Without locks of the operating system the file itself is the lock, and holds while the process it names runs. */
function writeLock(path: string): () => void {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify(ownIdentity()));
  try {
    for (;;) {
      // A link appears whole, or not at all when there is a file already.
      if (unlessCode('EEXIST', () => linkSync(own, path))) return () => rmSync(path, { force: true });
      const before = readFileSync(path, 'utf8');
      const holder = parseIdentity(before);
      if (holder && locateProcess(holder) !== 'gone') throw inUse(path);
      // Moved aside and looked at again, since another start may have put its own there meanwhile.
      const aside = `${own}.gone`;
      if (!unlessCode('ENOENT', () => renameSync(path, aside))) continue;
      if (readFileSync(aside, 'utf8') !== before) unlessCode('EEXIST', () => linkSync(aside, path));
      rmSync(aside, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Whether it was done; false when it failed with this code. */
function unlessCode(code: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return false;
    throw error;
  }
}

function inUse(path: string): DirectoryInUse {
  const holder = parseIdentity(readFileSync(path, 'utf8'));
  const elsewhere = holder && locateProcess(holder) === 'elsewhere' ? ` of ${holder.host}` : '';
  return new DirectoryInUse(holder ? `Process ${holder.pid}${elsewhere}` : 'Another process', path);
}
