// The hours of a day in which letters may reach a reader, in the reader's own time; pure.
import { DateTime } from 'luxon';

/** From the full hour `from` up to the full hour `to`; 22 to 6 goes over midnight. */
export interface SendWindow {
  from: number;
  to: number;
}

/** Reads "7-10"; undefined for what is none. */
export function readWindow(text: string): SendWindow | undefined {
  const [from, to, ...more] = text.split('-').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const isHour = (hour: number | undefined): hour is number => Number.isInteger(hour) && hour! >= 0 && hour! <= 24;
  if (!isHour(from) || !isHour(to) || more.length > 0 || from === to || from === 24) return undefined;
  return { from, to };
}

/** When it opens next at the clocks of a zone; null when it is open. A zone that nobody knows has the clocks of `otherwise`. */
export function opensAt(
  { from, to }: SendWindow,
  { zone, otherwise, now }: { zone: string; otherwise: string; now: Date },
): Date | null {
  const named = DateTime.fromJSDate(now, { zone });
  const local = named.isValid ? named : DateTime.fromJSDate(now, { zone: otherwise });
  const { hour } = local;
  const isOpen = from < to ? hour >= from && hour < to : hour >= from || hour < to;
  if (isOpen) return null;
  const today = local.set({ hour: from, minute: 0, second: 0, millisecond: 0 });
  return (today > local ? today : local.plus({ days: 1 }).set({ hour: from, minute: 0, second: 0, millisecond: 0 })).toJSDate(); // prettier-ignore
}
