// The identity of a process: PID, start time and host, since PIDs are reused.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

const identity = z.object({ pid: z.int().positive(), start: z.string().min(1), host: z.string() });

export type ProcessIdentity = z.infer<typeof identity>;

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, start: startOf(process.pid) ?? 'unknown', host: hostname() };
}

/** What a file says; undefined when it was written by half, or by something else. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    return identity.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether that very process runs; `elsewhere` when it belongs to another machine or container, where nobody can look. */
export function locateProcess({ pid, start, host }: ProcessIdentity): 'runs' | 'gone' | 'elsewhere' {
  if (host !== hostname()) return 'elsewhere';
  return pid !== process.pid && startOf(pid) === start ? 'runs' : 'gone';
}

/** When a process was started, in words that no other process with its number shares; undefined when there is none. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold blanks and parentheses; the 22nd field, in ticks since boot, is the 20th after it.
      const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]!;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
