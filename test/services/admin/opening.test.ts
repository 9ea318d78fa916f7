// The subject and the intro of an issue at its desk, and what of its sources only a curator is told.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { issueById } from '../../../core/store/issues.ts';
import { seedIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

test('the subject is saved beside the intro, on one line, and an empty one is refused', async () => {
  const { send, get, db } = await openDesk();
  const id = await seedIssue(db);
  await send(`/desk/issues/${id}/intro`, { title: ' Bees <b>\n count ', intro: 'One.' });
  expect(await issueById(db, id)).toMatchObject({ title: 'Bees <b> count', intro: 'One.' });
  expect((await get(`/desk/issues/${id}`)).body).toContain('value="Bees &lt;b&gt; count"');
  expect((await send(`/desk/issues/${id}/intro`, { title: '  ', intro: 'Two.' })).statusCode).toBe(400);
  expect((await issueById(db, id))!.intro).toBe('One.');
});

test('the desk says which sources are late or broken, the letter does not', async () => {
  const { get, db } = await openDesk();
  const id = await seedIssue(db);
  await db.run(sql`update sources set health = case id when 1 then 'late' else 'broken' end`);
  const { body } = await get(`/desk/issues/${id}`);
  expect(body).toContain('Late: arXiv cs.CL. Could not be read: Evil &lt;b&gt;Blog&lt;/b&gt; and Talks.');
  expect((await get(`/desk/issues/${id}/letter`)).body).not.toContain('Could not be read');
});

test('preheader, number and day are the curator’s, in letter, list and archive', async () => {
  const { send, get, db } = await openDesk();
  const id = await seedIssue(db);
  const page = `/desk/issues/${id}`;
  const fields = {
    title: 'Bees',
    intro: 'A *week* of [bees](https://bees.example/).',
    preheader: ' What bees\n do ',
    number: '47',
    date: '2026-11-23',
  };
  expect((await send(`${page}/intro`, fields)).statusCode).toBe(303);
  expect(await loadIssueContent(db, id)).toMatchObject({
    preheader: 'What bees do',
    number: 47,
    date: '2026-11-23',
    introIsMarkdown: true,
  });
  const { body } = await get(`${page}/letter`);
  for (const words of [
    'What bees do',
    'No 47, Mon 23 Nov 2026',
    '<em>week</em>',
    '<a href="https://bees.example/" class="go"',
  ])
    expect(body).toContain(words);
  expect((await get(`${page}/letter?look=text`)).body).toContain('A week of bees (https://bees.example/).');
  expect((await get(`${page}/archive`)).body).toContain(
    '<p>A <em>week</em> of <a href="https://bees.example/">bees</a>.</p>',
  );
  expect((await get(page)).body).toContain('name="preheader" value="What bees do"');
});

test.each([
  ['a number that is none', { number: '0' }, [400, 'The number is a whole number from 1.']],
  ['a number that another issue has', { number: '9' }, [409, '“Nine” is No 9 already']],
  ['a day that is none', { date: '2026-02-30' }, [400, 'Choose the day that the issue is dated.']],
  ['a preheader of a page', { preheader: 'x'.repeat(301) }, [400, 'The preheader may have at most 300 characters']],
])('%s is refused at its words, and what was typed is shown', async (_what, wrong, [status, says]) => {
  const { send, db } = await openDesk();
  const id = await seedIssue(db);
  await db.run(sql`insert into issues (number, slug, week, title) values (9, 'nine', '2026-01-05', 'Nine')`);
  const answer = await send(`/desk/issues/${id}/intro`, { title: 'T', intro: 'Kept.', ...wrong });
  expect([answer.statusCode, answer.body]).toEqual([status, expect.stringContaining(String(says))]);
  expect(answer.body).toContain('Kept.</textarea>');
});

test('the intro is previewed as it is typed, and nothing is saved by it', async () => {
  const { send, db } = await openDesk();
  const id = await seedIssue(db);
  const { body } = await send(`/desk/issues/${id}/intro/preview`, { intro: 'A **week** <i>.' });
  expect(body).toBe('<p>A <strong>week</strong> &lt;i&gt;.</p>');
  expect((await issueById(db, id))!.intro).toBe('First paragraph.\n\nSecond <i>paragraph</i>.');
});
