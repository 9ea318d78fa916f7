// When a pause ends: what a reader chose -> the beginning of a day on their own clock; pure.
import { DateTime } from 'luxon';
import type { PauseEnd } from '../mail/read-command.ts';

/** Longer than a year is leaving. */
export const maxPauseDays = 366;

/** A day that is over, or further off than a pause may be. */
export type NoPause = 'past' | 'tooLong';

interface Clock {
  /** The reader's zone. */
  zone: string;
  now: Date;
}

/** The beginning of a day, "2026-12-24", in the reader's zone. */
export function dayAhead(day: string, { zone, now }: Clock): Date | NoPause {
  const start = DateTime.fromISO(day, { zone });
  const days = start.diff(DateTime.fromJSDate(now), 'days').days;
  if (!start.isValid || days <= 0) return 'past';
  return days > maxPauseDays ? 'tooLong' : start.toJSDate();
}

/** The same for what was written in a mail; null: until they resume. */
export function pauseEnd(end: Exclude<PauseEnd, 'unread'>, clock: Clock): Date | NoPause | null {
  if (end === null) return null;
  const today = DateTime.fromJSDate(clock.now, { zone: clock.zone }).startOf('day');
  if ('after' in end) {
    const [count = 0] = Object.values(end.after);
    // Days that no calendar counts to any more.
    return count > 10 * maxPauseDays ? 'tooLong' : dayAhead(today.plus(end.after).toISODate()!, clock);
  }
  const { year, month, day } = end.on;
  if (year !== undefined) return dayAhead(isoOf(year, month, day), clock);
  const years = [0, 1, 2, 3, 4].map((ahead) => dayAhead(isoOf(today.year + ahead, month, day), clock));
  return years.find((one) => one !== 'past') ?? 'past';
}

function isoOf(year: number, month: number, day: number): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
