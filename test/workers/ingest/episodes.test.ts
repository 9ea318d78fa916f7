// An episode of a podcast without a link leads to its recording, never to the feed or its home.
import { expect, test } from 'vitest';
import { cleanFeed } from '../../../workers/ingest/clean/clean-feed.ts';
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

const recording = '<enclosure url="https://cdn.example/1.mp3" type="audio/mpeg" length="1"/>';
const home = '<link>https://pod.example/show/</link>';

test.each<[string, string, string]>([
  ["the feed's own address", '<link>https://pod.example/feed.xml</link>', 'https://cdn.example/1.mp3'],
  ['what the feed calls its own address', '<link>https://pod.example/rss</link>', 'https://cdn.example/1.mp3'],
  ["the show's page", home, 'https://cdn.example/1.mp3'],
  ['the same, spelled otherwise', '<link>http://www.pod.example/show#top</link>', 'https://cdn.example/1.mp3'],
  ['a relative one', '<link>/show/</link>', 'https://cdn.example/1.mp3'],
  ['a page of its own', '<link>https://pod.example/show/1</link>', 'https://pod.example/show/1'],
  ['a page told by its query', '<link>https://pod.example/show/?p=1</link>', 'https://pod.example/show/?p=1'],
])('an episode whose link is %s', async (_name, link, want) => {
  expect(await linkIn(`${link}${recording}`)).toBe(want);
});

test.each<[string, string, string]>([
  ['whose items carry the link of the blog', home, 'https://pod.example/show/'],
  ['that encloses its pictures', `${home}<enclosure url="https://cdn.example/1.jpg" type="image/jpeg"/>`, 'https://pod.example/show/'], // prettier-ignore
  ['that shows pictures of Media RSS', `${home}<media:content url="https://cdn.example/1.jpg" medium="image"/>`, 'https://pod.example/show/'], // prettier-ignore
  ['without links that encloses a picture', '<enclosure url="https://cdn.example/1.jpg" type="image/jpeg"/>', 'none'],
])('a blog %s keeps it', async (_name, parts, want) => {
  expect(await linkIn(parts)).toBe(want);
});

test('the permanent address that an episode names comes before its recording', async () => {
  expect(await linkIn(`${home}<guid>https://pod.example/show/1</guid>${recording}`)).toBe('https://pod.example/show/1');
  expect(await linkIn(`${home}<guid>https://pod.example/show/</guid>${recording}`)).toBe('https://cdn.example/1.mp3');
});

test('an episode of a JSON Feed', async () => {
  const attachments = [{ url: 'https://cdn.example/1.mp3', mime_type: 'audio/mpeg' }];
  const items = [
    { id: '1', url: 'https://pod.example/', content_text: 'One', attachments },
    { id: '2', content_text: 'Two', attachments },
    { id: '3', url: 'https://pod.example/3', content_text: 'Three', attachments },
  ];
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Pod',
    home_page_url: 'https://pod.example',
    items,
  };
  expect(
    (await parseFeed(JSON.stringify(feed), 'https://pod.example/feed.json')).items.map(({ link }) => link),
  ).toEqual(['https://cdn.example/1.mp3', 'https://cdn.example/1.mp3', 'https://pod.example/3']);
});

/** Of the only item of a show at https://pod.example/show/. */
async function linkIn(parts: string): Promise<string> {
  const guid = parts.includes('<guid') ? '' : '<guid isPermaLink="false">ep-1</guid>';
  const feed = await parseFeed(
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>
      <title>Pod</title><link>https://pod.example/show/</link><atom:link rel="self" href="https://pod.example/rss"/>
      <item><title>One</title>${guid}${parts}</item></channel></rss>`,
    'https://pod.example/feed.xml',
  );
  return feed.items[0]!.link ?? 'none';
}

test('episodes of one page, one title and no date are told apart by their recordings', async () => {
  const episode = (file: string) =>
    `<item><title>Episode</title><link>https://show.example/listen</link><enclosure url="https://cdn.example/${file}.mp3" type="audio/mpeg"/></item>`;
  const feed = await parseFeed(`<rss><channel><title>S</title><link>https://show.example/</link>${episode('1')}${episode('2')}${episode('1')}</channel></rss>`); // prettier-ignore
  const { names } = cleanFeed(feed, { url: 'https://show.example/feed', now: new Date('2026-11-30') });
  expect(new Set(names).size).toBe(2);
});

test.each([
  ['1h2m3s', 3723],
  ['PT1H2M3S', 3723],
  ['45 min', 2700],
  ['62:03', 3723],
  ['soon', null],
  ['PT', null],
])('a recording of %s lasts %s seconds', async (duration, seconds) => {
  const feed = await parseFeed(`<rss><channel><item><title>E</title><itunes:duration>${duration}</itunes:duration></item></channel></rss>`); // prettier-ignore
  expect(feed.items[0]!.durationS).toBe(seconds);
});
