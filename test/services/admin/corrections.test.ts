// A sent issue is corrected in the archive by a dated note; what was sent stays as it was.
import { expect, test } from 'vitest';
import { hashContent } from '../../../core/content-hash.ts';
import { listAudit } from '../../../core/store/curators.ts';
import { issueById } from '../../../core/store/issues.ts';
import { seedIssue, seedSentIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

const words = 'The talk is by <b>Ada</b>, not by Bob.';

test('the note stands above the issue with its date, on the page and in its text twin, and the content is the one that was sent', async () => {
  const { send, get, db } = await openDesk();
  const id = await seedSentIssue(db);
  // Shown before, so that a page that is kept would show the old one.
  expect((await get('/issues/2026-w47')).body).not.toContain('Corrected');
  const before = await issueById(db, id);
  expect((await send('/desk/figures/1/correct', { words })).headers.location).toBe('/desk/figures/1#corrections');
  const { body } = await get('/issues/2026-w47');
  expect(body).toContain(
    '<strong>Corrected Fri 20 Nov 2026.</strong> The talk is by &lt;b&gt;Ada&lt;/b&gt;, not by Bob.',
  );
  expect((await get('/issues/2026-w47.md')).body).toContain('Corrected Fri 20 Nov 2026. The talk is by');
  expect((await get('/desk/figures/1')).body).toContain('Fri 20 Nov 2026, Olga.');
  const after = await issueById(db, id);
  expect(hashContent(after!.content)).toBe(hashContent(before!.content));
  expect((await listAudit(db, 'issue No 1'))[0]).toMatchObject({ actor: 'Olga', after: { words } });
});

test('its lines stay lines, and the log leads to its page', async () => {
  const { send, get, db } = await openDesk();
  await seedSentIssue(db);
  await send('/desk/figures/1/correct', { words: 'It is by <i>Ada</i>.\r\n\r\nWe are sorry.' });
  for (const page of ['/issues/2026-w47', '/desk/figures/1'])
    expect((await get(page)).body).toMatch(
      / It is by &lt;i&gt;Ada&lt;\/i&gt;\.\s*<br>\s*(?:<br>\s*)?We are sorry\.<\/p>/,
    );
  expect((await get('/desk/log')).body).toContain('<a href="/desk/figures/1">issue No 1</a>');
});

test('what did not go out is changed at the desk instead, and nothing is no correction', async () => {
  const { send, db } = await openDesk();
  await seedIssue(db);
  expect((await send('/desk/figures/1/correct', { words })).statusCode).toBe(409);
  expect((await send('/desk/figures/1/correct', { words: ' ' })).body).toContain(
    'Say what was wrong, and what is right.',
  );
});
