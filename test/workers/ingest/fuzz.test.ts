// Two thousand broken feeds, the same ones every time: each gives a value or says in a PermanentError why not, and soon.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PermanentError } from '../../../core/errors.ts';
import { cleanItem } from '../../../workers/ingest/clean/clean.ts';
import { decodeText } from '../../../workers/ingest/clean/decode.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';
import { findFeedLink } from '../../../workers/ingest/pages/find-feed-link.ts';
import { cpuMs, honestFeedMs } from './cpu-time.ts';

const url = 'https://f.example/feed';
const documents = [
  `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "A">]><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T &a;</title><link>https://f.example/</link><ttl>60</ttl><item><title>A &amp;amp; <b>B</b></title><link>/p?x=1&amp;y=2</link><guid isPermaLink="false">g</guid><pubDate>Sat, 07 Sep 2002 00:00:01 EST</pubDate><dc:creator>me@x.example (Me)</dc:creator><content:encoded><![CDATA[<p onclick="x()">Hi <script>1</script>]]></content:encoded></item></channel></rss>`,
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://f.example/" xml:lang="de"><title type="html">T&lt;br&gt;</title><entry><id>tag:f</id><title>Grüße</title><link rel="alternate" href="a b"/><updated>2003-12-31T10:14:55.5+01:00</updated><author><name>N</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content><summary type="application/octet-stream">PGI+eDwvYj4=</summary></entry></feed>`,
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="c"><items><rdf:Seq><rdf:li rdf:resource="i"/></rdf:Seq></items></channel><item rdf:about="i"><title>T</title><link>i</link></item></rdf:RDF>`,
  `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":1,"url":"/p","content_html":"<p>x","date_published":"2026-01-01T00:00:00Z","authors":[{"name":"N"}]}]}`,
  `<!doctype html><html><head><base href="/x"><link rel="alternate" type="application/rss+xml" href="/f"></head></html>`,
];
const shards = ['<', '>', '</', '/>', '<![CDATA[', ']]>', '<!--', '-->', '<?', '<!DOCTYPE x [', '<!ENTITY b "&b;&b;">'];
const more = [
  '&',
  '&#0;',
  '&#x110000;',
  '&b;',
  '"',
  "'",
  '\0',
  '\ud800',
  '\ufeff',
  '<item>',
  '</item>',
  '<a b="',
  '{',
  '[',
];

interface Mutation {
  at: number;
  length: number;
  insert: string;
  times: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(40)),
  insert: fc.oneof(fc.constantFrom(...shards, ...more), fc.string({ unit: 'binary', maxLength: 12 })),
  // Now and then so often that anything slower than linear would show.
  times: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constantFrom(5000, 60_000)),
});

function mutate(text: string, mutations: Mutation[]): string {
  return mutations.reduce((broken, { at, length, insert, times }) => {
    const start = Math.floor(at * broken.length);
    return broken.slice(0, start) + insert.repeat(times) + broken.slice(start + length);
  }, text);
}

async function takeIn(bytes: Uint8Array, contentType: string | null): Promise<void> {
  const text = decodeText(bytes, contentType);
  findFeedLink(text, url);
  const { items, language } = await parseFeed(text, url);
  // What 500 items do not show, more do not.
  for (const item of items.slice(0, 500)) cleanItem(item, { url, language, now: new Date(0) });
}

test('2,000 mutated documents give values or PermanentErrors, none later than an honest feed', async () => {
  const late: number[] = [];
  const soonMs = 3 * (await honestFeedMs());
  const outcomes = { value: 0, refused: 0 };
  const labels = fc.constantFrom(
    null,
    'text/xml; charset=iso-8859-1',
    'text/xml; charset=utf-16',
    'text/html; charset=gbk',
  );
  const input = fc.tuple(fc.constantFrom(...documents), fc.array(mutation, { minLength: 1, maxLength: 5 }), labels);
  const property = fc.asyncProperty(input, async ([document, mutations, contentType]) => {
    const bytes = Buffer.from(mutate(document, mutations), contentType?.endsWith('16') ? 'utf16le' : 'utf8');
    const take = async (): Promise<void> => {
      try {
        await takeIn(bytes, contentType);
        outcomes.value++;
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        outcomes.refused++;
      }
    };
    const ms = await cpuMs(take);
    // A busy machine is slow once, whatever grows faster than its input each time.
    if (ms > soonMs) late.push((await cpuMs(take)) / (await honestFeedMs()));
  });
  await fc.assert(property, { numRuns: 2000, seed: 20_261_121, endOnFailure: true });
  expect(late.filter((times) => times > 3)).toEqual([]);
  expect(outcomes.value + outcomes.refused).toBeGreaterThanOrEqual(2000);
  // Both happen often, else the mutations prove little.
  expect(Math.min(outcomes.value, outcomes.refused)).toBeGreaterThan(200);
});
