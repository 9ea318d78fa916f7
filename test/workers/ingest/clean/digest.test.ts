import { expect, it, test } from 'vitest';
import { cleanHtml, textOf } from '../../../../workers/ingest/clean/clean-html.ts';
import { digestMentions, isDigest } from '../../../../workers/ingest/clean/digest.ts';

const base = 'https://letters.example/';
const post = (title: string, body: string, url = `${base}a`) => {
  const html = cleanHtml(body, base);
  return { title, url, html, text: textOf(html) };
};
const entries = ['stairs', 'boats', 'desks', 'lamps', 'kites', 'gates'];
const told = (name: string): string =>
  `Somebody built ${name} that fold away at night, and wrote down how long each of them took.`;
const linked = (name: string): string => `<a href="https://${name}.example/new">On ${name}</a>`;

it.each<[string, ReturnType<typeof post>, boolean]>([
  [
    'headings that are links, a paragraph each',
    post('Morning', entries.map((name) => `<h3>${linked(name)}</h3><p>${told(name)}</p>`).join('')),
    true,
  ],
  [
    'a list whose entries begin with links',
    post('Morning', `<ul>${entries.map((name) => `<li>${linked(name)}: ${told(name)}</li>`).join('')}</ul>`),
    true,
  ],
  [
    'cells of a table, numbered',
    post(
      'Morning',
      `<table>${entries.map((name, at) => `<tr><td>${at + 1}. ${linked(name)} ${told(name)}</td></tr>`).join('')}</table>`,
    ),
    true,
  ],
  [
    'lines of a plain mail',
    post('Morning', entries.map((name) => `${linked(name)}<br>${told(name)}<br>`).join('')),
    true,
  ],
  [
    'a weekly of three',
    post(
      'Folding Weekly 12',
      entries
        .slice(0, 3)
        .map((name) => `<p>${linked(name)}</p><p>${told(name)}</p>`)
        .join(''),
    ),
    true,
  ],
  [
    'a teaser whose title lists things, at a dated address',
    post('Stairs sell out, boats sink, desks for all', '', `${base}2026-03-04`),
    true,
  ],
  [
    'a teaser that says what it is of',
    post('2026.9: Of Stairs', '<p>The best stories from the week of May 4.</p>'),
    true,
  ],
  [
    'an essay with links in its sentences',
    post('On folding', entries.map((name) => `<p>${told(name)} As ${linked(name)} says, ${told(name)}</p>`).join('')),
    false,
  ],
  [
    'an essay with a list of sources at its end',
    post(
      'On folding',
      `${entries.map((name) => `<p>${told(name)} ${told(name)} ${told(name)}</p>`).join('')}<ul>${entries.map((name) => `<li>${linked(name)}</li>`).join('')}</ul>`,
    ),
    false,
  ],
  [
    'a title that lists things, of one post',
    post('Stairs, boats and desks, compared', `<p>${told('stairs')}</p>`),
    false,
  ],
  ['a version in an address', post('Fast, small, open', '', `${base}quillo-4`), false],
  [
    'links to subscribe and to share alone',
    post(
      'Hello',
      ['Subscribe', 'Unsubscribe', 'View online', 'Share', 'Advertise', 'Privacy']
        .map((word, at) => `<p><a href="https://n${at}.example/">${word}</a></p>`)
        .join(''),
    ),
    false,
  ],
])('%s: %#', (_, item, expected) => {
  expect(isDigest(item)).toBe(expected);
});

it('a mention has the paragraph of its entry, whatever holds it; what all letters have is none', () => {
  const { html } = post('Morning', `
    <p><a href="https://letters.example/online">View in browser</a></p>
    <h3><a href="https://arxiv.org/abs/2601.00001v2">Stairs</a></h3><p>Of stairs that fold.</p>
    <ul><li><a href="https://boats.example/new?utm_source=letter">Boats</a>: they float again, says their maker.</li></ul>
    <p>More on <a href="https://arxiv.org/pdf/2601.00001">stairs</a>.</p>
    <p><a href="https://letters.example/u">Unsubscribe</a></p>`); // prettier-ignore
  expect(digestMentions(html).map(({ key, paragraph }) => [key, paragraph])).toEqual([
    ['arxiv:2601.00001', 'Stairs\nOf stairs that fold.'],
    ['url:boats.example/new', 'Boats: they float again, says their maker.'],
  ]);
});

test('what a release lists are changes of one thing, and what an episode links to are its notes', async () => {
  const { parseFeed } = await import('../../../../workers/ingest/feed.ts');
  const { cleanFeed } = await import('../../../../workers/ingest/clean/clean-feed.ts');
  const list = (address: (at: number) => string) =>
    Array.from({ length: 8 }, (_, at) => `<li><a href="${address(at)}">Number ${at}</a> is mended</li>`).join('');
  const kindOf = async (html: string, enclosure = '') => {
    const feed = await parseFeed(`<rss><channel><title>F</title><item><title>Cups 2.0</title><link>https://a.example/2</link>${enclosure}<description><![CDATA[<ul>${html}</ul>]]></description></item></channel></rss>`); // prettier-ignore
    const [items] = cleanFeed(feed, { url: 'https://a.example/feed', now: new Date('2026-11-30') }).batches;
    return items![0]!.kind;
  };
  expect(await kindOf(list((at) => `https://github.com/a/cups/pull/${at}`))).toBe('post');
  expect(await kindOf(list((at) => `https://github.com/a/cups/commit/abcdef${at}`))).toBe('post');
  expect(await kindOf(list((at) => `https://s${at}.example/post`))).toBe('digest');
  const recording = '<enclosure url="https://cdn.example/2.mp3" type="audio/mpeg" length="1"/>';
  expect(
    await kindOf(
      list((at) => `https://s${at}.example/post`),
      recording,
    ),
  ).toBe('post');
});
