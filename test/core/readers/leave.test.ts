// Who leaves gets one last mail with the way back; who never confirmed, or leaves again on the same day, gets none.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { noticeComposer } from '../../../core/mail/compose-notice.ts';
import { leave } from '../../../core/readers/leave.ts';
import { leaseNotices } from '../../../core/store/notices.ts';
import { readerById } from '../../../core/store/readers.ts';
import { resubscribeReader } from '../../../core/store/subscriptions.ts';
import { testDatabase } from '../../database.ts';
import { testHouse } from '../../services/mailer/sending-fixture.ts';

const at = new Date('2026-11-20T12:00:00Z');
const leaving = { readerId: 1, wording: 'List-Unsubscribe=One-Click', address: null, at };

async function withReader(status: string, lang: string | null = null) {
  const db = await testDatabase();
  await db.run(sql`
    insert into readers (email, status, confirmed_at, token, lang)
    values ('ada@example.org', ${status}, ${at}, 'token-of-ada', ${lang})`);
  return { db, ...testHouse(db, { PUBLIC_URL: 'https://news.example.org' }) };
}

const noticesIn = (db: Database) => db.rows(sql`select kind, email from notices order by id`);

test.each(['active', 'paused'])('a reader who was %s is told, with a link that brings them back', async (status) => {
  const { db, house, enqueued } = await withReader(status, 'de');
  expect(await leave(house, leaving)).toBe(true);
  expect(enqueued).toEqual(['notices.send']);
  const [notice] = await leaseNotices(db, { now: at, limit: 1, holder: 'me' });
  const mail = await noticeComposer(house)(notice!);
  expect(mail?.subject).toBe('Sie bekommen Courant nicht mehr');
  // The links of the mails so far ended; this one is of the reader's new token.
  const { token } = (await readerById(db, 1))!;
  expect(token).not.toBe('token-of-ada');
  expect(mail?.html).toContain(`https://news.example.org/unsubscribe/${token}`);
});

test('who comes back and leaves again on the same day is told once, and again the day after', async () => {
  const { db, house, enqueued } = await withReader('active');
  await leave(house, leaving);
  expect(await leave(house, leaving)).toBe(false);
  await resubscribeReader(db, { ...leaving, wording: 'Undo' });
  expect(await leave(house, { ...leaving, at: new Date(at.getTime() + 3_600_000) })).toBe(true);
  expect(await noticesIn(db)).toEqual([{ kind: 'goodbye', email: 'ada@example.org' }]);
  await resubscribeReader(db, { ...leaving, wording: 'Undo' });
  await leave(house, { ...leaving, at: new Date(at.getTime() + 90_000_000) });
  expect(await noticesIn(db)).toHaveLength(2);
  expect(enqueued).toEqual(['notices.send', 'notices.send']);
});

test('who came back before it was sent gets none, nor who never confirmed, nor whose address takes no mail', async () => {
  const { db, house } = await withReader('active');
  await leave(house, leaving);
  const [notice] = await leaseNotices(db, { now: at, limit: 1, holder: 'me' });
  await resubscribeReader(db, { ...leaving, wording: 'Undo' });
  expect(await noticeComposer(house)(notice!)).toBeUndefined();
  await leave(house, { ...leaving, at: new Date(at.getTime() + 1) });
  await db.run(sql`insert into suppressions (email, reason, at) values ('ada@example.org', 'complained', ${at})`);
  expect(await noticeComposer(house)(notice!)).toBeUndefined();

  const pending = await withReader('pending');
  expect(await leave(pending.house, leaving)).toBe(true);
  expect(await noticesIn(pending.db)).toEqual([]);
});
