// How many letters a new sender may send on each of its first days, until providers know it; pure.
import { DateTime } from 'luxon';

export interface WarmUp {
  /** ISO 8601 day. */
  from: string;
  /** Letters of the first day, the second ...; later there is no limit. */
  perDay: number[];
}

/** Reads "2026-12-01 50 100 200"; undefined for what is none. */
export function readWarmUp(text: string): WarmUp | undefined {
  const [from = '', ...counts] = text.trim().split(' ').filter(Boolean);
  const perDay = counts.map(Number);
  const isDay = from.length === 10 && DateTime.fromISO(from).isValid;
  if (!isDay || perDay.length === 0 || !perDay.every((count) => Number.isInteger(count) && count > 0)) return undefined;
  return { from, perDay };
}

/** The day at the clocks of `timezone`, and how many letters it may have; null for no limit. None before the first day. */
export function maxOn({ from, perDay }: WarmUp, { now, timezone }: { now: Date; timezone: string }) {
  const today = DateTime.fromJSDate(now, { zone: timezone }).startOf('day');
  const first = DateTime.fromISO(from, { zone: timezone });
  const place = Math.round(today.diff(first, 'days').days);
  return { day: today.toISODate()!, most: place < 0 ? 0 : (perDay[place] ?? null) };
}
