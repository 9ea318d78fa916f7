// DATA_DIR holds readers' addresses, sign-in mails and, embedded, the whole database: its owner's, and nobody else's.
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What Courant itself puts there. */
const ownNames = new Set(['db', 'outbox', 'models', 'courant.lock']);
const others = 0o077;

/** So that whatever a process of ours writes is its owner's only; to be called before anything is opened. */
export function keepFilesPrivate(): void {
  process.umask(others);
}

/**
 * Creates `directory` for its owner only, or takes from everybody else what they may do in an existing one and below it.
 * Links are not followed. Root, who could shut others out of what is theirs, leaves alone what Courant did not put there.
 * Returns what stays open, in a sentence; undefined when nothing does.
 */
export function makePrivate(directory: string): string | undefined {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const names = readdirSync(directory);
  const isOurs = process.getuid?.() !== 0 || names.every((name) => ownNames.has(name));
  for (const name of names) if (isOurs || ownNames.has(name)) tighten(join(directory, name));
  const { mode } = lstatSync(directory);
  // A directory like /tmp, where everybody keeps their own files.
  const isShared = (mode & 0o1000) !== 0;
  if (isOurs && !isShared) shut(directory, mode);
  const left = lstatSync(directory).mode & others;
  return left === 0 || process.platform === 'win32'
    ? undefined
    : `${directory} is open to other accounts of this machine (mode ${(lstatSync(directory).mode & 0o777).toString(8)}); run chmod 700 on it, or choose a DATA_DIR of its own`;
}

function tighten(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.isSymbolicLink()) return;
  shut(path, found.mode);
  if (found.isDirectory()) for (const name of readdirSync(path)) tighten(join(path, name));
}

function shut(path: string, mode: number): void {
  if ((mode & others) === 0) return;
  try {
    chmodSync(path, mode & 0o700);
  } catch {
    // Somebody else's, or gone: what stays open is reported.
  }
}
