// What pages say of a paper that was taken back, and of what went wrong, to whoever looks at them.
import { expect, test } from 'vitest';
import { sql } from '../../core/db.ts';
import { openDesk, openBrowser } from './admin/open-desk.ts';
import { openApp } from './open-app.ts';
import { seedIssue, seedSentIssue } from './seed-issue.ts';

test('the first page marks a story whose paper was withdrawn, also after it was shown without', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  expect((await app.inject('/')).body).not.toContain('ithdrawn');
  await db.run(sql`update items set withdrawn = true where id = 1`);
  expect((await app.inject('/')).body).toContain('<strong>withdrawn</strong>');
  await db.run(sql`update items set withdrawn = false where id = 1`);
  expect((await app.inject('/')).body).not.toContain('ithdrawn');
});

test('the Atom feed says it in the summary of the entry and beside the story', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  expect((await app.inject('/feed.xml')).body).not.toContain('ithdrawn');
  await db.run(sql`update items set withdrawn = true where id = 1`);
  const { body } = await app.inject('/feed.xml');
  expect(body).toContain('<summary>Withdrawn by the authors: Attention pays. First paragraph.');
  expect(body).toContain('&lt;strong&gt;withdrawn&lt;/strong&gt;');
  // The second paper of the issue was not.
  expect(body.match(/&lt;strong&gt;withdrawn/g)).toHaveLength(1);
});

test('the desk of a draft says which stories are out of the letter because they were withdrawn', async () => {
  const desk = await openDesk();
  const id = await seedIssue(desk.db);
  expect((await desk.get(`/desk/issues/${id}`)).body).not.toContain('Withdrawn by the authors');
  await desk.db.run(sql`update items set withdrawn = true where id = 1`);
  const { body } = await desk.get(`/desk/issues/${id}`);
  expect(body).toContain('Withdrawn by the authors, and out of the letter: Attention pays.');
  expect(body).toContain('not in the letter</span>');
  expect((await desk.get(`/desk/issues/${id}?story=1`)).body).toContain('withdrawn by its authors');
});

test('a bad form at the desk is answered in the frame of the desk, one of a reader in that of the site', async () => {
  const desk = await openDesk();
  const refused = await desk.send('/desk/sources', { kind: 'feed', url: '' });
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain('action="/desk/sign-out"');
  expect(refused.body).toContain('<a href="/desk">To the desk</a>');
  expect((await desk.get('/desk/issues/999')).body).toContain('action="/desk/sign-out"');
  const reader = await openBrowser(desk.app).sendFrom('/subscribe', '/subscribe', { email: 'nobody' });
  expect(reader.statusCode).toBe(400);
  expect(reader.body).not.toContain('/desk');
});

test('a sign-in link that is over leads to where a new one is asked for', async () => {
  const { app } = await openApp();
  const { statusCode, body } = await app.inject('/desk/enter/over');
  expect(statusCode).toBe(404);
  expect(body).toContain('<a href="/desk/sign-in">Ask for a new one</a>');
});

test('who asked for mails is led to the outbox only where they may open it', async () => {
  const here = await openApp({ PUBLIC_URL: 'http://localhost:3000' });
  const pages = { url: '/subscribe/asked', remoteAddress: '127.0.0.1' };
  expect((await here.app.inject(pages)).body).toContain('<a href="/outbox">');
  const passedOn = await here.app.inject({ ...pages, headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(passedOn.body).not.toContain('/outbox');
  expect((await (await openApp()).app.inject(pages)).body).not.toContain('/outbox');
  const mailed = await openApp({ PUBLIC_URL: 'http://localhost:3000', SMTP_URL: 'smtp://127.0.0.1:1' });
  expect((await mailed.app.inject(pages)).body).not.toContain('/outbox');
});
