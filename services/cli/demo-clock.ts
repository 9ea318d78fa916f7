// The clock of the demo: it runs as the machine's does, some weeks behind while the past is made.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { hourMs } from '../../core/time.ts';

export interface DemoClock {
  /** When the demo was started first: its week ends then. */
  started: Date;
  now(): Date;
  /** That many weeks before the demo was started first; a later start on the same data goes on later on that day. */
  goBack(weeks: number): Date;
  /** The time of the machine again. */
  return(): void;
}

/** A week must not end while it is made. */
const leastLeftMs = hourMs;

/** Reads when the demo on this directory was started first, or keeps that it is now. */
export function openDemoClock({
  directory,
  zone,
  now,
}: {
  directory: string;
  zone: string;
  now: () => Date;
}): DemoClock {
  const started = firstStart({ directory, zone, now: now() });
  const opened = now();
  // What an earlier start wrote down is not to lie ahead: it may have run for minutes before it was ended.
  const elapsedMs = Math.min(opened.getTime() - started.getTime(), leastLeftMs / 2);
  let behindMs = 0;
  return {
    started,
    now: () => new Date(now().getTime() - behindMs),
    goBack(weeks) {
      const at = DateTime.fromJSDate(started, { zone }).minus({ weeks }).toJSDate();
      behindMs = now().getTime() - at.getTime() - elapsedMs;
      return at;
    },
    return() {
      behindMs = 0;
    },
  };
}

function firstStart({ directory, zone, now }: { directory: string; zone: string; now: Date }): Date {
  const file = join(directory, 'demo-started');
  if (existsSync(file)) return new Date(readFileSync(file, 'utf8'));
  const lastMs = DateTime.fromJSDate(now, { zone }).endOf('week').toMillis() - leastLeftMs;
  const started = new Date(Math.min(now.getTime(), lastMs));
  // Whole or not at all: an end in the middle must not leave half a date.
  writeFileSync(`${file}.new`, started.toISOString());
  renameSync(`${file}.new`, file);
  return started;
}
