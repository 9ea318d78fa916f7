// Items a week -> a small chart as SVG paths, and the same in words; pure.
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

/** One bar a week, oldest first; a week without items keeps a line of one pixel. `most` is the tallest bar there may be. */
export function drawWeeks(
  weeks: readonly number[],
  { what = 'Items', end = 'the last 7 days', most = Math.max(1, ...weeks) } = {},
): WeeksChart {
  const bars = weeks.map((items, at) => {
    const bar = Math.max(1, Math.round((items / most) * (height - 1)));
    return `M${at * step} ${height}v-${bar}h${barWidth}v${bar}z`;
  });
  return {
    width: weeks.length * step - (step - barWidth),
    height,
    before: bars.slice(0, -1).join(''),
    latest: bars.at(-1) ?? '',
    words: `${what} a week over ${weeks.length} weeks, ${end} at the end: ${weeks.join(', ')}.`,
  };
}

const lineWidth = 72;
const lineHeight = 20;
const linePadding = 2;

/** The same as a line from left to right; weeks before the first story are no zeros but not there. */
export function drawLine(weeks: readonly number[]): { line: string; words: string } {
  const first = weeks.findIndex((items) => items > 0);
  const most = Math.max(1, ...weeks);
  const stride = lineWidth / Math.max(1, weeks.length - 1);
  const points = weeks.slice(Math.max(0, first)).map((items, at) => {
    const y = lineHeight - linePadding - (items / most) * (lineHeight - 2 * linePadding);
    return `${Math.round((Math.max(0, first) + at) * stride * 10) / 10} ${Math.round(y * 10) / 10}`;
  });
  // One week alone is a short line, so that there is something to see.
  const line = points.length === 1 ? `M${lineWidth - 8} ${points[0]!.split(' ')[1]}h8` : `M${points.join('L')}`;
  return { line, words: `New stories a week, this week at the end: ${weeks.join(', ')}.` };
}
