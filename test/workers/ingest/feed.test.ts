// Feeds of every format in one shape; what is no feed says what it is.
import { describe, expect, test } from 'vitest';
import { PermanentError } from '../../../core/errors.ts';
import { cleanFeed } from '../../../workers/ingest/clean/clean-feed.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';

const rss = (item: string, channel = '') =>
  `<rss version="2.0"><channel><title>T</title>${channel}<item>${item}</item></channel></rss>`;

test.each([
  ['RSS', rss('<title>A &amp; B</title><link>/p</link><guid>g</guid>', '<link>https://b.example/</link>')],
  [
    'Atom',
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="https://b.example/"/><entry><id>g</id><title>A &amp; B</title><link href="/p"/></entry></feed>',
  ],
  [
    'RDF',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title><link>https://b.example/</link></channel><item rdf:about="g"><title>A &amp; B</title><link>/p</link></item></rdf:RDF>',
  ],
  [
    'JSON Feed',
    '{"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://b.example/","items":[{"id":"g","title":"A & B","url":"/p"}]}',
  ],
])('%s gives the same item', async (_format, text) => {
  const feed = await parseFeed(text, 'https://b.example/feed');
  expect(feed).toMatchObject({
    title: 'T',
    items: [{ id: 'g', title: 'A & B', link: 'https://b.example/p', published: null }],
  });
});

test('torn XML gives what was before the tear', async () => {
  const torn = `${rss('<title>One</title>').replace('</channel></rss>', '')}<item><title>Two & ha`;
  expect((await parseFeed(torn)).items[0]?.title).toBe('One');
});

