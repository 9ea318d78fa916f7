// A date as feeds write it -> a moment, or null: standards, their misspellings, other languages, and no date made up.
import { DateTime } from 'luxon';
import { clockShape, dateShapes, denseClockShape, standardDate } from './date-shapes.ts';
import { monthNamed, weekdayNamed } from './date-words.ts';
import { readZone } from './date-zone.ts';
import { keepReading, type DateOrder } from './date-order.ts';
import { unfoldEastAsian } from './east-asian-date.ts';

const weekdayFirst = /^(\p{L}[\p{L}\p{M}-]*)[\s.,]+(.+)$/u;

/**
 * The moment `value` names; null for what is none, such as 30 February. Without a zone it is taken as UTC, so that it means
 * the same on every machine. Where only numbers are written and both may be the month, "3.4.2026" and "3/4/2026" are the
 * 3 April, as most of the world writes, unless the weekday in front says otherwise, or "am" or "pm" or a zone of
 * America stands behind, where the month comes first. All dates of a feed together may know better: `date-order.ts`.
 */
export function readDate(value: string | null | undefined): Date | null {
  if (value && standardDate.test(value)) return new Date(value);
  const text = plainDate(value?.slice(0, 200).trim() ?? '');
  if (!/\d/.test(text)) return null;
  if (standardDate.test(text)) return new Date(text);
  return readEpoch(text) ?? readWritten(unfoldEastAsian(text)) ?? readCalendar(text);
}

/** "Posted on" and "Date:", which somebody copied along. */
const label = /^(?:date|dated|posted|published|updated)(?: on| at)?:?\s+(?=\S)/i;
/** Day, month and year of Vietnamese. */
const vietnamese =
  /^(?:\p{L}[\p{L}\p{M} ]{0,20},\s*)?(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})/iu;
/** The zeros of digits that are not ours: Arabic, Persian, Devanagari, Bengali, Thai, full-width. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/** In digits of ours, single spaces and plain minus signs, without words in front. */
function plainDate(text: string): string {
  const digits = /^[ -~]*$/.test(text) ? text : text.replace(/\p{Nd}/gu, plainDigit);
  return digits.replace(/\s+/g, ' ').replaceAll('−', '-').replace(label, '').replace(vietnamese, '$3-$2-$1');
}

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  const zero = zeros.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? digit : String(code - zero);
}

/** Seconds (9 or 10 digits), milliseconds (13) or microseconds (16) since 1970. */
function readEpoch(text: string): Date | null {
  if (!/^(?:\d{9,10}|\d{13}|\d{16})(?:\.\d+)?$/.test(text)) return null;
  const digits = text.split('.')[0]!.length;
  return new Date(Math.floor(Number(text) * { 9: 1000, 10: 1000, 13: 1, 16: 0.001 }[digits]!));
}

function readWritten(text: string): Date | null {
  const timeFirst = /^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)[\s,-]+(\d.*|\p{L}.*\d{4}.*)$/iu.exec(text);
  const turned = timeFirst ? turn(timeFirst[1]!, timeFirst[2]!) : text;
  const [, weekday, rest] = weekdayFirst.exec(turned) ?? [];
  const date = rest === undefined ? null : readShape(rest, weekday);
  return date ?? readShape(turned, undefined);
}

function readShape(text: string, weekday: string | undefined): Date | null {
  for (const shape of dateShapes) {
    const found = shape.exec(text);
    const date = found && moment({ ...found.groups, weekday }, text.slice(found[0].length));
    if (date) return date;
  }
  return null;
}

/** "10:30 21.11.2026 +0100" with its time behind its date. */
function turn(time: string, rest: string): string {
  const [, date = rest, zone = ''] = /^(.*?)(\s+[+-]\d{4})?$/.exec(rest) ?? [];
  return `${date} ${time}${zone}`;
}

/** Years alone, days of the year and weeks (ISO 8601). */
function readCalendar(text: string): Date | null {
  if (!/^\d{4}(?:-?\d{3}|-?W\d{2}(?:-?\d)?)?(?:T|$)/.test(text)) return null;
  const date = DateTime.fromISO(text, { zone: 'utc' });
  return date.isValid ? date.toJSDate() : null;
}

type Found = Partial<
  Record<
    'weekday' | 'year' | 'month' | 'monthNumber' | 'day' | 'first' | 'mark' | 'second' | 'clock',
    string | undefined
  >
>;

