// Lists of feeds of which a part cannot be read as it stands: addresses that were cut off, elements with a prefix.
import { expect, test } from 'vitest';
import { readOpml } from '../../core/opml/read-opml.ts';

const outline = (attributes: string): string => `<outline ${attributes}/>`;
const opml = (...outlines: string[]): string =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body>${outlines.join('')}</body></opml>`;

test.each([
  ['of a file that ends within it', '<opml><body><outline text="A" xmlUrl="https://a.example/rss"/><outline text="B" xmlUrl="https://b.exam'],
  ['at its last letter, since nobody knows that it is', '<opml><body><outline text="A" xmlUrl="https://a.example/rss"/><outline text="B" xmlUrl="https://b.example/rss'],
  ['in a file of JSON', '{"title":"A","xmlUrl":"https://a.example/rss"},{"title":"B","xmlUrl":"https://b.exam'],
  ['of more than 5,000 letters', opml(outline('text="A" xmlUrl="https://a.example/rss"'), outline(`text="B" xmlUrl="https://b.example/${'b'.repeat(5000)}"`))],
  ['of more than 5,000 letters in JSON', `"xmlUrl":"https://a.example/rss","xmlUrl":"https://b.example/${'b'.repeat(6000)}"`],
])('an address that was cut off is none: %s', (...[, text]) => {
  const { sources, refused } = readOpml(text);
  expect(sources.map(({ url }) => url)).toEqual(['https://a.example/rss']);
  expect(refused).toHaveLength(1);
}); // prettier-ignore

test.each(['o', 'opml2.0', 'ns-1'])('with the prefix "%s", whole or broken', (prefix) => {
  const entry = (at: number) => `<${prefix}:outline text="${at}" xmlUrl="https://${at}.example/rss"/>`;
  const folder = `<${prefix}:outline text="Tools &amp; datasets">${entry(2)}</${prefix}:outline>`;
  const list = `<${prefix}:opml xmlns:${prefix}="http://opml.org/spec2"><${prefix}:body>${entry(1)}${folder}${entry(3)}</${prefix}:body></${prefix}:opml>`;
  expect(readOpml(list)).toMatchObject({
    sources: [
      { url: 'https://1.example/rss' },
      { url: 'https://2.example/rss', section: 'tools' },
      { section: undefined },
    ],
    refused: [],
  });
  expect(readOpml(list.replace(/<.[^<]*body><.[^<]*opml>$/, '').replace('text="1"', 'text="1')).sources).toHaveLength(
    3,
  );
});
