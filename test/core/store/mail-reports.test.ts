// Reports on letters: many at once are written as they would be one by one, in as many statements as one takes.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { recordProviderReports, recordReports, type ReportKind } from '../../../core/store/mail-reports.ts';
import { testDatabase } from '../../database.ts';
import { watchDatabase } from '../../watch-database.ts';

const at = new Date('2026-11-21T08:00:00Z');
const [readers, issues] = [40, 3];
let db: Database;

/** Letters 1 to 40 are of the first issue, in the order of their readers, 41 to 80 of the second ... */
beforeEach(async () => {
  db = await testDatabase();
  await db.run(sql`
    insert into readers (email, status, token) select 'reader' || n || '@example.org', 'active', 'token-' || n
    from generate_series(1, ${readers}::int) as n`);
  await db.run(sql`
    insert into issues (number, slug, week, title, status, content, content_hash, approved_by, approved_hash, approved_at, send_at)
    select n, 'issue-' || n, date '2026-11-02' + 7 * n, 'Issue', 'sent', '{}', 'h', 'C', 'h', ${at}, ${at}
    from generate_series(1, ${issues}::int) as n`);
  await db.run(sql`insert into stories (first_seen, changed_at) values (${at}, ${at})`);
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, state, content_hash, message_id, changed_at)
    select issues.id, readers.id, 'submitted', 'h', '<delivery-' || ((issues.id - 1) * ${readers}::int + readers.id) || '.x@example.org>', ${at}
    from issues, readers order by issues.id, readers.id`);
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at)
    select reader_id, 1, issue_id, 1, ${at} from deliveries`);
});

const report = (deliveryId: number, kind: ReportKind) => ({ deliveryId, kind, status: '5.1.1', at });
const states = async (ids: number[]) =>
  (await db.rows<{ state: string }>(sql`select state from deliveries where id = any(${ids}) order by id`)).map(({ state }) => state); // prettier-ignore
const statusOf = async (id: number) =>
  (await db.row<{ status: string }>(sql`select status from readers where id = ${id}`))!.status;

/** The same database, whose statements are counted. */
function counted(): { db: Database; count: () => number } {
  let count = 0;
  return { db: watchDatabase(db, { before: () => void count++ }), count: () => count };
}

test('forty events of a provider take as many statements as one', async () => {
  const event = (n: number) => ({ messageId: null, email: `Reader${n}@example.org `, kind: 'hard' as const, status: '5.1.1', at }); // prettier-ignore
  const one = counted();
  expect(await recordProviderReports(one.db, [event(1)])).toBe(1);
  const many = counted();
  const events = Array.from({ length: 39 }, (_, index) => event(index + 2));
  expect(await recordProviderReports(many.db, [...events, ...events])).toBe(39);
  expect(many.count()).toBe(one.count());
  expect(await db.row(sql`select count(*)::int as count from suppressions`)).toEqual({ count: readers });
  // Each the newest letter of its reader.
  expect(new Set(await states([81, 100, 120]))).toEqual(new Set(['bounced']));
  expect(new Set(await states([1, 41, 80]))).toEqual(new Set(['submitted']));
});

test('a Message-ID comes before the address, and one that is not ours counts for nothing', async () => {
  const named = { email: 'reader5@example.org', kind: 'soft' as const, status: '4.2.2', at };
  await recordProviderReports(db, [
    { ...named, messageId: '<delivery-2.x@example.org>' },
    { ...named, messageId: '<delivery-3.forged@example.org>' },
    { ...named, email: 'nobody@example.org', messageId: '<x@example.org>' },
  ]);
  expect(await db.rows(sql`select delivery_id from mail_reports order by id`)).toEqual([
    { deliveryId: 2 },
    { deliveryId: 85 },
  ]);
});

test('a bounce and a complaint about one letter in one batch: complained, and what it showed is new again', async () => {
  expect(await recordReports(db, [report(1, 'hard'), report(1, 'complaint'), report(1, 'hard')])).toBe(2);
  expect([await statusOf(1), await states([1])]).toEqual(['complained', ['complained']]);
  expect(await db.rows(sql`select issue_id from exposures where reader_id = 1 order by issue_id`)).toEqual([{ issueId: 2 }, { issueId: 3 }]); // prettier-ignore
});

test('soft bounces end a subscription with the third letter in a row, in one batch or in several', async () => {
  await recordReports(db, [report(1, 'soft'), report(41, 'soft'), report(81, 'soft'), report(2, 'soft')]);
  await recordReports(db, [report(42, 'soft')]);
  expect([await statusOf(1), await statusOf(2)]).toEqual(['bounced', 'active']);
  await recordReports(db, [report(82, 'soft')]);
  expect(await statusOf(2)).toBe('bounced');
});
