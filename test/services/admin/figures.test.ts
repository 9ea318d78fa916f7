// What came of an issue: counted from what was delivered, opened and said, programs apart, and shown with numbers behind the chart.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { countedIssues, countFigures, issueToCount } from '../../../core/store/issue-figures.ts';
import { recordClick } from '../../../core/store/clicks.ts';
import { recordReport } from '../../../core/store/mail-reports.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { recordSignal } from '../../../core/store/signals.ts';
import { unsubscribeReader } from '../../../core/store/subscriptions.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

const sentAt = new Date('2026-11-20T11:05:00Z');
const after = (minutes: number): Date => new Date(sentAt.getTime() + minutes * 60_000);
const textOf = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** Five readers with letters: one opens two stories and likes one, one opens one, a program opens all, one bounces, one leaves. */
async function seedAnswers(db: Database): Promise<number> {
  const issueId = await seedSentIssue(db);
  const readers = ['ada', 'bob', 'cyd', 'dan', 'eve'].map((name) => ({ email: `${name}@readers.example`, interests: [], length: 5 })); // prettier-ignore
  await addReaders(db, { readers, wording: 'test', at: new Date('2026-11-01') });
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, state, content_hash, story_ids, changed_at)
    select ${issueId}, id, 'submitted', 'h', '{1,3,2}', ${sentAt} from readers`);
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at)
    select readers.id, story, ${issueId}, story, ${sentAt}::timestamptz from readers, unnest('{1,2,3}'::int[]) as story`);
  const click = (readerId: number, storyId: number | null, minutes: number) =>
    recordClick(db, { readerId, issueId, storyId, at: after(minutes), isHead: false });
  await click(1, 1, 30);
  await click(1, 3, 35);
  await recordSignal(db, { readerId: 1, storyId: 1, kind: 'like', at: after(36) });
  await click(2, 1, 90);
  await recordSignal(db, { readerId: 2, storyId: 2, kind: 'dislike', at: after(91) });
  // Liked before this letter showed it: no answer to this letter.
  await db.run(sql`insert into signals values (2, 3, 'like', '2026-11-10')`);
  await click(3, null, 5);
  await click(3, 1, 5.1);
  const bounced = await db.row<{ id: number }>(sql`select id from deliveries where reader_id = 4`);
  await recordReport(db, { deliveryId: bounced!.id, kind: 'hard', status: '5.1.1', at: after(3) });
  await unsubscribeReader(db, { readerId: 5, wording: 'test', at: after(60) });
  return issueId;
}

test('are counted once each, with what a program did apart', async () => {
  const { db } = await openDesk();
  const issueId = await seedAnswers(db);
  const now = after(60 * 24);
  expect(await issueToCount(db, { now, clicksDays: 90 })).toEqual({ id: issueId });
  await countFigures(db, { issueId, now });
  expect(await issueToCount(db, { now: after(60 * 24 + 30), clicksDays: 90 })).toBeUndefined();
  expect(await issueToCount(db, { now: after(60 * 26), clicksDays: 90 })).toEqual({ id: issueId });
  const [counted] = await countedIssues(db, { limit: 8 });
  expect(counted!.figures).toMatchObject({
    planned: 5, submitted: 5, bounced: 1, bouncedForGood: 1, complained: 0,
    openers: 2, clicks: 5, machineClicks: 2, likes: 1, saves: 0, less: 1, left: 1, came: 0,
  }); // prettier-ignore
  expect(counted!.figures!.stories.map(({ storyId, shown, opened, likes, less }) => [storyId, shown, opened, likes, less])).toEqual([
    [1, 4, 2, 1, 0],
    [3, 4, 1, 0, 0],
    [2, 4, 0, 0, 1],
  ]); // prettier-ignore
  expect(counted!.figures!.sections).toContainEqual({ section: 'publications', shown: 8, opened: 3, likes: 1, saves: 0, less: 0 }); // prettier-ignore
});

test('are not counted anew where the clicks they came from are kept no longer', async () => {
  const { db } = await openDesk();
  const issueId = await seedAnswers(db);
  await countFigures(db, { issueId, now: after(60 * 24 * 2) });
  expect(await issueToCount(db, { now: after(60 * 24 * 3), clicksDays: 1 })).toBeUndefined();
});

test('stand on a page for every curator: empty, being counted, counted; no address of a reader among them', async () => {
  const { db, get, clock } = await openDesk('reviewer');
  clock.now = after(60 * 24);
  expect((await get('/desk/figures')).body).toContain('What comes of an issue stands here once one went out');
  expect((await get('/desk/figures/1')).statusCode).toBe(404);
  const issueId = await seedAnswers(db);
  expect((await get('/desk/figures')).body).toContain('It is being counted');
  await countFigures(db, { issueId, now: clock.now });
  const { body } = await get('/desk/figures');
  const shown = textOf(body);
  expect(shown).toContain('5 submitted of 5 100.0%');
  expect(shown).toContain('1 bounced, 1 for good');
  expect(shown).toContain('40% of readers opened a story programs set apart: 40% of clicks');
  expect(shown).toContain('1 like, 0 saves, 1 less');
  expect(shown).toContain('1 left, 0 came');
  expect(shown).toContain('Attention pays pick 4 50% 1 0 0');
  expect(shown).toContain('No 1 5 2 40% – 1 1 0');
  expect(body).toContain('<svg class="lines" role="img"');
  expect(body).not.toContain('@readers.example');
  expect((await get('/desk/figures/1')).statusCode).toBe(200);
  expect((await get('/desk/figures/2')).statusCode).toBe(404);
});

test('leave a gap in the chart where nothing came back: that is no answer, not the answer of nobody', async () => {
  const { db, get } = await openDesk();
  const issueId = await seedAnswers(db);
  await db.run(sql`delete from clicks`);
  await countFigures(db, { issueId, now: after(60) });
  expect((await get('/desk/figures')).body).not.toContain('<svg class="lines"');
});
