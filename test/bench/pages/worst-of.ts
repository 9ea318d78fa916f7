// Figures of each page -> the worst of desk and site, under the names by which they are compared; pure.

/** What a person can press, type in or follow. */
const controlTags = /<(?:a\s[^>]*href|button|select|textarea|input(?![^>]*type="hidden"))/g;
/** How many of these a page has. */
export function countControls(html: string): number {
  return html.match(controlTags)?.length ?? 0;
}

/** Pages that are kept as they were made, until what they show changes. */
const keptPages = /^\/(?:issues\/[^/]+|feed\.xml)?$/;

export interface PageFigures {
  /** Of CPU, node and database together, when rows changed since it was made. */
  ms: number;
  /** The same when none did, over a socket. */
  servedMs: number;
  /** Of a bare page of its length. */
  bareMs: number;
  /** Until the answer when it is made anew. */
  medianMs: number;
  /** Its requests a second beside those of a bare page of its length. */
  vsBare: number;
  bytes: number;
  firstMs: number;
  controls: number;
}

/** The worst of desk and site by each figure; shares of a bare page, milliseconds, kilobytes. */
export function worstOf(figures: Readonly<Record<string, PageFigures>>): Record<string, number> {
  const pick = (isIn: (url: string) => boolean): PageFigures[] =>
    Object.entries(figures).flatMap(([url, one]) => (isIn(url) ? [one] : []));
  const isDesk = (url: string): boolean => url.startsWith('/desk');
  const isKept = (url: string): boolean => keptPages.test(url);
  const desk = pick(isDesk);
  const least = (list: readonly PageFigures[]): number =>
    Number(Math.min(...list.map(({ vsBare }) => vsBare)).toFixed(3));
  const kilobytes = (list: readonly PageFigures[]): number => round(Math.max(...list.map(({ bytes }) => bytes)) / 1024);
  return {
    desk_worst_ms: Math.max(...desk.map(({ medianMs }) => medianMs)),
    desk_worst_vs_bare: least(desk),
    desk_worst_kb: kilobytes(desk),
    desk_most_controls: Math.max(...desk.map(({ controls }) => controls)),
    site_cached_vs_bare: least(pick(isKept)),
    site_worst_vs_bare: least(pick((url) => !isDesk(url) && !isKept(url))),
    // A feed holds whole issues, for programs.
    site_worst_ms: Math.max(...pick((url) => !isDesk(url)).map(({ ms }) => ms)),
    site_worst_kb: kilobytes(pick((url) => !isDesk(url) && !url.endsWith('.xml'))),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
