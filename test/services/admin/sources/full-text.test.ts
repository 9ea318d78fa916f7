// Whole articles of a feed are read when a curator allows it on the page of the source, and no longer when it is taken back.
import { expect, test } from 'vitest';
import { listAudit } from '../../../../core/store/curators.ts';
import { sourceById } from '../../../../core/store/sources.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

test('allowed and taken back', async () => {
  const { db, send, get, enqueued } = await openDesk('editor');
  await seedIssue(db);
  expect((await get('/desk/sources/3')).body).toContain('Read whole articles');
  const answer = await send('/desk/sources/3/full-text', { articles: 'whole' });
  expect(answer.headers.location).toBe('/desk/sources/3?said=saved');
  expect((await sourceById(db, 3))!.options).toEqual({ fullText: true });
  expect(await enqueued()).toEqual(['texts.fetch {}']);
  expect(await listAudit(db, 'source 3')).toMatchObject([{ actor: 'Olga', action: 'allow whole articles' }]);
  expect((await get('/desk/sources/3')).body).toContain('Keep to teasers');
  await send('/desk/sources/3/full-text', { articles: 'teasers' });
  expect((await sourceById(db, 3))!.options).toEqual({});
});

test.each([
  ['editor', '1', 404],
  ['editor', '99', 404],
  ['reviewer', '3', 403],
] as const)('an %s asks it of source %s: %i', async (role, id, status) => {
  const { db, send } = await openDesk(role);
  await seedIssue(db);
  expect((await send(`/desk/sources/${id}/full-text`, { articles: 'whole' })).statusCode).toBe(status);
});
