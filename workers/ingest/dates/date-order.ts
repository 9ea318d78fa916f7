// The dates of one feed, where only numbers are written -> day first or month first, decided once for all of them.
import type { ParsedFeed } from '../parsed-item.ts';
import { dayMs } from '../../../core/time.ts';

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
const aheadMs = dayMs;

/**
 * Turns the dates of a feed that may be read both ways into the order in which those stand that may not; where there are
 * none, into the one in which no date is after `now`; then into the one in which the feed is in order, or its newest post of
 * the day on which it says that it changed; then as America writes, where one is marked so. A tie leaves each as it was read:
 * the day first. In place.
 */
export function settleDateOrder(feed: Pick<ParsedFeed, 'items' | 'updated'>, now: Date): void {
  const dates = [feed.updated, ...feed.items.flatMap(({ published, updated }) => [published, updated])];
  const read = dates.flatMap((date) => {
    const reading = date && readings.get(date);
    return date && reading ? [{ date, ...reading }] : [];
  });
  const order = read.some(({ other }) => other) ? decide(read, feed, now) : undefined;
  if (order === undefined) return;
  feed.updated = turned(feed.updated, order);
  for (const item of feed.items) {
    item.published = turned(item.published, order);
    item.updated = turned(item.updated, order);
  }
}

function turned(date: Date | null, order: DateOrder): Date | null {
  const reading = date && readings.get(date);
  return reading?.other && reading.order !== order ? reading.other : date;
}

function decide(
  read: readonly (Reading & { date: Date })[],
  feed: Pick<ParsedFeed, 'items' | 'updated'>,
  now: Date,
): DateOrder | undefined {
  const sure = read.filter(({ other }) => !other);
  const open = read.filter(({ other }) => other);
  const months = sure.filter(({ order }) => order === 'month').length;
  if (2 * months !== sure.length) return 2 * months > sure.length ? 'month' : 'day';
  const latest = now.getTime() + aheadMs;
  const isAhead = (wanted: DateOrder): boolean =>
    open.some(({ date, order, other }) => (order === wanted ? date : other!).getTime() > latest);
  if (isAhead('day') !== isAhead('month')) return isAhead('day') ? 'month' : 'day';
  return fitting(feed) ?? (open.some(({ isAmerican }) => isAmerican) ? 'month' : undefined);
}

/** Fewer posts stand in order by chance. */
const leastInOrder = 3;

/** The one order in which the posts go forward or back in time, or the newest is of the day the feed is of; undefined where both fit, or none. */
function fitting({ items, updated }: Pick<ParsedFeed, 'items' | 'updated'>): DateOrder | undefined {
  const said = updated && !readings.has(updated) ? updated.toISOString().slice(0, 10) : undefined;
  const fits = (['day', 'month'] as const).map((order) => {
    const times = items.flatMap(({ published }) => turned(published, order)?.getTime() ?? []);
    const steps = times.slice(1).map((time, at) => Math.sign(time - times[at]!));
    const isInOrder = times.length >= leastInOrder && !(steps.includes(1) && steps.includes(-1));
    const newest = times.length > 0 ? new Date(times.reduce((a, b) => Math.max(a, b))).toISOString().slice(0, 10) : '';
    return { isInOrder, isOfDay: newest === said };
  });
  const [byDay, byMonth] = fits as [(typeof fits)[0], (typeof fits)[0]];
  if (byDay.isInOrder !== byMonth.isInOrder) return byDay.isInOrder ? 'day' : 'month';
  return byDay.isOfDay === byMonth.isOfDay ? undefined : byDay.isOfDay ? 'day' : 'month';
}
