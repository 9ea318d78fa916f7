// Items a week -> a small chart as SVG paths, and the same in words; pure.
import { plural } from '../core/plural.ts';

export interface WeeksChart {
  width: number;
  height: number;
  /** The bars of the weeks before. */
  before: string;
  /** The bar of the last seven days. */
  latest: string;
  words: string;
}

const barWidth = 6;
const step = 8;
const height = 24;

/** A week of which nothing is known. */
type Week = number | null;

/** One bar a week, oldest first; a week with nothing keeps a line of one pixel, one of which nothing is known has none. `most` is the tallest bar there may be, `tell` says them in words. */
export function drawWeeks(
  weeks: readonly Week[],
  { most = Math.max(1, ...known(weeks)), tell = tellItems } = {},
): WeeksChart {
  const bars = weeks.map((week, at) => {
    if (week === null) return '';
    const bar = Math.max(1, Math.round((week / most) * (height - 1)));
    return `M${at * step} ${height}v-${bar}h${barWidth}v${bar}z`;
  });
  return {
    width: weeks.length * step - (step - barWidth),
    height,
    before: bars.slice(0, -1).join(''),
    latest: bars.at(-1) ?? '',
    words: tell(known(weeks)),
  };
}

function known(weeks: readonly Week[]): number[] {
  return weeks.filter((week) => week !== null);
}

/** As the desk says it. */
function tellItems(weeks: readonly number[]): string {
  const over = plural(weeks.length, 'week', 'weeks');
  return `Items a week over ${over}, the last 7 days at the end: ${weeks.join(', ')}.`;
}

const lineWidth = 72;
const lineHeight = 20;
const linePadding = 2;

/** The same as a line from left to right, with a height of its own; weeks of which nothing is known are left out. `tell` says them in words. */
export function drawLine(
  weeks: readonly Week[],
  tell: (weeks: readonly number[]) => string,
): { line: string; words: string } {
  const most = Math.max(...known(weeks)) || 1;
  const stride = lineWidth / Math.max(1, weeks.length - 1);
  const points = weeks.flatMap((week, at) => {
    if (week === null) return [];
    const y = lineHeight - linePadding - (week / most) * (lineHeight - 2 * linePadding);
    return [`${Math.round(at * stride * 10) / 10} ${Math.round(y * 10) / 10}`];
  });
  // One week alone is a short line, so that there is something to see.
  const line = points.length === 1 ? `M${lineWidth - 8} ${points[0]!.split(' ')[1]}h8` : `M${points.join('L')}`;
  return { line, words: tell(known(weeks)) };
}
