// Feeds made to exhaust whoever reads them: each is read or refused within seconds.
import { expect, test } from 'vitest';
import { parseFeed } from '../../../workers/ingest/feed.ts';

const item = (inside: string) => `<rss><channel><item><title>t</title>${inside}</item></channel></rss>`;
const laughs = Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('');

test.each([
  ['a million tags in each other', item(`<description>${'<a>'.repeat(1_000_000)}`), 1],
  ['billion laughs', `<!DOCTYPE rss [<!ENTITY a0 "lol">${laughs}]>${item('&a30;&a3;'.repeat(100_000))}`, 1],
  ['one long entity', `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1900)}">]>${item('&a;'.repeat(1_000_000))}`, 1],
  ['a DOCTYPE without end', item('<!DOCTYPE ['.repeat(500_000)), 1],
  ['attributes without end', item('<a b="'.repeat(1_000_000)), 1],
  ['more items than anybody reads', `<rss><channel>${'<item/>'.repeat(1_000_000)}`, 100_000],
])('%s', async (_name, text, items) => {
  const started = process.cpuUsage();
  expect((await parseFeed(text, 'https://f.example/')).items.length).toBe(items);
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
});

test('an external entity is never read', async () => {
  const text = `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>${item('<description>[&a;]</description>')}`;
  expect((await parseFeed(text)).items[0]?.summary).toBe('[&a;]');
});
