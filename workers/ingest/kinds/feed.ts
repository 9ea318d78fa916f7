// Feeds: RSS, Atom, RDF, CDF and JSON Feed at any address, or the page that names one; transcripts that podcasts offer are fetched afterwards.
import { parseArxiv } from '../arxiv/arxiv.ts';
import { parseFeed } from '../feed.ts';
import { askForFeed } from '../pages/follow-page.ts';
import type { KindOfSource } from '../source-kind.ts';

export const kindOfSource: KindOfSource = {
  fetch: askForFeed,
  read: ({ text, url }) => (isListOfArxiv(text) ? parseArxiv(text) : parseFeed(text, url)),
  followUps: ['transcripts.fetch'],
};

/** A copy of a daily list of arXiv at another address: versions and withdrawals of its papers count as in the list itself. */
function isListOfArxiv(text: string): boolean {
  return text.slice(0, 2000).includes('http://arxiv.org/schemas/atom') && text.includes('<arxiv:announce_type>');
}
