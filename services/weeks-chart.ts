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
