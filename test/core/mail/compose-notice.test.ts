// Single mails are written from core alone, so that whoever may plan one may see what it will say.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticeComposer } from '../../../core/mail/compose-notice.ts';
import { parseConfig } from '../../../core/config.ts';
import { raw, sql } from '../../../core/db.ts';
import { noticeNames, type NoticeKind } from '../../../core/mail/notice-kinds.ts';
import { countDueNotices, leaseNotices, planNotice } from '../../../core/store/notices.ts';
import { testDatabase } from '../../database.ts';

const now = new Date('2026-11-20T12:00:00Z');
const house = (db: Awaited<ReturnType<typeof testDatabase>>) => ({
  config: parseConfig({ PUBLIC_URL: 'https://news.example.org' }),
  db,
  now: () => now,
});

test('each row has the file that says its words, and there are no others', () => {
  const files = readdirSync(new URL('../../../core/mail/notices/', import.meta.url));
  expect(files.toSorted()).toEqual(noticeNames.map((kind) => `${kind}.ts`).toSorted());
});

test.each(noticeNames)('%s: to nobody nothing is written', async (kind) => {
  const db = await testDatabase();
  await planNotice(db, { kind, email: 'nobody@example.org', at: now });
  const [notice] = await leaseNotices(db, { now, limit: 1, holder: 'me' });
  expect(await noticeComposer(house(db))(notice!)).toBeUndefined();
});

test('a mail is written for who is there', async () => {
  const db = await testDatabase();
  await db.run(sql`insert into readers (email, token) values ('ada@example.org', 'token-of-ada')`);
  await planNotice(db, { kind: 'confirm', email: 'ada@example.org', at: now });
  const [notice] = await leaseNotices(db, { now, limit: 1, holder: 'me' });
  const mail = await noticeComposer(house(db))(notice!);
  expect(mail?.subject).toBe('Confirm your subscription to Courant');
  expect(mail?.html).toContain('https://news.example.org/confirm/token-of-ada?lang=en');
});

test('what a newer program planned is left to it', async () => {
  const db = await testDatabase();
  // Put back as it was: other files of this worker use the same database.
  const check = await db.row<{ text: string }>(
    sql`select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'notices_kind_check'`,
  );
  await db.run(sql`alter table notices drop constraint notices_kind_check`);
  try {
    await planNotice(db, { kind: 'of-tomorrow' as NoticeKind, email: 'ada@example.org', at: now });
    expect(await countDueNotices(db, now)).toBe(0);
    expect(await leaseNotices(db, { now, limit: 1, holder: 'me' })).toEqual([]);
  } finally {
    await db.run(sql`delete from notices`);
    await db.run(raw(`alter table notices add constraint notices_kind_check ${check!.text}`));
  }
});
