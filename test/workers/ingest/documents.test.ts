// Documents as authors of Jekyll, Hugo, Astro and Obsidian write them: nothing of what they say of themselves is lost.
import { describe, expect, test } from 'vitest';
import { parseFile } from '../../../workers/ingest/folder/folder.ts';

const modified = new Date('2026-10-04T12:00:00Z');

function read(text: string, path = 'posts/slug.md') {
  return parseFile({ path, text, modified });
}
function itemOf(text: string, path?: string) {
  const reading = read(text, path);
  if (!('item' in reading)) throw new Error(`taken for a draft: ${reading.draft}`);
  return reading.item;
}
const yaml = (...lines: string[]) => `---\n${lines.join('\n')}\n---\nWords.\n`;
const toml = (...lines: string[]) => `+++\n${lines.join('\n')}\n+++\nWords.\n`;

describe('a draft is passed over', () => {
  test.each([
    yaml('title: A', 'draft: true'),
    yaml('title: A', 'Draft: "yes"'),
    yaml('title: A', 'published: false'),
    yaml('title: A', "published: 'no'"),
    yaml('title: A', 'is_draft: true'),
    yaml('title: A', 'status: Draft'),
    yaml('title: a: b', 'draft: true'),
    toml('title = "A"', 'draft = true'),
    toml('title = "A"', 'draft = "true"'),
    toml('title = broken', 'draft = true'),
    '{\n"title": "A",\n"draft": true\n}\nWords.',
  ])('%j', (text) => expect(read(text)).toHaveProperty('draft'));

  test.each([
    yaml('draft: false'),
    yaml('published: true'),
    yaml('published: 2021-03-04'),
    yaml('status: published'),
    yaml('title: draft'),
    toml('draft = false'),
  ])('%j is none', (text) => expect(read(text)).toHaveProperty('item'));

  test('also in the directory that Jekyll keeps for them', () => {
    expect(read('# A', 'site/_drafts/a.md')).toEqual({ draft: 'in _drafts' });
    expect(read('# A', 'site/drafts-of-law/a.md')).toHaveProperty('item');
  });
});

describe('the date', () => {
  test.each<[string, string, string?]>([
    ['2021-03-04', yaml('date: 2021-03-04')],
    ['2021-03-04', yaml('Date: 2021-03-04')],
    ['2021-03-04', yaml('pubDate: "Mar 4 2021"')],
    ['2021-03-04', yaml('publishDate: 2021-03-04')],
    ['2021-03-04', yaml('publish_date: 2021-03-04')],
    ['2021-03-04', yaml('date-published: 2021-03-04')],
    ['2021-03-04', yaml('datePublished: 2021-03-04')],
    ['2021-03-04', yaml('pubDatetime: 2021-03-04T10:00:00Z')],
    ['2021-03-04', yaml('PUBLISHED: 2021-03-04')],
    ['2021-03-04', yaml('published_at: 2021-03-04 10:00:00 +0100')],
    ['2021-03-04', yaml('created: 2021-03-04', 'updated: 2026-10-01')],
    ['2021-03-04', yaml('updated: 2021-03-04')],
    ['2021-03-04', yaml('published: true', 'created: 2021-03-04')],
    ['2021-03-04', yaml('date: soon', 'created: 2021-03-04')],
    ['2021-03-04', yaml('date: 2021-03-04', 'created: 2020-01-01', 'pubDate: 2020-01-02')],
    ['2021-03-04', toml('date = 2021-03-04')],
    ['2021-03-04', toml('date = 2021-03-04T10:00:00Z')],
    ['2021-03-04', toml('publishDate = "2021-03-04"')],
    ['2021-03-04', yaml('date: 2021-03-04'), '2019-05-02-a.md'],
    ['2019-05-02', yaml('title: A'), '2019-05-02-a.md'],
    ['2019-05-02', yaml('title: A', 'updated: 2026-10-01'), '2019-05-02-a.md'],
    ['2019-05-02', 'Words.', 'notes/2019-05-02 a.md'],
    ['2019-05-02', 'Words.', '2019_05_02_a.txt'],
    ['2019-05-02', 'Words.', '20190502-a.md'],
    ['2019-05-02', 'Words.', 'blog/2019-05-02-a/index.md'],
    ['2019-05-02', 'Words.', 'blog/2019/05/02/a.md'],
    ['2019-05-02', '<p>Words</p>', '2019-05-02.html'],
    ['2026-10-04', 'Words.', '2019-02-31-a.md'],
    ['2026-10-04', 'Words.', '1999 reasons.md'],
    ['2026-10-04', 'Words.'],
  ])('%s of %j %s', (day, text, path) => {
    expect(itemOf(text, path).published?.toISOString().slice(0, 10)).toBe(day);
  });
});

