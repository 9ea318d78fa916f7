// A mail server that says "no such mailbox" to all of a few: nobody is lost before a curator believes it.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { acceptGone, countHeldMailboxes, pauseOf, resumeIssue } from '../../../core/store/sending.ts';
import { expectBalance, scene } from './misbehaving-scene.ts';

const reply = '550 5.1.1 no such user';
const lost = (db: Parameters<typeof countHeldMailboxes>[0]) =>
  db.rows(sql`select email from readers where status <> 'active' union select email from suppressions`);

test.each([5, 24])('to all of %i readers: the issue is paused, and nobody is bounced', async (readers) => {
  const { db, issueId, server, ring } = await scene(({ stage }) => (stage === 'recipient' ? { reply } : undefined), {
    readers,
  });
  await ring();
  expect(await expectBalance(db, issueId, { server, readers })).toMatchObject({ waiting: readers, failed: 0 });
  expect(await pauseOf(db, issueId)).toMatchObject({ by: 'Courant', reason: expect.stringContaining(reply) });
  expect(await lost(db)).toEqual([]);
});

test('to the last few of many: the same', async () => {
  let isIll = false;
  const { db, issueId, server, ring } = await scene(({ stage, recipient }) => {
    if (stage !== 'recipient' || Number(/\d+/.exec(recipient)![0]) <= 22) return undefined;
    return { reply: isIll ? reply : '450 4.2.0 greylisted' };
  });
  await ring();
  isIll = true;
  for (let round = 0; round < 4; round++) await ring(20);
  expect(await expectBalance(db, issueId, { server })).toMatchObject({ submitted: 22, waiting: 8, failed: 0 });
  expect(await pauseOf(db, issueId)).toBeDefined();
  expect(await lost(db)).toEqual([]);
});

test('four of four, with nothing to be seen behind them, are believed', async () => {
  const { db, issueId, server, ring } = await scene(({ stage }) => (stage === 'recipient' ? { reply } : undefined), {
    readers: 4,
  });
  await ring();
  expect(await expectBalance(db, issueId, { server, readers: 4 })).toMatchObject({ waiting: 0, failed: 4 });
});

test('thirty-five that are really gone: a curator says so, and the others get their letters', async () => {
  const { db, issueId, server, clock, ring } = await scene(
    ({ stage, recipient }) =>
      stage === 'recipient' && Number(/\d+/.exec(recipient)![0]) <= 35 ? { reply } : undefined,
    { readers: 60, settings: { MAIL_CONNECTIONS: '1' } },
  );
  await ring();
  expect(await pauseOf(db, issueId)).toBeDefined();
  let accepted = 0;
  for (let round = 0; round < 3; round++) {
    accepted += await acceptGone(db, { issueId, at: clock.now });
    if (await pauseOf(db, issueId)) await resumeIssue(db, issueId);
    await ring(1);
  }
  expect(await countHeldMailboxes(db, issueId)).toBe(0);
  expect(await expectBalance(db, issueId, { server, readers: 60 })).toMatchObject({ submitted: 25, failed: 35 });
  expect(accepted).toBeGreaterThan(20);
  expect(await lost(db)).toHaveLength(35);
  expect(server.asked).toHaveLength(60);
});
