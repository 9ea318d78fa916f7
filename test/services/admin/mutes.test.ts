// "Never from this source" and "mute these words": beside a story, in drafts and pools to come, and taken back.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { listAudit } from '../../../core/store/curators.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { listMutedWords } from '../../../core/store/muted-words.ts';
import { seedIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

async function openIssue() {
  const desk = await openDesk();
  const id = await seedIssue(desk.db);
  const titles = async () => (await loadIssueContent(desk.db, id)).cards.map(({ title }) => title);
  return { ...desk, id, page: `/desk/issues/${id}`, titles };
}

test('words are muted beside a story: what says them is rejected, the pool is put together again, undo brings the stories back', async () => {
  const { send, get, db, id, page, titles, enqueued } = await openIssue();
  await db.run(sql`update issues set pool = '{"count": 1, "hash": "x", "sections": []}'`);
  const answer = await send(`${page}/mute-words?story=1&part=sources`, { words: ' attention\npays ' });
  expect(answer.headers.location).toBe(`${page}?story=1#story-1`);
  expect(await titles()).not.toContain('Attention pays');
  expect(await listMutedWords(db)).toMatchObject([{ words: 'attention pays', by: 'Olga' }]);
  expect(await enqueued()).toContain(`issue.pool {"issueId":${id}}`);
  const { body } = await get(page);
  expect(body).toContain('Olga rejected “Attention pays”');
  const edit = /id="undo"[\s\S]*?name="edit" value="(\d+)"/.exec(body)![1]!;
  await send(`${page}/undo`, { edit });
  expect(await titles()).toContain('Attention pays');
  const list = await get('/desk/muted');
  expect(list.body).toContain('“attention pays”');
  await send('/desk/muted/take-back', { id: '1' });
  expect(await listMutedWords(db)).toEqual([]);
  expect((await get('/desk/muted')).body).toContain('No words are muted.');
  expect((await send('/desk/muted/take-back', { id: '1' })).statusCode).toBe(404);
});

test.each([['x'], ['***'], ['y'.repeat(81)], ['']])('%j are no words to mute', async (words) => {
  const { send, page, db } = await openIssue();
  expect((await send(`${page}/mute-words`, { words })).statusCode).toBe(400);
  expect(await listMutedWords(db)).toEqual([]);
});

test('a source is muted after a question, and the story says why it is out and where to take it back', async () => {
  const { send, get, page, titles, db } = await openIssue();
  expect((await get(`${page}?story=2&part=sources`)).body).toContain('never from Evil &lt;b&gt;Blog&lt;/b&gt;');
  const asked = await send(`${page}/mute-source?story=2`, { source: '3' });
  expect([asked.statusCode, asked.body]).toEqual([409, expect.stringContaining('Never again from Evil &lt;b&gt;Blog')]);
  expect(await titles()).toHaveLength(3);
  const answer = await send(`${page}/mute-source?story=2`, { source: '3', anyway: 'mute 3' });
  expect(answer.headers.location).toBe(`${page}?story=2#story-2`);
  expect(await titles()).toHaveLength(2);
  expect((await get(`${page}?story=2`)).body).toContain('(muted)');
  expect((await get('/desk/muted')).body).toContain('href="/desk/sources/3"');
  expect(await listAudit(db, 'source 3')).toMatchObject([{ action: 'mute', before: { muted: false }, after: { muted: true } }]); // prettier-ignore
  expect((await send(`${page}/mute-source`, { source: '99' })).statusCode).toBe(404);
});
