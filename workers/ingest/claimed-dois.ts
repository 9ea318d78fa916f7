// The DOI that a feed says beside an entry: what the entry is, or only what it speaks of; pure.
import { canonicalUrl } from '../../core/addresses/canonical-url.ts';
import { keyOf } from '../../core/addresses/keys.ts';
import { isAtPublisher } from '../../core/addresses/publisher-hosts.ts';
import type { ParsedItem } from './parsed-item.ts';

/**
 * In place: anybody may write any DOI beside an entry, and what an entry is called decides which story it is in. A feed is believed of
 * the pages of its own host, and anybody of a publisher's page whose address names no other paper; elsewhere the paper is mentioned.
 */
export function settleDois(item: ParsedItem, feedUrl: string | undefined): void {
  if (!item.keys.some(isPaper)) return;
  const link = item.link === null ? undefined : canonicalUrl(item.link);
  if (link !== undefined && feedUrl !== undefined && hostOf(link) === hostOf(canonicalUrl(feedUrl))) return;
  const named = link === undefined ? undefined : keyOf(item.link!);
  // A DOI of arXiv's own is the number of a paper there, of which no publisher's page says that it is the same.
  const isClaimed = (key: string): boolean =>
    key === named ||
    (isDoi(key) && link !== undefined && isAtPublisher(link) && (named === undefined || !isPaper(named)));
  const mentioned = item.keys.filter((key) => isPaper(key) && !isClaimed(key));
  if (mentioned.length === 0) return;
  item.keys = item.keys.filter((key) => !mentioned.includes(key));
  item.links = [...(item.links ?? []), ...mentioned.map(addressOf)];
}

function addressOf(key: string): string {
  return isDoi(key)
    ? `https://doi.org/${key.slice('doi:'.length)}`
    : `https://arxiv.org/abs/${key.slice('arxiv:'.length)}`;
}

function isDoi(key: string): boolean {
  return key.startsWith('doi:');
}

function isPaper(key: string): boolean {
  return isDoi(key) || key.startsWith('arxiv:');
}

/** The feeds of many a journal are at a host beside that of its pages. */
function hostOf(address: string | undefined): string | undefined {
  return address && /^[^/:?#]+/.exec(address)?.[0].replace(/^(?:www|rss|feeds?)\./, '');
}
