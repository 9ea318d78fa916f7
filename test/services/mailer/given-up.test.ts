// A mailbox that is full for days, issue after issue: given up each time, and after three times for good.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { markDeliveries } from '../../../core/store/delivery-marks.ts';
import type { Attempt } from '../../../core/store/mail-attempts.ts';
import { countReports } from '../../../core/store/mail-reports.ts';
import { testDatabase } from '../../database.ts';
import { sendAt } from './sending-fixture.ts';

const daysAfter = (days: number): Date => new Date(sendAt.getTime() + days * 24 * 3_600_000);

/** One reader, and a letter of each of three issues; `giveUp` tries one for the last time. */
async function scene() {
  const db = await testDatabase();
  await db.run(sql`insert into readers (email, status, token) values ('ada@example.org', 'active', 'token-1')`);
  await db.run(sql`
    insert into issues (number, slug, week, title) select n, 'w' || n, date '2026-11-16' + 7 * n, 'x' from generate_series(1, 3) as n`);
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, content_hash, state, holder)
    select id, 1, 'x', 'leased', 'us' from issues`);
  const giveUp = (id: number, attempt: Attempt) =>
    markDeliveries(db, { issueId: id, holder: 'us', now: daysAfter(5), begins: [], tried: [{ id, attempts: 9, firstTriedAt: sendAt, attempt, messageId: null, storyIds: [] }] }); // prettier-ignore
  return { db, giveUp };
}

const readerOf = (db: Database) =>
  db.row(sql`
  select status, (select reason from suppressions where suppressions.email = readers.email) as suppressed from readers`);
const full: Attempt = { outcome: 'deferred', reason: 'mailbox-for-now', reply: '452 4.2.2 mailbox full' };

test('three in a row end the mail', async () => {
  const { db, giveUp } = await scene();
  for (const id of [1, 2]) {
    await giveUp(id, full);
    expect(await readerOf(db)).toEqual({ status: 'active', suppressed: null });
  }
  await giveUp(3, full);
  expect(await readerOf(db)).toEqual({ status: 'bounced', suppressed: 'bounced' });
  expect(await db.rows(sql`select state, reason from deliveries order by id`)).toEqual(
    [1, 2, 3].map(() => ({ state: 'failed', reason: 'expired' })),
  );
  // No server took any, so that none came back.
  expect(await countReports(db, 1)).toEqual([]);
});

test('one that was taken between them begins anew', async () => {
  const { db, giveUp } = await scene();
  await giveUp(1, full);
  await db.run(sql`update deliveries set state = 'submitted' where id = 2`);
  await giveUp(3, full);
  expect(await readerOf(db)).toEqual({ status: 'active', suppressed: null });
});

test.each<Attempt>([
  { outcome: 'throttled', reason: 'rate', reply: '450 slow down' },
  { outcome: 'deferred', reason: 'connection', reply: 'the server closed the connection' },
])('what is about us, or our server, says nothing of a mailbox: $reply', async (attempt) => {
  const { db, giveUp } = await scene();
  for (const id of [1, 2, 3]) await giveUp(id, attempt);
  expect(await readerOf(db)).toEqual({ status: 'active', suppressed: null });
});
