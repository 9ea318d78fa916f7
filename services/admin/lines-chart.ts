// Series of values -> a line chart as SVG paths and labels, drawn on the server; pure.

export interface Series {
  name: string;
  /** One value a step, oldest first; null where there is none. */
  values: readonly (number | null)[];
  /** The one the chart is about; the others are what it is held against. */
  isOurs: boolean;
}

export interface LinesChart {
  width: number;
  height: number;
  /** The vertical scale: 0, half and all of it. */
  ticks: { y: number; label: string }[];
  lines: {
    name: string;
    path: string;
    dots: { x: number; y: number }[];
    labelY: number;
    order: number;
    isOurs: boolean;
  }[];
  labelX: number;
  /** Where the plot begins and ends. */
  left: number;
  right: number;
  first: string;
  last: string;
}

const width = 360;
const height = 180;
const edges = { left: 28, right: 282, top: 10, bottom: 156 };
/** Labels at the ends of lines need this much to be told apart. */
const lineHeight = 15;

/** Draws values between 0 and 1; a gap breaks a line, and a single value is a dot. `steps` are their names, such as weeks. */
export function drawLines(series: readonly Series[], steps: readonly string[]): LinesChart {
  const { left, right, top, bottom } = edges;
  const xOf = (step: number): number =>
    round(steps.length < 2 ? right : left + (step * (right - left)) / (steps.length - 1));
  const yOf = (value: number): number => round(bottom - value * (bottom - top));
  const lines = series.map(({ name, values, isOurs }, order) => {
    const points = values.map((value, step) => (value === null ? null : { x: xOf(step), y: yOf(value) }));
    return { name, isOurs, order, path: pathOf(points), dots: points.filter((point) => point !== null) };
  });
  const labels = spreadLabels(lines.map(({ dots }) => dots.at(-1)?.y ?? null));
  return {
    width,
    height,
    ticks: [0, 0.5, 1].map((value) => ({ y: yOf(value), label: value === 0.5 ? '.5' : String(value) })),
    lines: lines.flatMap((line, at) => {
      const labelY = labels[at];
      return labelY === null || labelY === undefined ? [] : [{ ...line, labelY }];
    }),
    labelX: right + 8,
    left,
    right,
    first: steps[0] ?? '',
    last: steps.at(-1) ?? '',
  };
}

/** Straight lines between neighbours; after a gap a new line begins. */
function pathOf(points: readonly ({ x: number; y: number } | null)[]): string {
  return points
    .map((point, at) => (point === null ? '' : `${points[at - 1] ? 'L' : 'M'}${point.x} ${point.y}`))
    .join('');
}

/** Moves labels down until none covers another, keeping their order. */
function spreadLabels(heights: readonly (number | null)[]): (number | null)[] {
  const moved = [...heights];
  const order = heights.flatMap((y, at) => (y === null ? [] : [{ y, at }])).toSorted((a, b) => a.y - b.y);
  let free = -Infinity;
  for (const { y, at } of order) {
    moved[at] = Math.max(y, free);
    free = moved[at] + lineHeight;
  }
  return moved;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
