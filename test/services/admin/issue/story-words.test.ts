// What a curator writes of a story: sentences chosen, typed and marked; a note; conflicts; and what the gate knows of it.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { askToUnderstand } from '../../../../core/store/bare-stories.ts';
import { saveSummary } from '../../../../core/store/asked-summaries.ts';
import { storyWords } from '../../../../core/store/story-words.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue } from '../../seed-issue.ts';
import { everyReason } from '../every-reason.ts';
import { openDesk } from '../open-desk.ts';

async function openStory() {
  const desk = await openDesk();
  const id = await seedIssue(desk.db);
  await desk.db.run(sql`update items set text = 'We attend. It pays. Nothing else does, says $x^2$.' where id = 1`);
  const page = `/desk/issues/${id}`;
  const words = async (storyId = 1) => (await storyWords(desk.db, { issueId: id, storyId }))!;
  const write = (fields: Record<string, string | string[]>, storyId = 1) =>
    desk.send(`${page}/stories/${storyId}/summary?story=${storyId}&part=summary`, fields);
  return { ...desk, id, page, words, write };
}

const seenIn = (body: string, form: string): string =>
  new RegExp(`${form}[\\s\\S]*?name="seen" value="([^"]*)"`).exec(body)![1]!;

test('the sentences of the sources are offered, one is added, and stands where it was found', async () => {
  const { get, write, words, page } = await openStory();
  const { body } = await get(`${page}?story=1&part=summary`);
  expect(body).toContain('Nothing else does, says');
  const ref = /name="add" value="([^"]+)" aria-label="Add: Nothing/.exec(body)![1]!;
  const answer = await write({ sentences: ['We attend.', ''], add: ref });
  expect(answer.headers.location).toBe(`${page}?story=1&part=summary#story-1`);
  const { summary, sentences } = await words();
  expect(summary).toEqual(['We attend.', 'Nothing else does, says x².']);
  expect(sentences).toMatchObject([
    { by: 'source', itemId: 1, start: 0, end: 10 },
    { by: 'source', quote: 'Nothing else does, says $x^2$.', start: 20 },
  ]);
  expect((await get(`${page}?story=1`)).body).toContain('in the paper on arXiv cs.CL');
  expect((await write({ sentences: 'We attend.', add: '1.0.3.9' })).statusCode).toBe(409);
});

