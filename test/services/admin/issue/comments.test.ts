// Comments: reviewers and editors talk about a story and the opening; nothing of the issue changes, and readers see none of it.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import { addComment } from '../../../../core/store/comments.ts';
import { addCurator, listAudit, type Role } from '../../../../core/store/curators.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

async function openIssue(role: Role) {
  const desk = await openDesk(role);
  const id = await seedIssue(desk.db);
  return { ...desk, id, page: `/desk/issues/${id}` };
}

test('a reviewer comments on a story and on the opening, and the approval that stands for the content stays', async () => {
  const { db, send, get, id, page } = await openIssue('reviewer');
  const hash = hashContent(await loadIssueContent(db, id));
  const answer = await send(`${page}/comments?story=1&pane=story`, {
    story: '1',
    words: 'Is <this> new?\r\nI doubt it.',
  });
  expect(answer.headers.location).toBe(`${page}?story=1&pane=story#story-1`);
  await send(`${page}/comments`, { words: 'A good week.' });
  const story = (await get(`${page}?story=1`)).body;
  expect(story).toContain('Is &lt;this&gt; new?<br>I doubt it.');
  expect(story).not.toContain('A good week.');
  const opening = (await get(page)).body;
  expect(opening).toContain('A good week.');
  expect(opening).toMatch(/Not settled yet: <a href="[^"]*story=1[^"]*#comments" dir="auto">Attention pays<\/a>/);
  expect(hashContent(await loadIssueContent(db, id))).toBe(hash);
  expect(await listAudit(db, `issue ${id}`)).toMatchObject([
    { action: 'comment on the opening', after: { words: 'A good week.' } },
    { action: 'comment on story 1' },
  ]);
});

test.each([
  ['no words', { words: '  ' }, 400],
  ['too many', { words: 'x'.repeat(1001) }, 400],
  ['a story that the issue does not have', { words: 'Hm.', story: '99' }, 404],
])('%s are refused, with what was typed', async (_what, fields, status) => {
  const { send, page, db } = await openIssue('reviewer');
  const answer = await send(`${page}/comments`, fields);
  expect(answer.statusCode).toBe(status);
  expect(await db.rows(sql`select 1 from comments`)).toEqual([]);
});

test('an editor settles every comment, a reviewer their own, and nobody one of another issue', async () => {
  for (const role of ['editor', 'reviewer'] as const) {
    const { db, send, get, id, page } = await openIssue(role);
    const ben = await addCurator(db, { email: 'ben@desk.example', name: 'Ben', role: 'editor' });
    await addComment(db, { issueId: id, storyId: 1, curator: ben, words: 'Why first?', at: testNow });
    await send(`${page}/comments`, { story: '1', words: 'For the talk.' });
    const buttons = (await get(`${page}?story=1`)).body.match(/>Settled<\/button>/g);
    expect(buttons).toHaveLength(role === 'editor' ? 2 : 1);
    expect((await send(`${page}9/comments/1/settle`)).statusCode).toBe(409);
    expect((await send(`${page}/comments/1/settle`)).statusCode).toBe(role === 'editor' ? 303 : 409);
    expect((await send(`${page}/comments/2/settle`)).statusCode).toBe(303);
    expect((await send(`${page}/comments/2/settle`)).statusCode).toBe(409);
    const settled = await db.rows(sql`select id from comments where settled_by = 'Olga' order by id`);
    expect(settled).toEqual(role === 'editor' ? [{ id: 1 }, { id: 2 }] : [{ id: 2 }]);
  }
});

test('what was said of a story that is joined to another is said of that one, and stays when the join is undone', async () => {
  const { db, send, get, page } = await openIssue('editor');
  await send(`${page}/comments`, { story: '2', words: 'Check the numbers.' });
  expect((await send('/desk/stories/1/join', { other: '2' })).statusCode).toBe(303);
  expect((await get(`${page}?story=1`)).body).toContain('Check the numbers.');
  const decision = await db.row<{ id: number }>(sql`select id from story_decisions`);
  expect((await send('/desk/stories/1/undo', { decision: String(decision!.id) })).statusCode).toBe(303);
  expect(await db.rows(sql`select words from comments`)).toEqual([{ words: 'Check the numbers.' }]);
});

test('the site shows none of it', async () => {
  const { db, get, id } = await openIssue('editor');
  const ben = await addCurator(db, { email: 'ben@desk.example', name: 'Ben', role: 'reviewer' });
  await addComment(db, { issueId: id, storyId: 1, curator: ben, words: 'Unsayable', at: testNow });
  for (const path of [`/desk/issues/${id}/archive`, `/desk/issues/${id}/letter`, '/stories/1'])
    expect((await get(path)).body).not.toContain('Unsayable');
});