describe('the title', () => {
  test.each<[string, string, string?]>([
    ['1984', yaml('title: 1984')],
    ['1.10', yaml('title: 1.10')],
    ['true', yaml('title: true')],
    ['2021-03-04', yaml('title: 2021-03-04')],
    ['7', toml('title = 7')],
    ['slug', yaml('title:', 'date: 2021-03-04')],
    ['slug', yaml('title: ~')],
    ['A heading', `${yaml('title: null')}\n# A heading`],
    ['Attention: is it all?', yaml('title: Attention: is it all?')],
    ['@home', yaml('title: @home')],
    ['[Draft] of a plan', yaml('title: [Draft] of a plan')],
    ['100% sure: yes', yaml('title: 100% sure: yes')],
    ['unclosed', yaml('title: "unclosed', 'author: Ada Roe')],
    ['Long and folded', yaml('title: >-', '  Long and', '  folded')],
    ['River ice', 'River ice\n=========\n\nText.'],
    ['River ice', 'River ice\n---------\n\nText.'],
    ['River ice', '## River ice\n\nText.\n\n### More'],
    ['River ice', 'Text.\n\n# River ice\n'],
    ['River ice and more', '# [River ice](https://r.example/ice) and *more*\n'],
    ['Rust & Vec<T> in code', '# Rust &amp; Vec<T> in `code` ![](a.png) #\n'],
    ['Bold and nested', '# <b>Bold</b> and **_nested_**'],
    ['slug', 'Do this:\n\n```sh\n# install\nnpm ci\n```\n\n~~~\n# not this\n~~~\n\n    # nor this\n'],
    [
      'River & lake – notes',
      '<html><head><title lang="en">\n River &amp; lake &#8211;\nnotes</title></head><p>Text.',
      'page.html',
    ],
    ['note', 'Words.', '2019-05-02 note.md'],
    ['old-post', 'Words.', '_posts/2019-05-02-old-post.md'],
    ['2019-05-02', 'Words.', 'daily/2019-05-02.md'],
    ['First line', '\n\nFirst line\n\nSecond.', 'a.txt'],
  ])('%s of %j %s', (title, text, path) => {
    expect(itemOf(text, path).title).toBe(title);
  });
});

describe('front matter', () => {
  test.each<[string, string[]]>([
    [yaml('author: Ada Roe'), ['Ada Roe']],
    [yaml('Authors:', '  - name: Ada Roe', '    url: https://a.example', '  - Bo Lin'), ['Ada Roe', 'Bo Lin']],
    [yaml('author:', '  name: Ada Roe'), ['Ada Roe']],
    [yaml('authors:', '  ada: {name: Ada Roe}', '  bo: {first_name: Bo, last_name: Lin}'), ['Ada Roe', 'Bo Lin']],
    [yaml('authors: []', 'author: Ada Roe'), ['Ada Roe']],
    [yaml('author: 50cent'), ['50cent']],
    [toml('authors = ["Ada Roe", "Bo Lin"]'), ['Ada Roe', 'Bo Lin']],
    [toml('[author]', 'name = "Ada Roe"'), ['Ada Roe']],
    ['{\n"authors": [{"name": "Ada Roe"}]\n}\nWords.', ['Ada Roe']],
  ])('%j names %j', (text, authors) => expect(itemOf(text).authors).toEqual(authors));

  test.each([
    ['a colon', 'title: Ice: a study'],
    ['a reserved sign', 'title: @ice'],
    ['a tab', 'tags:\n\t- a'],
    ['a bad list', 'tags: [a, b'],
    ['a template', 'link: {{ site.url }}/x: y'],
    ['an unknown alias', 'title: *ice'],
    ['a repeated key', 'tags: a\ntags: b'],
    ['no space', 'title:Ice'],
  ])('with %s loses that value at most', (_name, line) => {
    const [before, after] = ['date: 2021-03-04', 'author: Ada Roe'];
    for (const lines of [
      [line, before, after],
      [before, line, after],
      [before, after, line],
    ]) {
      const item = itemOf(yaml(...lines));
      expect(item).toMatchObject({ authors: ['Ada Roe'], published: new Date('2021-03-04') });
      expect(item.content).toBe('<p>Words.</p>\n');
    }
  });

  test('says what it took as text', () => {
    expect(read(yaml('title: Ice: a study', 'date: 2021-03-04'))).toMatchObject({ flaw: 'title taken as text' });
    expect(read(yaml('title: Ice', 'tags: a', 'tags: b'))).not.toHaveProperty('flaw');
  });

  test.each(['\n', '\ufeff', '\ufeff\n  \n\n', '\r\n'])('is found behind %j', (start) => {
    expect(itemOf(`${start}${yaml('title: Ice')}`).title).toBe('Ice');
    expect(itemOf(`${start}${toml('title = "Ice"')}`.replaceAll('\n', '\r\n')).title).toBe('Ice');
  });

  test('is not what stands between two rules', () => {
    expect(itemOf('---\nA sentence of the text.\n\n---\nAnother.').content).toContain('A sentence of the text.');
    expect(itemOf('{not json}\nText.').content).toContain('{not json}');
  });

  test('stays small, however it multiplies', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, at) => `${name}: &${name} [${'abcdefgh'[at]!.padStart(2, '*')}${`,*${'abcdefgh'[at]}`.repeat(8)}]`),
    ];
    expect(itemOf(yaml(...bomb, 'title: Ice')).title).toBe('Ice');
    expect(itemOf(yaml('title: Ice', `more: ${'x'.repeat(200_000)}`)).title).toBe('Ice');
  });

  test('gives an address only when it is one of the web', () => {
    expect(itemOf(yaml('permalink: /blog/:title/')).link).toBe('posts/slug.md');
    expect(itemOf(yaml('permalink: /x', 'canonical_url: https://a.example/x')).link).toBe('https://a.example/x');
    expect(itemOf('Words.', 'a b#1?.md').link).toBe('a%20b%231%3F.md');
  });
});
