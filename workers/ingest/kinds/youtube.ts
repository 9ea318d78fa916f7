// YouTube: the feed of a channel or a playlist, also by the page that names it; transcripts are fetched afterwards.
import { askForFeed } from '../pages/follow-page.ts';
import type { KindOfSource } from '../source-kind.ts';
import { parseYoutube } from '../talks/youtube.ts';

export const kindOfSource: KindOfSource = {
  fetch: askForFeed,
  read: ({ text, url }) => parseYoutube(text, url),
  followUps: ['transcripts.fetch'],
};
