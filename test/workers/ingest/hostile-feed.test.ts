// Feeds made to exhaust whoever reads them: each is read or refused as soon as an honest one.
import { expect, test } from 'vitest';
import { countJsonValues } from '../../../workers/ingest/count-json-values.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';
import { cpuMs, honestFeeds } from './cpu-time.ts';

const item = (inside: string) => `<rss><channel><item><title>t</title>${inside}</item></channel></rss>`;
const laughs = Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('');

test.each([
  ['a million tags in each other', item(`<description>${'<a>'.repeat(1_000_000)}`), 1],
  ['billion laughs', `<!DOCTYPE rss [<!ENTITY a0 "lol">${laughs}]>${item('&a30;&a3;'.repeat(100_000))}`, 1],
  ['one long entity', `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1900)}">]>${item('&a;'.repeat(1_000_000))}`, 1],
  ['a DOCTYPE without end', item('<!DOCTYPE ['.repeat(500_000)), 1],
  ['attributes without end', item('<a b="'.repeat(1_000_000)), 1],
  ['a million attributes', item(`<a ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}=""`).join(' ')}>`), 1],
  ['ampersands only', item(`<description>${'&'.repeat(10_000_000)}</description>`), 1],
  ['more items than anybody reads', `<rss><channel>${'<item/>'.repeat(1_000_000)}`, 100_000],
])('%s', async (_name, text, items) => {
  let read = 0;
  const ms = await cpuMs(async () => (read = (await parseFeed(text, 'https://f.example/')).items.length));
  expect(read).toBe(items);
  // They take 0.03 to 0.7 times as long as a feed of 9.5 MB; what grows faster than they do takes hours.
  expect(await honestFeeds(ms, 5)).toBeLessThan(5);
});

test.each([
  ['empty items', '{},'.repeat(7_000_000)],
  ['lists in each other', '['.repeat(5_000_000)],
  ['numbers', '1,'.repeat(5_000_000)],
])('JSON of %s is refused before it is parsed', async (_name, inside) => {
  const refused = parseFeed(`{"version":"https://jsonfeed.org/version/1.1","items":[${inside}`);
  await expect(refused).rejects.toThrow('more than 2000000 values');
});

test.each([
  ['{}', 1],
  ['{"a":[1,2,{"b":3}],"c":4}', 6],
  [String.raw`{"a":"{[,\"{[,","b":"\"}`, 2],
  ['["never closed {{{', 1],
])('%s has %i values', (text, values) => {
  expect(countJsonValues(text, 100)).toBe(values);
});

test('an external entity is never read', async () => {
  const text = `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>${item('<description>[&a;]</description>')}`;
  expect((await parseFeed(text)).items[0]?.summary).toBe('[&a;]');
});
