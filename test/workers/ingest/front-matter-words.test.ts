// Front matter as people write it: drafts stay at home however they are marked, titles keep what YAML would take out of them.
import { expect, test } from 'vitest';
import { parseFile } from '../../../workers/ingest/folder/folder.ts';
import { splitFrontMatter } from '../../../workers/ingest/folder/front-matter.ts';

const read = (text: string, path = 'post.md') => parseFile({ path, text, modified: new Date('2026-01-02') });
const titleOf = (text: string) => {
  const reading = read(text);
  return 'item' in reading ? reading.item.title : reading;
};

test.each([
  ['title: !important thing', '!important thing'],
  ['title: &amp foo', '&amp foo'],
  ['title: [Note] something', '[Note] something'],
  ['title: [Note]', '[Note]'],
  ['Title: {draft} of a song', '{draft} of a song'],
  ['title: {one}', '{one}'],
  ['title: *star*', '*star*'],
  ['title: !!str 1984', '1984'],
  ['title: &name River\nog: *name', 'River'],
  ['title:\n  - Only one', 'Only one'],
  ['title: "!quoted"', '!quoted'],
])('%s is a title', (line, title) => {
  expect(titleOf(`---\n${line}\ndate: 2020-01-01\n---\nWords.`)).toBe(title);
});

test.each([
  ['status: draft', '---\nstatus: draft\n---\nWords.', 'status: draft'],
  ['a list', '---\nstatus: [draft]\n---\nWords.', 'status: draft'],
  ['a table of TOML', '+++\ntitle = "T"\n[params]\ndraft = true\n+++\nWords.', 'params.draft: true'],
  ['a table of broken TOML', '+++\ntitle = T x\n[params]\ndraft = true\n+++\nWords.', 'draft: true'],
  ['a map of YAML', '---\ntitle: T\nextra:\n  draft: yes\n---\nWords.', 'extra.draft: yes'],
  ['unclosed', '---\ntitle: T\ndraft: true\n\n# Heading\n\nWords.', 'draft: true'],
  ['unclosed, with a line below', '---\ntitle: T\ndraft: true\n\n# Heading\n\nWords.\n\n---\n\nMore.', 'draft: true'],
  ['unclosed TOML', '+++\ntitle = "T"\ndraft = true\n\nWords.', 'draft: true'],
])('%s marks a draft', (_, text, draft) => {
  expect(read(text)).toEqual({ draft });
});

test.each(['_drafts', '_Drafts', 'drafts', 'Draft'])('what lies in %s is a draft', (name) => {
  expect(read('# A', `blog/${name}/a.md`)).toEqual({ draft: `in ${name}` });
  expect(read('# A', `blog/${name}-of-law/a.md`)).toHaveProperty('item');
});

test('front matter without an end is read up to the first empty line, and said', () => {
  const reading = read('---\ntitle: Ice\nauthor: Ada\n\nWords.');
  expect(reading).toMatchObject({ item: { title: 'Ice', authors: ['Ada'] }, flaw: expect.stringContaining('end') });
  expect(reading).toHaveProperty('item.content', expect.not.stringContaining('Ice'));
});

test('a rule above a sentence with a colon is no front matter', () => {
  expect(read('---\nNote: all of it is true.\n\nWords.')).toHaveProperty(
    'item.content',
    expect.stringContaining('Note'),
  );
});

test.each([
  ['a rule', '---\ntitle: River ice\ndate: 2021-03-04\n\nWords of it.\n\n---\n\nMore words.', 'Words of it.\n\n---\n\nMore words.'],
  ['a rule of TOML', '+++\ntitle = "River ice"\ndate = 2021-03-04\n\nWords of it.\n\n+++\nMore words.', 'Words of it.\n\n+++\nMore words.'],
  ['a heading that is underlined', '---\ntitle: River ice\ndate: 2021-03-04\n\nWords of it.\n\nThe end\n---\n', 'Words of it.\n\nThe end\n---\n'],
])('front matter that nobody closed does not end at %s', (...[, text, body]) => {
  expect(splitFrontMatter(text)).toMatchObject({ front: { title: 'River ice' }, isOpen: true });
  expect(splitFrontMatter(text).body.trim()).toBe(body.trim());
  expect(read(text)).toMatchObject({ item: { title: 'River ice', published: new Date('2021-03-04') }, flaw: 'its front matter has no end' });
}); // prettier-ignore

test.each([
  ['an empty line among its fields', '---\ntitle: River ice\n\ndate: 2021-03-04\n---\nWords.'],
  [
    'an empty line and a value that is broken',
    '---\ntitle: River ice: a talk\n\nlayout: @post\ndate: 2021-03-04\n---\nWords.',
  ],
  ['words of several lines', '---\nabstract: |\n  One.\n\n  Two.\ntitle: River ice\ndate: 2021-03-04\n---\nWords.'],
])('front matter is whole with %s', (...[, text]) => {
  const { isOpen, body, front } = splitFrontMatter(text);
  expect({ isOpen: isOpen ?? false, body, date: front['date'] }).toEqual({
    isOpen: false,
    body: 'Words.',
    date: '2021-03-04',
  });
});
