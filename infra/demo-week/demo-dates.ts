// A demo item and the clock -> its date, counted back from the start of the demo; pure.
import type { DemoItem, DemoSource } from './demo-source.ts';
import { hourMs } from '../../core/time.ts';

/** When an item was published, to the second. */
export function dateOf(item: DemoItem, now: Date): Date {
  const ms = now.getTime() - item.hoursAgo * hourMs;
  return new Date(ms - (ms % 1000));
}

/** The newest date among a source's items, or `now` when it has none. */
export function newestDate(source: DemoSource, now: Date): Date {
  const times = source.items.map((item) => dateOf(item, now).getTime());
  return times.length === 0 ? now : new Date(Math.max(...times));
}

/** A source's items in the order publishers list them. */
export function newestFirst(source: DemoSource): DemoItem[] {
  return source.items.toSorted((a, b) => a.hoursAgo - b.hoursAgo);
}

/** A date as arXiv writes it: 2017-07-27T08:18:33Z. */
export function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+/, '');
}
