// The week an issue belongs to, and when its draft and its sending are due.
import { DateTime } from 'luxon';
import type { WordsLang } from './words-langs.ts';

export interface Week {
  /** Its Monday, as 2026-11-16. */
  monday: string;
  /** ISO 8601 week, as 2026-w47; the issue's permalink. */
  slug: string;
  start: Date;
  end: Date;
}

const dayNumbers = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;

/** The week around `at`, in the time zone where the issue is made. */
export function weekOf(at: Date, timezone: string): Week {
  const start = startOfWeek(at, timezone);
  return {
    monday: start.toISODate()!,
    slug: `${start.weekYear}-w${String(start.weekNumber).padStart(2, '0')}`,
    start: start.toJSDate(),
    end: start.plus({ weeks: 1 }).toJSDate(),
  };
}

/**
 * The moment of `weekTime` ("fri 06:00") in the week around `at`. A time that the change to summer time leaves out comes as
 * much later as the clock jumps; of one that there is twice the first is meant (RFC 5545, 3.3.5).
 */
export function timeInWeek(weekTime: string, at: Date, timezone: string): Date {
  return timeOfWeek(weekTime, startOfWeek(at, timezone));
}

/** The next moment of `weekTime` that is not before `at`. */
export function nextTime(weekTime: string, at: Date, timezone: string): Date {
  const week = startOfWeek(at, timezone);
  const thisWeek = timeOfWeek(weekTime, week);
  // By the calendar: seven times 24 hours after a Sunday evening may be a Tuesday, or the Sunday after.
  return thisWeek >= at ? thisWeek : timeOfWeek(weekTime, week.plus({ weeks: 1 }));
}

/** When something is drafted and when it goes out, in which zone, as the config has them. */
export interface WeekTimes {
  DRAFT_AT: string;
  SEND_AT: string;
  TIMEZONE: string;
}

/** When the issue of the week around `at` is meant to go out: the first time after its draft, which may be in the week after. */
function sendTimeOf(at: Date, { DRAFT_AT, SEND_AT, TIMEZONE }: WeekTimes): Date {
  return nextTime(SEND_AT, timeInWeek(DRAFT_AT, at, TIMEZONE), TIMEZONE);
}

/** The day that an issue drafted at `at` bears, as 2026-11-21: that on which it is meant to go out; today when that is over. */
export function issueDay(at: Date, times: WeekTimes): string {
  const goesOut = sendTimeOf(at, times);
  return DateTime.fromJSDate(goesOut < at ? at : goesOut, { zone: times.TIMEZONE }).toISODate()!;
}

/** The Monday of the issue whose time to go out is in the week around `at`: of that week or of the one before. */
export function weekGoingOut(at: Date, times: WeekTimes): string {
  const { monday, start } = weekOf(at, times.TIMEZONE);
  const before = weekOf(new Date(start.getTime() - 1), times.TIMEZONE);
  return sendTimeOf(before.start, times) >= start ? before.monday : monday;
}

function startOfWeek(at: Date, timezone: string): DateTime {
  return DateTime.fromJSDate(at, { zone: timezone }).startOf('week');
}

function timeOfWeek(weekTime: string, week: DateTime): Date {
  const [day, clock] = weekTime.split(' ') as [keyof typeof dayNumbers, string];
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  // All at once, since a midnight in between may not exist.
  return week.set({ weekday: dayNumbers[day], hour, minute }).toJSDate();
}

/** A date as people read it here: "Sat 21 Nov 2026" in English, without the comma that Intl puts; elsewhere as the language writes it. */
export function readableDate(at: Date | string, timezone: string, lang: WordsLang = 'en'): string {
  const moment =
    typeof at === 'string' ? DateTime.fromISO(at, { zone: timezone }) : DateTime.fromJSDate(at, { zone: timezone });
  if (lang === 'en') return moment.toFormat('ccc d LLL yyyy', { locale: 'en' });
  return moment.toLocaleString(dateParts, { locale: lang });
}

/** The same with the time of day: "Sat 21 Nov 2026, 13:05". */
export function readableTime(at: Date, timezone: string, lang: WordsLang = 'en'): string {
  const moment = DateTime.fromJSDate(at, { zone: timezone });
  if (lang === 'en') return moment.toFormat('ccc d LLL yyyy, HH:mm', { locale: 'en' });
  return moment.toLocaleString(
    { ...dateParts, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    { locale: lang },
  );
}

const dateParts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
