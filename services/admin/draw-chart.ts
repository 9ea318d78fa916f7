// Values -> a chart as SVG, drawn on the server by Observable Plot. The libraries are loaded when the first chart is: 20 MB and
// half a second, and 250 modules at the start.
import { percent } from '../../core/percent.ts';
import { htmlText } from '../../core/html-text.ts';

interface Series {
  name: string;
  /** One value a step, oldest first; null where there is none. */
  values: readonly (number | null)[];
  /** The one the chart is about; the others are what it is held against. */
  isOurs: boolean;
}

export interface Lines {
  series: readonly Series[];
  /** The names of the steps, such as weeks. */
  steps: readonly string[];
  /** Of the vertical axis, which begins at 0; in percent where the values are shares. */
  most: number;
  unit: 'share' | 'percent';
  /** What the chart shows, for whoever cannot see it. */
  label: string;
}

const width = 520;
const height = 190;
/** Room for "100%" and "newest first" in the 18 units that words have on a phone (desk.css). */
const edges = { marginTop: 12, marginBottom: 30, marginLeft: 60, marginRight: 124 };
/** Labels at the ends of lines need this much to be told apart on a phone, too. */
const labelHeight = 20;
const dashes = ['', '5 3', '1 3', '8 3 2 3'];

/** A line a series with its name at its end; a gap breaks a line, and a single value is a dot. Empty without a value. */
export async function drawLines({ series, steps, most, unit, label }: Lines): Promise<string> {
  const shown = series.filter(({ values }) => values.some((value) => value !== null));
  if (shown.length === 0) return '';
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const points = ({ values }: Series) => values.map((value, at) => ({ step: at, value: value ?? Number.NaN }));
  const ends = endLabels(shown, most);
  const plot = Plot.plot({
    document: parseHTML('<!doctype html><html><body></body></html>').document,
    width,
    height,
    ...edges,
    x: {
      type: 'linear',
      domain: steps.length < 2 ? [-1, 0] : [0, steps.length - 1],
      ticks:
        steps.length <= 4 ? steps.map((_step, at) => at) : [0, Math.floor((steps.length - 1) / 2), steps.length - 1],
      tickFormat: (at: number) => steps[at] ?? '',
      tickSize: 0,
      tickPadding: 8,
      label: null,
    },
    y: {
      domain: [0, most],
      ticks: 3,
      tickSize: 0,
      tickFormat: (value: number) => (unit === 'percent' ? percent(value) : String(Math.round(100 * value) / 100)), // prettier-ignore
      label: null,
    },
    marks: [
      Plot.gridY({ ticks: 3, strokeOpacity: 1, className: 'grid' }),
      ...shown.flatMap((one, order) => {
        const className = `line line-${order}${one.isOurs ? ' is-ours' : ''}`;
        const at = { x: 'step', y: 'value', className };
        const dash = one.isOurs ? '' : dashes[order % dashes.length]!;
        return [
          Plot.lineY(points(one), { ...at, ...(dash && { strokeDasharray: dash }) }),
          Plot.dot(points(one), { ...at, r: one.isOurs ? 3.5 : 2 }),
          Plot.text([ends[order]!], { ...at, text: 'name', dx: 10, textAnchor: 'start' }),
        ];
      }),
    ],
  });
  return finish(plot.outerHTML, label);
}

/** The ends of lines with their names, moved apart until none covers another; order is kept. */
function endLabels(series: readonly Series[], most: number): { name: string; step: number; value: number }[] {
  const least = (labelHeight * most) / (height - edges.marginTop - edges.marginBottom);
  const ends = series.map(({ name, values }) => {
    const step = values.findLastIndex((value) => value !== null);
    return { name, step: values.length - 1, value: values[step] ?? 0 };
  });
  let free = Infinity;
  for (const end of ends.toSorted((a, b) => b.value - a.value)) {
    end.value = Math.min(end.value, free);
    free = end.value - least;
  }
  return ends;
}

/** Without the style that the policy of our pages refuses (it is in desk.css), and with a name; words without an anchor of their own stand in the middle, as Plot means them. */
function finish(svg: string, label: string): string {
  const styleEnd = svg.indexOf('</style>');
  const drawn = styleEnd === -1 ? svg.slice(svg.indexOf('>') + 1) : svg.slice(styleEnd + '</style>'.length);
  return `<svg class="lines" role="img" aria-label="${htmlText(label)}" text-anchor="middle" viewBox="0 0 ${width} ${height}">${drawn}`;
}
