// What a reader reads already becomes likes: shown first, kept only when they say so, and taken back one by one.
import { beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { unrankedReaders } from '../../../core/store/picks.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue, stateOf } from '../seed-issue.ts';

let open: TestApp;
let own: string;

beforeEach(async () => {
  open = await openApp();
  await seedSentIssue(open.db);
  await open.db.run(sql`update items set keys = '{arxiv:1706.03762}' where id = 1`);
  await addReaders(open.db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'x', at: testNow }); // prettier-ignore
  const { token } = (await open.db.row<{ token: string }>(sql`select token from readers`))!;
  own = `/preferences/${token}`;
});

const bring = async (text: string) => (await open.app.inject(post(`${own}/bring`, { text }))).body;
const likes = () => open.db.rows(sql`select story_id, kind from signals order by story_id`);
const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
/** What is checked on the page, sent as a browser does. */
function take(body: string) {
  const fields: Record<string, string[]> = {};
  for (const [, name, value] of body.matchAll(/type="checkbox" name="(\w+)" value="([^"]*)"/g))
    (fields[name!] ??= []).push(unescaped(value!));
  return open.app.inject(post(`${own}/bring/take`, fields));
}

test('a bibliography: what is a story here is liked, what is not counts by its words, and nothing before it was seen', async () => {
  const before = await stateOf(open.db);
  const body = await bring(`
    @article{a, title={Attention Is All You Need}, eprint={1706.03762}, archiveprefix={arXiv}}
    @article{b, title={second PAPER}}
    @book{c, title={Weaving & "Dyeing"}, abstract={Of cloth.}}
    @article{d, title={No end`);
  expect(await stateOf(open.db)).toBe(before);
  expect(body).toContain('1 entry could not be read: @article{d, title={No end.');
  const answer = await take(body);
  expect(answer.headers.location).toContain('said=brought');
  expect(await likes()).toEqual([{ storyId: 1, kind: 'like' }, { storyId: 3, kind: 'like' }]); // prettier-ignore
  const content = { issueId: 1, contentHash: 'other', storyIds: [], afterId: 0, limit: 1 };
  const [reader] = await unrankedReaders(open.db, content);
  expect(reader!.brought).toEqual([{ title: 'Weaving & "Dyeing"', text: 'Of cloth.', at: testNow }]);
  expect((await open.app.inject(own)).body).toContain('1 work you brought that was not read here');
  await open.app.inject(post(`${own}/bring/take-back`, { id: '1' }));
  expect((await unrankedReaders(open.db, content))[0]!.brought).toEqual([]);
});

test('a title with TeX is shown as it is printed, and found under the spelling of an item', async () => {
  const spelled = String.raw`Nets of $\epsilon_\theta$`;
  await open.db.run(sql`update items set title = ${spelled} where id = 1`);
  const body = await bring(JSON.stringify([{ title: spelled }, { title: String.raw`The {\TeX} book` }]));
  expect(body).toContain('<span dir="auto">Nets of ε_θ</span>');
  expect(body).toContain('<span dir="auto">The TeX book</span>');
  await take(body);
  expect(await likes()).toEqual([{ storyId: 1, kind: 'like' }]);
});

test('numbers: those that are here, and which are not', async () => {
  const body = await bring('1706.03762\n2312.00752\nhttps://looms.example/cloth');
  expect(body).toContain('1 number without a title could not be found here: looms.example/cloth.');
  expect(await bring('1706.03762\nLooms & cloth')).toContain('1 entry could not be read: Looms &amp; cloth.');
  expect(body).toContain('arXiv:2312.00752');
  await take(body);
  expect(await likes()).toEqual([{ storyId: 1, kind: 'like' }]);
});

test('an author, and a list of feeds', async () => {
  await take(await bring('Ada L.'));
  expect(await likes()).toEqual([{ storyId: 1, kind: 'like' }]);
  const opml =
    '<opml version="2.0"><body><outline xmlUrl="https://c.example/"/><outline xmlUrl="https://d.example/"/></body></opml>';
  await take(await bring(opml));
  expect(await open.db.rows(sql`select effect, field, words from rules`)).toEqual([
    { effect: 'always', field: 'source', words: 'Evil <b>Blog</b>' },
  ]);
});

test('what one asked for less of is not liked by a list', async () => {
  await open.db.run(sql`insert into signals values (1, 1, 'dislike', ${testNow})`);
  await take(await bring('1706.03762'));
  expect(await likes()).toEqual([{ storyId: 1, kind: 'dislike' }]);
});

test.each(['', '   ', '{"a": '])('"%s" is refused in words', async (text) => {
  const answer = await open.app.inject(post(`${own}/bring`, { text }));
  expect([answer.statusCode, await likes()]).toEqual([400, []]);
});

test('fifty are kept by their words, and forms nobody was shown are refused', async () => {
  const works = Array.from({ length: 60 }, (_, at) => JSON.stringify({ title: `Work ${at}`, text: '' }));
  await open.app.inject(post(`${own}/bring/take`, { work: works }));
  expect(await open.db.row(sql`select count(*)::int as count from brought_works`)).toEqual({ count: 50 });
  for (const wrong of [{ work: 'x' }, { work: '{"title":""}' }, { story: '-1' }])
    expect([wrong, (await open.app.inject(post(`${own}/bring/take`, wrong))).statusCode]).toEqual([wrong, 400]);
  await open.app.inject(post(`${own}/bring/take`, { story: '999' }));
  expect(await likes()).toEqual([]);
});
