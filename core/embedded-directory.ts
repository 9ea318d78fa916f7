// The directory of the embedded database: made when it is not there, refused when it is not one of ours.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compiled } from './compiled.ts';
import { wordsForErrno } from './embedded-errors.ts';
import { PermanentError } from './errors.ts';

/** PGlite 0.5 is PostgreSQL 18; on the files of another major version it only aborts. */
const formatVersion = '18';

const creator = new URL('create-embedded.ts', import.meta.url);
const run = promisify(execFile);

/** Makes an empty database there unless there is one. PermanentError where something else is. */
export async function prepareDirectory(directory: string): Promise<void> {
  const path = join(directory, 'PG_VERSION');
  if (!existsSync(path)) return createDatabase(directory);
  const found = readFileSync(path, 'utf8').trim();
  if (found !== formatVersion) {
    throw new PermanentError(
      `${directory} holds a database of PostgreSQL ${found}; this Courant reads version ${formatVersion}. Use the Courant that wrote it or choose another DATA_DIR; nothing was changed.`,
    );
  }
}

/**
 * A process of its own makes it: that takes 400 MB, which PGlite would keep until it is closed, and runs each function of the
 * database so seldom that V8's quick compiler alone is done sooner (4.5 s and 5.8 s of CPU instead of 6.1 and 10.3).
 * It gets its name when it is whole: whatever is killed, there is a database or none.
 */
async function createDatabase(directory: string): Promise<void> {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new PermanentError(
      `${directory} has files, but no database (there is no PG_VERSION). Move it away or choose another DATA_DIR; nothing was changed.`,
    );
  }
  mkdirSync(dirname(directory), { recursive: true });
  removeDrafts(directory);
  const draft = mkdtempSync(draftsOf(directory));
  const making = run(process.execPath, ['--liftoff-only', fileURLToPath(compiled(creator)), draft]);
  const end = (): void => void making.child.kill();
  process.once('exit', end);
  try {
    await making;
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const why = whyNot(error as { stderr?: string; signal?: string });
    throw new PermanentError(`No database could be made in ${dirname(directory)}: ${why}.`, { cause: error });
  } finally {
    process.off('exit', end);
  }
}

function whyNot({ stderr = '', signal }: { stderr?: string; signal?: string }): string {
  const errno = /\berrno: (\d+)/.exec(stderr)?.[1];
  const said = errno === undefined ? undefined : wordsForErrno(Number(errno));
  if (said) return `${said} (a new one takes 45 MB)`;
  if (signal) return `the process that makes it was killed (${signal}), and it takes 400 MB of memory`;
  return (
    stderr.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? 'the process that makes it ended without a word'
  );
}

/** What starts that were killed left: 40 MB each. Renamed first, so that a process that still makes one finds nothing to write to. */
function removeDrafts(directory: string): void {
  const drafts = readdirSync(dirname(directory)).filter((name) => name.startsWith(basename(draftsOf(directory))));
  for (const name of drafts) {
    const gone = join(dirname(directory), name.endsWith('.gone') ? name : `${name}.gone`);
    renameSync(join(dirname(directory), name), gone);
    rmSync(gone, { recursive: true, force: true });
  }
}

function draftsOf(directory: string): string {
  return `${directory}.new-`;
}
