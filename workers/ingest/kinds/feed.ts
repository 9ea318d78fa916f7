// Feeds: RSS, Atom, RDF, CDF and JSON Feed at any address, or the page that names one.
import { parseFeed } from '../feed.ts';
import { askForFeed } from '../follow-page.ts';
import type { KindOfSource } from '../source-kind.ts';

export const kindOfSource: KindOfSource = {
  fetch: askForFeed,
  read: ({ text, url }) => parseFeed(text, url),
};
