// An address -> the page it leads to, in a spelling under which two links to one page are equal; pure. Not for fetching.

const arxivPaper = /^(?:[a-z]+\.)?arxiv\.org\/(?:abs|pdf|html)\/([a-z-]+(?:\.[a-z]{2})?\/\d{7}|\d{4}\.\d{4,5})/i;
/** Parameters that say who sent a reader, not where to. */
const campaign = /^(?:utm_.*|fbclid|gclid|ref|source)$/i;

/**
 * Host, path and query, without scheme, `www.`, fragment, campaign and closing slash; of a paper on arXiv its number, whatever the
 * form of its text and its version. What is no address stays as it is.
 */
export function pageOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, searchParams } = new URL(url);
  const place = `${host.replace(/^www\./, '')}${pathname}`;
  const paper = arxivPaper.exec(place)?.[1];
  if (paper !== undefined) return `arxiv:${paper.toLowerCase()}`;
  const query = [...searchParams].filter(([name]) => !campaign.test(name)).map((pair) => pair.join('='));
  return `${place.endsWith('/') ? place.slice(0, -1) : place}${query.length > 0 ? `?${query.toSorted().join('&')}` : ''}`;
}

/** Those of `items` that lead to a page which neither `first` nor one before them leads to. */
export function otherPages<Item extends { url: string }>(first: { url: string }, items: readonly Item[]): Item[] {
  const seen = new Set([pageOf(first.url)]);
  return items.filter(({ url }) => seen.size < seen.add(pageOf(url)).size);
}
