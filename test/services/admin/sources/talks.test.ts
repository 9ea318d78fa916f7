// `/desk/talks`: a talk without a transcript gets the captions that a curator pastes.
import { expect, test } from 'vitest';
import { listAudit } from '../../../../core/store/curators.ts';
import { dueTranscripts, saveTranscript, pauseHost } from '../../../../core/store/transcripts.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

const captions = `WEBVTT\n\n00:01.000 --> 00:02.000\n${'Words & more. '.repeat(20_000)}`;

async function openWithTalk(role: 'editor' | 'reviewer' = 'editor') {
  const desk = await openDesk(role);
  await seedIssue(desk.db);
  await saveTranscript(desk.db, 2, { state: 'failed', reason: 'YouTube said nothing', nextAt: null });
  return desk;
}

test('a talk stands there with the reason and the next try, and the host that is left alone', async () => {
  const { get, db } = await openWithTalk();
  await pauseHost(db, { host: 'www.youtube.com', now: testNow });
  const { body } = await get('/desk/talks');
  expect(body).toContain('Attention, the talk');
  expect(body).toContain('YouTube said nothing');
  expect(body).toContain('www.youtube.com has refused us and is left alone until Fri 20 Nov 2026, 12:30');
});

test('captions longer than any other form are taken, noted and enqueued for', async () => {
  const { send, db, enqueued, get } = await openWithTalk();
  const answer = await send('/desk/items/2/captions', { captions });
  expect(answer.headers.location).toBe('/desk/talks?said=given');
  expect(await enqueued()).toEqual(['transcripts.fetch {}']);
  expect(await dueTranscripts(db, testNow, 1)).toMatchObject([{ itemId: 2, captions }]);
  expect(await listAudit(db, 'item 2')).toMatchObject([{ actor: 'Olga', action: 'give captions' }]);
  expect((await get('/desk/talks?said=given')).body).toContain('waiting for its turn');
});

test.each([
  ['2', 'Dear editor', 400],
  ['2', '', 400],
  ['2', `WEBVTT${' '.repeat(4_000_000)}`, 400],
  ['2', `WEBVTT${' '.repeat(13_000_000)}`, 413],
  ['1', captions, 404],
  ['999', captions, 404],
])('item %s with other text or none is refused', async (id, text, status) => {
  const { send, enqueued } = await openWithTalk();
  expect((await send(`/desk/items/${id}/captions`, { captions: text })).statusCode).toBe(status);
  expect(await enqueued()).toEqual([]);
});

test('a reviewer looks and gives nothing', async () => {
  const { send, get } = await openWithTalk('reviewer');
  expect((await get('/desk/talks')).body).not.toContain('<textarea');
  expect((await send('/desk/items/2/captions', { captions })).statusCode).toBe(403);
});
