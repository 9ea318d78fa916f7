// titles -> the same without what a source puts before many of them ("Show HN:", "[AINews]"): that says who speaks, not of what; pure.

/** A title and the source that gave it. */
export interface Titled {
  title: string;
  source: number;
}

/** Of two titles of one source that begin alike nobody knows whether it is a series: rather two stories than a wrong one. */
const leastOfSeries = 2;
/** A longer beginning is half a headline. */
const longestPrefix = 40;

/** The titles in the same order, each without the beginning it shares with others of its source. */
export function withoutSeries(items: readonly Titled[]): string[] {
  const counts = new Map<string, number>();
  const prefixes = items.map(({ title, source }) => {
    const prefix = prefixOf(title);
    if (prefix !== '') counts.set(`${source} ${prefix}`, (counts.get(`${source} ${prefix}`) ?? 0) + 1);
    return prefix;
  });
  return items.map(({ title, source }, at) => {
    const prefix = prefixes[at]!;
    const isSeries = prefix !== '' && counts.get(`${source} ${prefix}`)! >= leastOfSeries;
    const rest = title.slice(prefix.length).trim();
    return isSeries && rest !== '' ? rest : title;
  });
}

/** What stands before the first colon or in the first brackets; empty where there is neither. */
function prefixOf(title: string): string {
  const closing = title.startsWith('[') ? title.indexOf(']') : title.indexOf(': ');
  return closing > 0 && closing < longestPrefix ? title.slice(0, closing + 1) : '';
}
