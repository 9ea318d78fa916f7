// An episode of a podcast without a link leads to its recording, never to the feed or its home.
import { expect, test } from 'vitest';
import { parseFeed } from '../../../workers/ingest/feed.ts';

test.each([
  ['an enclosure', '<enclosure url="https://cdn.example/1.mp3" type="audio/mpeg" length="1"/>'],
  ['an enclosure beside an empty link', '<link></link><enclosure url="https://cdn.example/1.mp3" type="audio/mpeg"/>'],
  ["Atom's enclosure", '<atom:link rel="enclosure" href="https://cdn.example/1.mp3" type="audio/mpeg"/>'],
  ['the content of Media RSS', '<media:content url="https://cdn.example/1.mp3" type="audio/mpeg"/>'],
  [
    'a group of Media RSS',
    '<media:group><media:content url="https://cdn.example/1.mp3" medium="audio"/></media:group>',
  ],
])('%s', async (_name, media) => {
  const feed = await parseFeed(
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>
      <title>Pod</title><link>https://pod.example/</link><atom:link rel="self" href="https://pod.example/feed.xml"/>
      <item><title>One</title><guid isPermaLink="false">ep-1</guid>${media}</item></channel></rss>`,
    'https://pod.example/feed.xml',
  );
  expect(feed.items.map(({ link }) => link)).toEqual(['https://cdn.example/1.mp3']);
});