test('an Atom text is escaped, an Atom HTML is not', async () => {
  const entry = (type: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary${type}>a &lt;b&gt;c&lt;/b&gt;</summary></entry></feed>`;
  expect((await parseFeed(entry(''))).items[0]?.summary).toBe('a &lt;b&gt;c&lt;/b&gt;');
  expect((await parseFeed(entry(' type="html"'))).items[0]?.summary).toBe('a <b>c</b>');
});

describe('links in a text are meant against the xml:base in force on it', () => {
  const url = 'https://found.example/feeds/all.xml';
  const linkIn = async (feed: string) => {
    const [items] = cleanFeed(await parseFeed(feed, url), { url, now: new Date('2026-11-21T12:00:00Z') }).batches;
    return /href="([^"]+)"/.exec(items![0]!.html)?.[1];
  };
  const atom = (body: string, base = 'https://a.example/blog/') =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="${base}"><entry><id>x</id><title>T</title><link href="p.html"/>${body}</entry></feed>`;
  const more = '&lt;a href="more"&gt;m&lt;/a&gt;';
  const xhtml = (inner: string, base = '') =>
    `<content type="xhtml"${base}><div xmlns="http://www.w3.org/1999/xhtml">${inner}</div></content>`;

  test.each([
    ['of the feed', atom(`<content type="html">${more}</content>`), 'https://a.example/blog/more'],
    [
      'of content',
      atom(`<content type="html" xml:base="/2024/12/p.html">${more}</content>`),
      'https://a.example/2024/12/more',
    ],
    [
      'of a summary',
      atom(`<summary type="html" xml:base="https://s.example/s/">${more}</summary>`),
      'https://s.example/s/more',
    ],
    [
      'of the longer one, not of its neighbour',
      atom(`<summary xml:base="https://s.example/">m</summary><content type="html" xml:base="c/">${more}</content>`),
      'https://a.example/blog/c/more',
    ],
    ['of XHTML', atom(xhtml('<a href="more">m</a>', ' xml:base="x/"')), 'https://a.example/blog/x/more'],
    [
      'inside XHTML',
      atom(xhtml('<p xml:base="x/"><b xml:base="y/"><a href="more">m</a></b></p>')),
      'https://a.example/blog/x/y/more',
    ],
    [
      'on the link itself',
      atom(xhtml('<a xml:base="https://l.example/l/" href="more">m</a>')),
      'https://l.example/l/more',
    ],
    [
      'that is relative to where the feed is',
      atom(xhtml('<p xml:base="x/"><a href="more">m</a></p>'), 'b/'),
      'https://found.example/feeds/b/x/more',
    ],
    [
      'of content:encoded in RSS',
      rss(
        `<title>T</title><link>https://r.example/p</link><content:encoded xml:base="https://r.example/deep/">${more}</content:encoded>`,
      ),
      'https://r.example/deep/more',
    ],
    [
      'which RSS mostly lacks',
      rss(`<title>T</title><link>https://r.example/q/p</link><description>${more}</description>`),
      'https://r.example/q/more',
    ],
  ])('%s', async (_name, feed, want) => {
    expect(await linkIn(feed)).toBe(want);
  });
});

test('a publisher may ask to be left alone', async () => {
  const wishes = async (channel: string) => (await parseFeed(rss('<title>x</title>', channel))).asked;
  expect(await wishes('<ttl>180</ttl>')).toEqual({ ttlMinutes: 180 });
  const days = '<skipDays><day>Sunday</day><day> saturday </day><day>Someday</day></skipDays>';
  expect(await wishes(`<skipHours><hour>24</hour><hour>1</hour><hour>soon</hour></skipHours>${days}`)).toEqual({
    skipHours: [0, 1],
    skipDays: [0, 6],
  });
  // Never to be looked at is no wish that can be met.
  const everyHour = Array.from({ length: 24 }, (_, hour) => `<hour>${hour}</hour>`).join('');
  expect(await wishes(`<skipHours>${everyHour}</skipHours>`)).toEqual({});
});

describe('what is no feed says what it is', () => {
  test.each([
    ['', /empty/],
    ['  \n', /empty/],
    ['<!doctype html><html><head><title>A page</title>', /HTML page \("A page"\)/],
    ['<opml version="2.0"><body/></opml>', /OPML/],
    ['{"hello": 1}', /JSON, but no JSON Feed/],
    ['<note><to>you</to></note>', /XML, but neither/],
    ['just words', /begins with "just words"/],
  ])('%s', async (text, message) => {
    const error: unknown = await parseFeed(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermanentError);
    expect((error as Error).message).toMatch(message);
  });
});

function entryWith(inside: string, link = 'https://p.example/1'): string {
  return `<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/3.0/"><channel><item><title>Tea</title><link>${link}</link>${inside}</item></channel></rss>`;
}

test.each([
  ['https://p.example/1', 'https://p.example/feed', ['doi:10.1016/j.tea.1']],
  ['https://p.example/1', 'https://blog.example/feed', []],
  // Of a file nobody knows where it is from.
  ['https://p.example/1', undefined, []],
  ['https://p.example/1', 'file:///srv/a.xml', []],
  ['https://www.nature.com/', 'https://blog.example/feed', ['doi:10.1016/j.tea.1']],
  ['https://doi.org/10.1016/j.tea.1', 'https://blog.example/feed', ['doi:10.1016/j.tea.1']],
  // A publisher's page of another paper.
  ['https://doi.org/10.1016/j.tea.2', 'https://blog.example/feed', []],
])('a DOI beside an entry at %s, in the feed %s, names: %j', async (link, feed, keys) => {
  const [item] = (await parseFeed(entryWith('<prism:doi>10.1016/j.tea.1</prism:doi>', link), feed)).items;
  expect(item!.keys).toEqual(keys);
  const [[cleaned]] = cleanFeed({ ...(await parseFeed(entryWith('<prism:doi>10.1016/j.tea.1</prism:doi>', link), feed)) }, { url: feed ?? 'file:///x', now: new Date('2026-11-30') }).batches as unknown as [[{ mentions: string[]; keys: string[] }]]; // prettier-ignore
  expect([...cleaned.mentions, ...cleaned.keys]).toContain('doi:10.1016/j.tea.1');
});

test.each([
  ['https://p.example/1', 'https://p.example/feed', ['arxiv:1706.03762']],
  ['https://p.example/1', 'https://blog.example/feed', []],
  ['https://www.nature.com/', 'https://blog.example/feed', []],
  ['https://arxiv.org/abs/1706.03762v3', 'https://blog.example/feed', ['arxiv:1706.03762']],
])('a DOI of arXiv beside an entry at %s, in the feed %s, names: %j', async (link, feed, keys) => {
  const parsed = await parseFeed(entryWith('<prism:doi>10.48550/arXiv.1706.03762</prism:doi>', link), feed);
  expect(parsed.items[0]!.keys).toEqual(keys);
  const [[cleaned]] = cleanFeed(parsed, { url: feed, now: new Date('2026-11-30') }).batches as unknown as [[{ mentions: string[]; keys: string[] }]]; // prettier-ignore
  expect([...cleaned.mentions, ...cleaned.keys]).toContain('arxiv:1706.03762');
});

test('the DOI that a journal or PubMed says beside an address without one names the paper', async () => {
  const keysOf = async (inside: string) =>
    (await parseFeed(entryWith(inside), 'https://feeds.p.example/tea.xml')).items[0]!.keys;
  expect(
    await keysOf('<dc:identifier>pmid:39571576</dc:identifier><dc:identifier>doi:10.1016/J.TEA.1</dc:identifier>'),
  ).toEqual(['doi:10.1016/j.tea.1']);
  expect(await keysOf('<prism:doi>https://doi.org/10.1016/j.tea.1</prism:doi>')).toEqual(['doi:10.1016/j.tea.1']);
  expect(await keysOf('<dc:identifier>https://p.example/10.1016/x</dc:identifier>')).toEqual([]);
});

test('plain text of a JSON Feed keeps its paragraphs, the first line of which is the title of an item without one', async () => {
  const feed = await parseFeed(
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'F', items: [{ id: '1', url: 'https://a.example/1', content_text: 'A line & Vec<T>\nand one more\n\nA second.' }] }), // prettier-ignore
  );
  const [items] = cleanFeed(feed, { url: 'https://a.example/feed', now: new Date('2026-11-30') }).batches;
  expect(items![0]).toMatchObject({ title: 'A line & Vec<T>', text: 'A line & Vec<T>\nand one more\n\nA second.' });
});
