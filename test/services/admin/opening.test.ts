// The subject and the intro of an issue at its desk, and what of its sources only a curator is told.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
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
