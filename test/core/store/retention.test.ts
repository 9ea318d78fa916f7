// What was kept long enough goes in bites; what the ledger and "never the same story twice" need stays.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { forgetOld } from '../../../core/store/retention.ts';
import { testDatabase } from '../../database.ts';
import { seedSentIssue } from '../../services/seed-issue.ts';

const keeping = {
  picksDays: 90,
  exposuresDays: 730,
  clicksDays: 90,
  answersDays: 730,
  noticesDays: 30,
  rendersDays: 30,
};
const never = new AbortController().signal;
const sentAt = new Date('2026-11-20T11:05:00Z');
const after = (days: number): Date => new Date(sentAt.getTime() + days * 86_400_000);
const forget = (now: Date, stop = never) => forgetOld(db, { keeping, now, stop });

let db: Database;
let issueId: number;

beforeEach(async () => {
  db = await testDatabase();
  issueId = await seedSentIssue(db);
  await db.run(sql`update items set created_at = ${sentAt}, updated_at = ${sentAt}`);
  await db.run(sql`
    insert into readers (email, token) select n || '@readers.example', 'token-' || n from generate_series(1, 2500) as n`);
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    select ${issueId}, id, 'hash', '[]', '{}', 'test' from readers`);
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at) select id, 1, ${issueId}, 1, ${sentAt} from readers`);
  await db.run(sql`
    insert into clicks (reader_id, issue_id, story_id, at) select id, ${issueId}, 1, ${sentAt} from readers`);
  await db.run(sql`
    insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, by_lot, at)
    values (1, ${issueId}, 1, 3, 0, true, ${sentAt})`);
  await db.run(sql`
    insert into notices (kind, email, mailbox, state, created_at)
    select 'confirm', email, email, case when id = 1 then 'planned' else 'submitted' end, ${sentAt} from readers`);
  await db.run(sql`
    insert into renders (issue_id, content_hash, part, html, text) values (${issueId}, 'hash', 'skeleton', '', '')`);
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, state, content_hash) select ${issueId}, id, 'submitted', 'hash' from readers`);
});

test.each([
  [29, {}],
  [31, { notices: 2499, renders: 1 }],
  [91, { notices: 2499, renders: 1, clicks: 2500, picks: 2500 }],
  [731, { notices: 2499, renders: 1, clicks: 2500, picks: 2500, exposures: 2500, answers: 1 }],
])('%i days after an issue went out this is forgotten: %o', async (days, forgotten) => {
  expect(await forget(after(days))).toEqual(forgotten);
  expect(await forget(after(days))).toEqual({});
  const left = await db.row<{ deliveries: number; planned: number }>(sql`
    select (select count(*)::int from deliveries) as deliveries,
      (select count(*)::int from notices where state = 'planned') as planned`);
  expect(left).toEqual({ deliveries: 2500, planned: 1 });
});

test('who was shown a story is remembered while the story may come again', async () => {
  await db.run(sql`update items set updated_at = ${after(700)} where id = 1`);
  expect(await forget(after(731))).not.toHaveProperty('exposures');
  await db.run(sql`update items set updated_at = ${sentAt}`);
  await db.run(sql`insert into issues (number, slug, week, title) values (900, 'open', '2028-11-20', 'Open')`);
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role)
    select id, 1, 'posts', 1, 'pool' from issues where slug = 'open'`);
  expect(await forget(after(731))).not.toHaveProperty('exposures');
});

test('it stops between two bites when it is told to', async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await forget(after(731), stop.signal)).toEqual({});
});
