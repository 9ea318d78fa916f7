// Documents as Pelican, MultiMarkdown, Pandoc, Hexo, Zola, MkDocs and saved pages write them: each says its title, day and authors in its own way.
import { expect, test } from 'vitest';
import { parseFile } from '../../../../workers/ingest/folder/folder.ts';

const now = new Date('2026-11-30');
const read = (text: string, path = 'post.md') => parseFile({ path, text, modified: new Date('2026-11-29'), now });

function said(text: string, path?: string) {
  const reading = read(text, path);
  if ('draft' in reading) return reading;
  const { title, authors, published, content } = reading.item;
  return { title, authors, day: reading.isDated ? published!.toISOString().slice(0, 10) : null, content };
}

const fields = { title: 'On tea: a life', authors: ['Ada Roe', 'Bo Li'], day: '2024-03-05' };

test.each([
  ['Pelican', 'Title: On tea: a life\nDate: 2024-03-05 10:20\nTags: tea, cups\nAuthors: Ada Roe, Bo Li\n\nWords.'],
  ['MultiMarkdown', 'author: Ada Roe; Bo Li\ntitle: On tea:\n  a life\ndate: 5 March 2024\n\nWords.'.replace('author', 'authors')],
  ['Pandoc', '% On tea: a life\n% Ada Roe; Bo Li\n% March 5, 2024\n\nWords.'],
  ['Pandoc, a line for each author', '% On tea:\n  a life\n% Ada Roe\n  Bo Li\n% March 5, 2024\n\nWords.'],
  ['Hexo', 'title: "On tea: a life"\ndate: 2024-03-05 20:46:25\nauthors: [Ada Roe, Bo Li]\n---\nWords.'],
  ['Hexo in JSON', '"title": "On tea: a life",\n"date": "2024/03/05",\n"authors": ["Ada Roe", "Bo Li"]\n;;;\nWords.'],
  ['Logseq', 'title:: On tea: a life\ndate:: 2024-03-05\nauthors:: Ada Roe, Bo Li\n\nWords.'],
  ['Zola', '+++\ntitle = "On tea: a life"\ndate = 2024-03-05\n[taxonomies]\nauthors = ["Ada Roe", "Bo Li"]\n+++\nWords.'],
  ['Hugo', '---\ntitle: "On tea: a life"\ndate: 2024-03-05\nparams:\n  authors: [Ada Roe, Bo Li]\n---\nWords.'],
  ['MkDocs', '---\ntitle: "On tea: a life"\ndate:\n  created: 2024-03-05\n  updated: 2026-11-29\nauthors: [Ada Roe, Bo Li]\n---\nWords.'],
])('%s', (_, text) => {
  expect(said(text)).toEqual({ ...fields, content: '<p>Words.</p>\n' });
}); // prettier-ignore

test.each([
  ['a letter', 'Note: this is no field.\n\nWords.'],
  ['a sentence in between', 'Title: On tea\nThis line is none.\n\nWords.'],
  ['a rule', '% of tea is water, they say\n\nWords.'.replace('% of', '%of')],
])('%s that begins like fields is all text', (_, text) => {
  expect(said(text)).toMatchObject({ title: 'post', day: null });
});

test.each([
  ['Pelican', 'Title: T\nStatus: draft\n\nWords.', 'status: draft'],
  ['a garden', '---\ntitle: T\ndg-publish: false\n---\nWords.', 'dgPublish: false'],
  ['Ghost', '---\ntitle: T\nstatus: scheduled\n---\nWords.', 'status: scheduled'],
  ['unlisted', '---\ntitle: T\nunlisted: true\n---\nWords.', 'unlisted: true'],
  ['to come', '---\ntitle: T\ndate: 2024-03-05\npublishDate: 2027-01-01\n---\nWords.', 'from 2027-01-01'],
  ['over', '---\ntitle: T\ndate: 2024-03-05\nexpiryDate: 2025-01-01\n---\nWords.', 'until 2025-01-01'],
])('%s: what its author does not show is no item', (_, text, draft) => {
  expect(read(text)).toEqual({ draft });
});

test.each([
  ['title: Issue #42 is out', 'Issue #42 is out'],
  ['title: Words # a remark', 'Words'],
  ['title: "Why `Vec<T>` is **fast**"', 'Why Vec<T> is fast'],
  ['title: "R&amp;D at work"', 'R&D at work'],
  ['title: On $a*b*c$ and *d*', 'On $a*b*c$ and *d*'],
  ['title: snake_case_names', 'snake_case_names'],
])('%s', (line, title) => {
  expect(said(`---\n${line}\n---\nWords.`)).toMatchObject({ title });
});

test.each([
  ['# On tea {#tea .cup}\n\nWords.', 'On tea'],
  ['<h1 align="center">On <em>tea</em> &amp; cups</h1>\n\nWords.', 'On tea & cups'],
  ['# The <b> tag and <kbd>Ctrl</kbd>\n\nWords.', 'The <b> tag and Ctrl'],
])('%s', (text, title) => {
  expect(said(text)).toMatchObject({ title });
});

test('a saved page says of itself what it is', () => {
  const head =
    '<meta name="author" content="Ada Roe"><meta property="article:published_time" content="2024-03-05T10:00:00Z">';
  const page = `<html lang="de"><head>${head}</head><body><svg><title>Icon</title></svg><h1>On tea &amp; cups</h1></body></html>`;
  const reading = read(page, '2019-01-01-page.html');
  expect('item' in reading && reading.item).toMatchObject({ title: 'On tea & cups', authors: ['Ada Roe'], language: 'de', published: new Date('2024-03-05T10:00:00Z') }); // prettier-ignore
});

test('a directory of the year with a day in the name is dated', () => {
  expect(said('Words.', 'blog/2024/03-05-on-tea/index.md')).toMatchObject({ day: '2024-03-05', title: 'on-tea' });
});
