// The week an issue belongs to, and when its draft and its sending are due.
import { DateTime } from 'luxon';

export interface Week {
  /** Its Monday, as 2026-11-16. */
  monday: string;
  /** ISO 8601 week, as 2026-w47; the permalink. */
  slug: string;
  start: Date;
  end: Date;
}

const dayNumbers = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;

/** The week around `at`, in the time zone where the issue is made. */
export function weekOf(at: Date, timezone: string): Week {
  const start = DateTime.fromJSDate(at, { zone: timezone }).startOf('week');
  return {
    monday: start.toISODate()!,
    slug: `${start.weekYear}-w${String(start.weekNumber).padStart(2, '0')}`,
    start: start.toJSDate(),
    end: start.plus({ weeks: 1 }).toJSDate(),
  };
}

/** The moment of `weekTime` ("fri 06:00") in the week around `at`. */
export function timeInWeek(weekTime: string, at: Date, timezone: string): Date {
  const [day, clock] = weekTime.split(' ') as [keyof typeof dayNumbers, string];
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  return DateTime.fromJSDate(at, { zone: timezone })
    .startOf('week')
    .plus({ days: dayNumbers[day] - 1 })
    .set({ hour, minute })
    .toJSDate();
}

/** The next moment of `weekTime` that is not before `at`. */
export function nextTime(weekTime: string, at: Date, timezone: string): Date {
  const thisWeek = timeInWeek(weekTime, at, timezone);
  return thisWeek >= at ? thisWeek : timeInWeek(weekTime, new Date(at.getTime() + 7 * 86_400_000), timezone);
}

/** A date as people read it here: "Sat 21 Nov 2026". */
export function readableDate(at: Date | string, timezone: string): string {
  const moment =
    typeof at === 'string' ? DateTime.fromISO(at, { zone: timezone }) : DateTime.fromJSDate(at, { zone: timezone });
  return moment.toFormat('ccc d LLL yyyy', { locale: 'en' });
}
