// Times as a curator reads and types them, in the time zone where the issue is made.
import { DateTime } from 'luxon';
import { readableTime } from '../../core/week.ts';

/** "Sat 21 Nov 2026, 07:00", or null. */
export function deskTime(at: Date | null, timezone: string): string | null {
  return at && readableTime(at, timezone);
}

/** The value of a `datetime-local` field: "2026-11-21T07:00". */
export function fieldTime(at: Date, timezone: string): string {
  return DateTime.fromJSDate(at, { zone: timezone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** What stands in a `datetime-local` field -> the moment; undefined when it is no time. */
export function timeOfField(typed: string, timezone: string): Date | undefined {
  const moment = DateTime.fromISO(typed, { zone: timezone });
  // Beyond four digits PostgreSQL reads years otherwise than ISO 8601 writes them.
  return moment.isValid && moment.year >= 2000 && moment.year < 10_000 ? moment.toJSDate() : undefined;
}