function moment(found: Found, behind: string): Date | null {
  const rest = found.clock === undefined ? behind : ` ${found.clock}`;
  const time = clockShape.exec(rest) ?? denseClockShape.exec(rest);
  const groups = (time?.groups ?? {}) as Record<string, string | undefined>;
  const { hour = '0', minute = '0', second = '0', fraction = '0', half } = groups;
  const zoneText = rest.slice(time?.[0].length ?? 0);
  const isAmerican = half !== undefined || /^\s*[ECMP][SD]?T\b/.test(zoneText);
  const numeric = numericDate(found, isAmerican);
  const date = numeric === undefined ? dateOf(found) : numeric?.day;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  if (!date || Number(minute) > 59 || Number(second) > 60 || hours > 24 || (hours === 24 && Number(minute) > 0)) {
    return null;
  }
  const at = ({ year, month, day: dayOfMonth }: CalendarDay): Date => {
    const localMs =
      Date.UTC(year, month, dayOfMonth, hours, Number(minute), Number(second)) +
      Math.floor(Number(`0.${fraction}`) * 1000);
    return new Date(localMs - readZone(zoneText, localMs) * 60_000);
  };
  const { order, other } = numeric ?? {};
  return order ? keepReading(at(date), { order, isAmerican, ...(other ? { other: at(other) } : {}) }) : at(date);
}

interface CalendarDay {
  year: number;
  /** From 0. */
  month: number;
  day: number;
}

function dateOf(found: Found): CalendarDay | undefined {
  const { year: digits = '', day: dayNumber = '1' } = found;
  const month = found.month === undefined ? Number(found.monthNumber) - 1 : monthNamed(found.month);
  return month === undefined ? undefined : existing({ year: fullYear(digits), month, day: Number(dayNumber) });
}

/** The years of Thailand are 543 ahead; nobody writes of the year 2569 otherwise. */
const buddhist = { from: 2500, to: 2600, ahead: 543 };

/** RFC 2822, 4.3: two digits are of this century or the last, three count from 1900. */
function fullYear(digits: string): number {
  const { from, to, ahead } = buddhist;
  if (digits.length === 4 && Number(digits) >= from && Number(digits) < to) return Number(digits) - ahead;
  if (digits.length === 2) return Number(digits) + (Number(digits) < 70 ? 2000 : 1900);
  return digits.length === 3 ? Number(digits) + 1900 : Number(digits);
}

/** A day of which only numbers are written. */
interface NumericDay {
  day: CalendarDay;
  /** Which number is the month's; none where the year comes first. */
  order?: DateOrder;
  /** The day in the other order, where nothing written here speaks against it. */
  other?: CalendarDay;
}

/** Undefined where a month is named or the order is standard, null for no day of any calendar. */
function numericDate(found: Found, isAmerican: boolean): NumericDay | null | undefined {
  const { first, second, mark = '', year = '', weekday } = found;
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [Number(first), Number(second)];
  // "03-12-31" begins with its year, "31-12-03" ends with it; where both may be, nobody knows.
  if (year.length === 2 && mark.includes('-') && a <= 31 && Number(year) <= 31) return null;
  if (year.length === 2 && a > 31) {
    const yearFirst = existing({ year: fullYear(first), month: b - 1, day: Number(year) });
    return yearFirst ? { day: yearFirst } : null;
  }
  const dayFirst = existing({ year: fullYear(year), month: b - 1, day: a });
  const monthFirst = existing({ year: fullYear(year), month: a - 1, day: b });
  if (!dayFirst) return monthFirst ? { day: monthFirst, order: 'month' } : null;
  if (!monthFirst) return { day: dayFirst, order: 'day' };
  if (a === b) return { day: dayFirst };
  const named = weekday === undefined ? undefined : weekdayNamed(weekday);
  const [isDay, isMonth] = [weekdayOf(dayFirst) === named, weekdayOf(monthFirst) === named];
  if (isDay !== isMonth) return isDay ? { day: dayFirst, order: 'day' } : { day: monthFirst, order: 'month' };
  return isAmerican && !mark.includes('.')
    ? { day: monthFirst, order: 'month', other: dayFirst }
    : { day: dayFirst, order: 'day', other: monthFirst };
}

function weekdayOf({ year, month, day: dayOfMonth }: CalendarDay): number {
  return new Date(Date.UTC(year, month, dayOfMonth)).getUTCDay();
}

/** The day when the calendar has it. */
function existing(date: CalendarDay): CalendarDay | undefined {
  if (date.year < 1000 || date.year > 9999) return undefined;
  const moved = new Date(Date.UTC(date.year, date.month, date.day));
  return moved.getUTCMonth() === date.month && moved.getUTCDate() === date.day ? date : undefined;
}
