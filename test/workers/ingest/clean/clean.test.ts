// The one door: nothing hostile passes it, and what is honest stays readable.
import { describe, expect, test } from 'vitest';
import { cleanItem } from '../../../../workers/ingest/clean/clean.ts';
import { blankItem, type ParsedItem } from '../../../../workers/ingest/parsed-item.ts';

const now = new Date('2026-11-21T12:00:00Z');
const door = { url: 'https://blog.example/feed.xml', language: 'en', now };
const clean = (fields: Partial<ParsedItem>) =>
  cleanItem({ ...blankItem, id: 'a', title: 'A title', link: 'https://blog.example/a', ...fields }, door);

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVa&#x09;ScRiPt:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="http://127.0.0.1:6379/">x</a>',
  '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
  '<style>@import "javascript:alert(1)"</style>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<form action="https://evil.example"><input name=p><button>go</button></form>',
  '<object data="x.swf"></object><embed src="x.swf"><base href="https://evil.example/"><meta http-equiv=refresh>',
  '<!--[if IE]><script>alert(1)</script><![endif]-->',
])('%s comes out harmless', (content) => {
  const { html } = clean({ content })!;
  expect(html).not.toMatch(/<(?!\/?(p|a)[\s>])/i);
  expect(html).not.toMatch(/\son\w+=|style=|href="(?!https?:\/\/(?!127)|mailto:)/i);
});

describe('titles', () => {
  test.each([
    ['Bounds for $O(n^2)$ if $a<b$ and $c>d$', 'text', 'Bounds for $O(n^2)$ if $a<b$ and $c>d$'],
    ['Bounds if $a<b$ &amp; more', 'html', 'Bounds if $a<b$ & more'],
    ['<b>Bold</b> &amp; <i>brave</i>', 'html', 'Bold & brave'],
    ['AT&amp;T as text', 'text', 'AT&amp;T as text'],
    ['Two\n   lines', 'text', 'Two lines'],
    ['x<script>alert(1)</script>y', 'html', 'x y'],
    ['Words before <body>and after', 'html', 'Words before <body>and after'],
    ['CafÃ©', 'text', 'Café'],
  ] as const)('%s (%s)', (title, titleType, want) => {
    expect(clean({ title, titleType })?.title).toBe(want);
  });

  test('a missing title is the first line of the text, a long one is cut at a word', () => {
    expect(clean({ title: '', content: '<p>First words.</p><p>Then more.</p>' })?.title).toBe('First words.');
    const long = clean({ title: 'word '.repeat(500) })!.title;
    expect(long.length).toBeLessThanOrEqual(500);
    expect(long).toMatch(/word…$/);
  });
});

test('nothing turns a title, a name or a text round, and nothing in them is invisible', () => {
  const item = clean({
    title: 'gpj.\u202Ecod\u2066x',
    authors: ['A\u202Ea\u200F', '\u2067B\u2069\uFEFF'],
    content: '<p>x\u202Ey &#x202E;z</p>',
  })!;
  expect(item.title).toBe('gpj.codx');
  expect(item.authors).toEqual(['Aa', 'B']);
  expect(item.text).toBe('xy z');
  expect(clean({ title: '&#x202E;abc', titleType: 'html' })!.title).toBe('abc');
});

describe('of two texts', () => {
  const shares = 'Share this with friends, follow us, and see eleven other stories that our editors liked this week.';
  test.each([
    ['the content is the article, though a teaser be longer', ['<p>It rained.</p>', shares], 'It rained.'],
    ['markup counts for nothing', ['<p>It rained.</p>', `<p class="${'x'.repeat(300)}">Rain</p>`], 'It rained.'],
    ['an empty content gives way', [' ', shares], shares],
    ['one of pictures only, too', ['<p><img src="/a.png"></p>', shares], shares],
    ['and one that is the beginning of the other', ['<p>Share this with friends, follow…</p>', shares], shares],
  ] as const)('%s', (_name, [content, summary], want) => {
    expect(clean({ content, summary })!.text).toBe(want);
  });
});

test('an item without an address leads to the page of its source and is nobody else; its id is no address', () => {
  const home = 'https://blog.example/';
  const bare = (fields: Partial<ParsedItem>) =>
    cleanItem({ ...blankItem, title: 'A title', content: 'Words.', ...fields }, { ...door, home })!;
  expect(bare({ id: '12345' })).toMatchObject({ url: home, keys: [], guid: '12345' });
  expect(bare({ id: 'https://blog.example/b' })).toMatchObject({
    url: 'https://blog.example/b',
    keys: ['url:blog.example/b'],
  });
  expect(bare({}).guid).toBe(bare({}).guid);
  expect(bare({}).guid).not.toBe(bare({ title: 'Another' }).guid);
});

test('an item without words or a place is none', () => {
  expect(clean({ title: '', content: '' })).toBeUndefined();
  expect(clean({ link: 'javascript:alert(1)', id: null })).toBeUndefined();
});

test('links become absolute, and what they lead to is a mention', () => {
  const item = clean({ content: '<a href="/b">b</a> <a href="https://arxiv.org/abs/1706.03762v1">paper</a>' })!;
  expect(item.html).toContain('href="https://blog.example/b"');
  expect(item.mentions).toEqual(['url:blog.example/b', 'arxiv:1706.03762']);
  expect(item.text).toBe('b paper');
});

test('a page that has a paper’s DOI in its address speaks of the paper, two such pages are two, and the publisher’s is the paper', () => {
  const at = (link: string) => {
    const { keys, mentions } = clean({ link })!;
    return { keys, mentions };
  };
  const doi = 'doi:10.1145/3292500.3330701';
  const path = '/doi/10.1145/3292500.3330701';
  expect(at(`https://papers.example${path}`)).toEqual({ keys: [`url:papers.example${path}`], mentions: [doi] });
  expect(at(`https://papers.example/comments${path}`)).toEqual({ keys: [`url:papers.example/comments${path}`], mentions: [doi] }); // prettier-ignore
  expect(at(`https://dl.acm.org${path}`)).toEqual({ keys: [doi], mentions: [] });
});

test.each([
  ['none', null, now],
  ['before the web', new Date('1970-01-01'), now],
  ['far ahead', new Date('2030-01-01'), now],
  ['yesterday', new Date('2026-11-20'), new Date('2026-11-20')],
])('a date %s', (_name, published, want) => {
  expect(clean({ published })?.publishedAt).toEqual(want);
});

test('characters a database refuses are dropped, and size has an end', () => {
  const item = clean({ title: 'a\0b\ud800c', content: `<p>${'wörter '.repeat(100_000)}</p>` })!;
  expect(item.title).toBe('abc');
  expect(item.text.length).toBeLessThanOrEqual(200_000);
  expect(item.html.length).toBeLessThanOrEqual(400_000);
});

test.each([
  ['Dies ist ein deutscher Text über die Übersetzung von Sprache durch Maschinen.', 'de'],
  ['这是一篇关于深度学习和自然语言处理的文章。', 'zh'],
  ['Short', 'en'],
])('%s is %s', (text, lang) => {
  expect(clean({ title: text, content: `<p>${text}</p>` })?.lang).toBe(lang);
});

test('the same item has the same hash whenever it is seen, another text another', () => {
  const hash = (content: string, at: Date) =>
    cleanItem({ ...blankItem, id: 'a', title: 'T', link: 'https://b.example/a', content }, { ...door, now: at })!
      .contentHash;
  expect(hash('one', now)).toBe(hash('one', new Date(0)));
  expect(hash('one', now)).not.toBe(hash('two', now));
});

test.each([
  ['HTML5', '<figure><img src="a.png"><figcaption>A <em>silver</em> chip.</figcaption></figure><p>It runs.</p>'],
  ['WordPress', '<div class="wp-caption alignnone"><a href="/a.png"><img src="a.png"></a><p class="wp-caption-text">A silver chip.</p></div><p>It runs.</p>'],
  ['Blogger', '<table class="tr-caption-container"><tr><td><img src="a.png"></td></tr><tr><td class="tr-caption">A silver chip.</td></tr></table><p>It runs.</p>'],
  ['a magazine', '<figure class="intro"><img src="a.png"><p class="caption"><a class="enlarge-link" href="/a.png">Enlarge</a> <span>/</span> A silver chip.</p></figure><p>It runs.</p>'],
  ['Substack', '<div class="captioned-image-container"><figure><img src="a.png"><figcaption class="image-caption">A silver chip.</figcaption></figure></div><p>It runs.</p>'],
])('what stands below a picture is not what a post says: %s', (_maker, content) => {
  expect(clean({ content })!.text).toBe('It runs.');
}); // prettier-ignore

test('what stands below a picture is kept where a post says nothing else, and a table of that name is', () => {
  const alone = '<figure><img src="a.png"><figcaption>A silver chip.</figcaption></figure>';
  expect(clean({ content: alone })!.text).toBe('A silver chip.');
  expect(clean({ content: '<table class="caption"><tr><td>cell</td></tr></table>' })!.text).toBe('cell');
});

const post = '<p>It runs on a phone.</p><p>We measured it for a week, and nothing of it was slow.</p>';

test.each([
  ['all of it under a heading', `<h2>A chip</h2><div class="post-caption">${post}</div>`],
  ['all of it in what only says that there is a picture', `<p>.</p><div class="has-caption">${post}</div>`],
  ['all of it, its class spelled as entities', `<div class="&#99;aption">${post}</div>`],
  ['what follows a caption that nobody closed', `<p>So.</p><div class="caption">A silver chip.${post}`],
  ['the end of a long one', `${post.repeat(30)}<div class="caption">A silver chip.${post.repeat(20)}`],
])('a post that a page calls a caption is said: %s', (_what, content) => {
  expect(clean({ content })!.text).toMatch(/nothing of it was slow\.$/);
  expect(clean({ content })!.text.match(/slow/g)).toHaveLength(content.match(/slow/g)!.length);
});

test('below a quote stands whose it is, and below a table what it counts', () => {
  const of = (held: string, caption: string) => `${post}<figure>${held}<figcaption>${caption}</figcaption></figure>`;
  expect(clean({ content: of('<blockquote>It is small.</blockquote>', 'Ada Okafor') })!.text).toContain('Ada Okafor');
  const table = '<table><caption class="caption">Seconds</caption><tr><td>3</td></tr></table>';
  expect(clean({ content: of(table, 'By phone') })!.text).toMatch(/Seconds[^]*By phone/);
  // The quote of before is none of the picture.
  const picture = `<blockquote>It is small.</blockquote>${of('<img src="a.png">', 'A silver chip')}`;
  expect(clean({ content: picture })!.text).not.toContain('silver');
});
