// The dates of one feed, where only numbers are written -> day first or month first, decided once for all of them.
import type { ParsedFeed } from '../parsed-item.ts';

export type DateOrder = 'day' | 'month';

interface Reading {
  /** How the date was read. */
  order: DateOrder;
  /** "am", "pm" or a zone of America stands behind it. */
  isAmerican: boolean;
  /** What it is in the other order; none where the calendar or a weekday has only this one. */
  other?: Date;
}

/** What is written of a date is gone once it is a moment; this remembers it as long as the date lives. */
const readings = new WeakMap<Date, Reading>();

/** Remembers how a date of numbers was read; returns it. */
export function keepReading(date: Date, reading: Reading): Date {
  readings.set(date, reading);
  return date;
}

/** Clocks of publishers are ahead, and a day begins in Kiribati before it does here. */
const aheadMs = 86_400_000;

/**
 * Turns the dates of a feed that may be read both ways into the order in which those stand that may not; where there are
 * none, into the one in which no date is after `now`; then as America writes, where one is marked so. A tie leaves each
 * as it was read: the day first. In place.
 */
export function settleDateOrder(feed: Pick<ParsedFeed, 'items' | 'updated'>, now: Date): void {
  const dates = [feed.updated, ...feed.items.flatMap(({ published, updated }) => [published, updated])];
  const read = dates.flatMap((date) => {
    const reading = date && readings.get(date);
    return date && reading ? [{ date, ...reading }] : [];
  });
  const order = read.some(({ other }) => other) ? decide(read, now) : undefined;
  if (order === undefined) return;
  const turned = (date: Date | null): Date | null => {
    const reading = date && readings.get(date);
    return reading?.other && reading.order !== order ? reading.other : date;
  };
  feed.updated = turned(feed.updated);
  for (const item of feed.items) {
    item.published = turned(item.published);
    item.updated = turned(item.updated);
  }
}

function decide(read: readonly (Reading & { date: Date })[], now: Date): DateOrder | undefined {
  const sure = read.filter(({ other }) => !other);
  const open = read.filter(({ other }) => other);
  const months = sure.filter(({ order }) => order === 'month').length;
  if (2 * months !== sure.length) return 2 * months > sure.length ? 'month' : 'day';
  const latest = now.getTime() + aheadMs;
  const isAhead = (wanted: DateOrder): boolean =>
    open.some(({ date, order, other }) => (order === wanted ? date : other!).getTime() > latest);
  if (isAhead('day') !== isAhead('month')) return isAhead('day') ? 'month' : 'day';
  return open.some(({ isAmerican }) => isAmerican) ? 'month' : undefined;
}