test('a sentence is offered once, under the item that says it first, and none that is not in the letters of the rest', async () => {
  const { get, page, db } = await openStory();
  await db.run(
    sql`update items set text = 'We attend. It pays. Bees too. 蜜蜂也会注意，而且这样做有回报。' where id = 2`,
  );
  const { body } = await get(`${page}?story=1&part=summary`);
  expect(body.match(/aria-label="Add: [^"]*"/g)).toEqual(['We attend.', 'It pays.', 'Nothing else does, says x².', 'Bees too.'].map((text) => `aria-label="Add: ${text}"`)); // prettier-ignore
});

test('a Chinese post is offered, in whatever letters its title is', async () => {
  const { get, page, db } = await openStory();
  await db.run(sql`update items set title = 'DeepSeek-V3', lang = 'zh', text = '蜜蜂也会注意，而且这样做有回报。我们用 PyTorch 训练了一个模型。' where id = 1`); // prettier-ignore
  const { body } = await get(`${page}?story=1&part=summary`);
  expect(body).toContain('aria-label="Add: 蜜蜂也会注意，而且这样做有回报。"');
  expect(body).toContain('aria-label="Add: 我们用 PyTorch 训练了一个模型。"');
});

test('a sentence of nobody stops the gate until it is marked as the editor’s', async () => {
  const { get, write, words, page, send } = await openStory();
  const answer = await write({ sentences: ['We attend.', 'Nobody said\nthis.', '  '] });
  expect(answer.headers.location).toBe(`${page}?story=1#story-1`);
  expect((await words()).summary).toEqual(['We attend.', 'Nobody said', 'this.']);
  await write({ sentences: ['We attend.', 'Nobody <b>said</b> this.'] });
  const open = await get(`${page}?story=1`);
  expect(open.body).toMatch(
    /typed by Olga, in no source: add one that is, or <button[^>]*form="mark-of"[^>]*value="1">mark it as the editor’s/,
  );
  expect(open.body).toContain('Nobody &lt;b&gt;said&lt;/b&gt; this.');
  expect(open.body).toContain('1 sentence of a summary stands in no source and is not marked as the editor');
  await write({ sentences: ['We attend.', 'Nobody <b>said</b> this.'], mark: '1' });
  expect((await words()).sentences.map(({ by }) => by)).toEqual(['source', 'editor']);
  const marked = await get(`${page}?story=1`);
  expect(marked.body).toContain('the editor’s own: Olga');
  expect(marked.body).toContain('Every sentence stands in its source');
  // What is the editor's stays so when another sentence is edited.
  await write({ sentences: ['Nobody <b>said</b> this.', 'It pays.'] });
  expect((await words()).sentences.map(({ by }) => by)).toEqual(['editor', 'source']);
  await write({ sentences: ['Mine.'], own: 'yes' });
  expect((await words()).sentences).toEqual([{ text: 'Mine.', by: 'editor', writer: 'Olga' }]);
  expect((await send(`${page}/approve`, { hash: '0'.repeat(64), ...everyReason })).statusCode).toBe(409);
});

test('words of a source that stands in no sentence of it are not founded, though the text holds them', async () => {
  const { get, write, page } = await openStory();
  await write({ sentences: ['else does'] });
  expect((await get(page)).body).toContain('1 sentence of a summary stands in no source');
});

test('sentences move up and are taken out; too many and too long ones are refused and shown', async () => {
  const { write, words } = await openStory();
  await write({ sentences: ['We attend.', 'It pays.'], up: '1' });
  expect((await words()).summary).toEqual(['It pays.', 'We attend.']);
  await write({ sentences: ['It pays.', 'We attend.'], drop: '0' });
  expect((await words()).summary).toEqual(['We attend.']);
  const many = await write({ sentences: Array.from({ length: 9 }, (_, at) => `Sentence ${at}.`) });
  expect([many.statusCode, many.body]).toEqual([400, expect.stringContaining('at most 8 sentences')]);
  const long = await write({ sentences: 'x'.repeat(601) });
  expect(long.body).toContain('has 601');
  expect(long.body).toContain('x'.repeat(601));
  await write({ sentences: '' });
  expect(await words()).toMatchObject({ summary: [], sentences: [] });
});

test('two curators on one summary: who writes second sees both, and what a button did is not done twice', async () => {
  const { get, write, words, page } = await openStory();
  const seen = seenIn((await get(`${page}?story=1&part=summary`)).body, 'summary-of-1');
  await write({ sentences: ['It pays.'], seen });
  const second = await write({ sentences: ['We attend.', 'It pays.'], drop: '1', seen });
  expect(second.statusCode).toBe(409);
  expect(second.body).toContain('Somebody changed this summary while you did.');
  expect(second.body).toContain('readonly>It pays.</textarea>');
  expect(second.body).toContain('rows="2">We attend.</textarea>');
  expect(second.body).not.toContain('name="drop"');
  const again = seenIn(second.body, '<form');
  await write({ sentences: 'We attend.\r\nIt pays.', seen: again });
  expect((await words()).summary).toEqual(['We attend.', 'It pays.']);
  // The same twice is no conflict.
  expect((await write({ sentences: ['We attend.', 'It pays.'], seen })).statusCode).toBe(303);
});

test('a note goes to readers of letter and archive, escaped, and an alternative text stays with the picture', async () => {
  const { get, send, page, db, id } = await openStory();
  await db.run(sql`update items set image_url = 'https://x.example/p.png' where id = 1`);
  expect((await get(`${page}?story=1`)).body).toContain('href="https://x.example/p.png"');
  const note = 'Read the appendix <b>first</b>.';
  await send(`${page}/stories/1/note`, { note: ` ${note}\n`, alt: 'Two curves' });
  const [card] = (await loadIssueContent(db, id)).cards;
  expect(card).toMatchObject({ note, imageAlt: 'Two curves' });
  const { body } = await get(`${page}/letter`);
  expect(body).toContain('Editors’ note:');
  expect(body).toContain('Read the appendix &lt;b&gt;first&lt;/b&gt;.');
  expect((await get(`${page}/letter?look=text`)).body).toContain(`Editors’ note: ${note}`);
  const seen = seenIn((await get(`${page}?story=1`)).body, 'note-of-1');
  await send(`${page}/stories/1/note`, { note: '', alt: '' });
  const late = await send(`${page}/stories/1/note`, { note: 'Mine', alt: '', seen });
  expect([late.statusCode, late.body]).toEqual([409, expect.stringContaining('rows="2">Mine</textarea>')]);
  expect((await loadIssueContent(db, id)).cards[0]).not.toHaveProperty('note');
});

test('what a curator wrote is left alone by the model, by a split and by the sorter', async () => {
  const { db, id, write, words } = await openStory();
  await write({ sentences: 'Mine.', own: 'yes' });
  await saveSummary(db, { issueId: id, storyId: 1, sentences: [], at: testNow });
  await askToUnderstand(db, [1], testNow);
  expect((await words()).summary).toEqual(['Mine.']);
});

test('a story of the rest of the week is taken up when somebody writes its summary', async () => {
  const { db, id, write, words } = await openStory();
  await db.run(sql`
    insert into issue_pool (issue_id, story_id, position, section, card, hash)
    select issue_id, story_id, 1, section, '{"summary": ["Text."]}', 'x' from issue_stories where story_id = 3 and issue_id = ${id}`);
  await db.run(sql`delete from issue_stories where story_id = 3`);
  await write({ sentences: ['Text.', 'More.'], own: 'yes' }, 3);
  expect((await words(3)).summary).toEqual(['Text.', 'More.']);
  expect((await write({ sentences: 'x' }, 99)).statusCode).toBe(404);
});
