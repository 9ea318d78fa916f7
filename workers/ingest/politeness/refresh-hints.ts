// What a channel asks of those who read it (ttl, skipHours, skipDays, syndication) -> when to leave it alone; pure.
import type { RefreshHints } from '../../../core/store/sources.ts';
import { weekdayNamed } from '../dates/date-words.ts';
import type { XmlElement } from '../xml/xml-tree.ts';
import { childrenOf, textIn, xmlTextOf } from '../xml/xml-value.ts';

const periods: Record<string, number> = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };

/** Reads the wishes; a channel that would never be looked at asks for something else than it says. */
export function readRefreshHints(channel: XmlElement): RefreshHints {
  const ttlMinutes = pauseOf(channel);
  return {
    ...(ttlMinutes === undefined ? {} : { ttlMinutes }),
    ...skipped(listOf(channel, 'skiphours', 'hour'), listOf(channel, 'skipdays', 'day')),
  };
}

/** The hours and days of RSS 2.0 (24 is midnight too, in RSS 0.91); what names none, or leaves no hour or day, is left out. */
export function skipped(hourNames: readonly string[], dayNames: readonly string[]): RefreshHints {
  const hours = unique(hourNames.filter((hour) => /^\d{1,2}$/.test(hour)).map((hour) => Number(hour) % 24));
  const days = unique(dayNames.flatMap((day) => weekdayNamed(day) ?? []));
  return {
    ...(hours.length > 0 && hours.length < 24 ? { skipHours: hours } : {}),
    ...(days.length > 0 && days.length < 7 ? { skipDays: days } : {}),
  };
}

function listOf(channel: XmlElement, list: string, name: string): string[] {
  return childrenOf(channel, list).flatMap((element) =>
    childrenOf(element, name).map((child) => xmlTextOf(child).trim()),
  );
}

function unique(numbers: number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** In minutes. */
function pauseOf(channel: XmlElement): number | undefined {
  const ttl = Number(textIn(channel, 'ttl') ?? Number.NaN);
  if (ttl > 0) return ttl;
  const minutes = periods[textIn(channel, 'sy:updateperiod')?.toLowerCase() ?? ''];
  const frequency = Number(textIn(channel, 'sy:updatefrequency') ?? 1);
  return minutes === undefined ? undefined : minutes / Math.max(1, frequency || 1);
}
