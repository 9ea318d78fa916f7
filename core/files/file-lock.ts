// Advisory locks of the operating system on open files, taken through the program `flock`, since Node has no call for them.
import { spawnSync } from 'node:child_process';
import { fstatSync, statSync } from 'node:fs';

/**
 * Locks an open file for as long as this process keeps it open: the lock belongs to the open file, which the program
 * inherits, and goes with the last process that has it, however that one ends (flock(2)). It holds between containers on
 * one volume, too. `unknown` where there is no such program (macOS) or the file system has no locks.
 */
export function lockFile(fd: number): 'ours' | 'taken' | 'unknown' {
  const { status } = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
  return status === 0 ? 'ours' : status === 1 ? 'taken' : 'unknown';
}

/** Whether the path still leads to the open file; who had it before may have removed it meanwhile. */
export function isStillAt(path: string, fd: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const open = fstatSync(fd);
  return there !== undefined && there.ino === open.ino && there.dev === open.dev;
}
