// When a draft is made, what it says is missing, and what stays of it when it is made again.
import { beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import type { House } from '../../../core/house.ts';
import { setOpening, setRole } from '../../../core/store/issue-edits.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { poolPage, takeFromPool } from '../../../core/store/issue-pool.ts';
import { approveIssue, editIssue, issueById, issueOfWeek } from '../../../core/store/issues.ts';
import { describeMissing } from '../../../core/store/missing-news.ts';
import { askToRedraft } from '../../../core/store/redrafts.ts';
import { composeHandlers } from '../../../workers/compose/handlers.ts';
import { testDatabase } from '../../database.ts';

const friday = new Date('2026-11-20T06:00:00Z');
const never = new AbortController().signal;
let db: Database;
let now: Date;
let house: House;

beforeEach(async () => {
  db = await testDatabase();
  now = friday;
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  house = { config: parseConfig({}), log: silent, db, queue, now: () => now };
  await db.run(sql`
    insert into sources (kind, title, url, next_check_at, last_checked_at)
    select 'feed', 'Source ' || n, 'https://s.example/' || n, ${later(60)}, ${later(-60)} from generate_series(1, 3) as n`);
});

const later = (minutes: number): Date => new Date(friday.getTime() + minutes * 60_000);
const draft = () => composeHandlers(house)['issue.draft']!({}, never);
const drafted = () => issueOfWeek(db, '2026-11-16');

/** Items, each a story of its own; the ids go on from those that are there. */
async function publish(count: number, { placed = true } = {}): Promise<void> {
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, created_at, content_hash)
    select 1 + n % 3, 'g' || n, 'post', 'https://s.example/posts/' || n, 'Post number ' || n, 'It says that ' || n || ' is a number of some length.',
      ${later(-600)}::timestamptz + n * interval '1 minute', ${later(-500)}, 'h' || n
    from generate_series((select count(*) + 1 from items), (select count(*) from items) + ${count}::int) as n`);
  if (!placed) return;
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at)
    select id, published_at, ${friday} from items where not exists (select 1 from story_items where item_id = items.id) order by id`);
  await db.run(sql`
    insert into story_items (item_id, story_id, why)
    select headline_item_id, id, 'first' from stories where headline_item_id is not null on conflict do nothing`);
}

test('a draft bears the day on which it is meant to go out', async () => {
  house = { ...house, config: parseConfig({ DRAFT_AT: 'fri 06:00', SEND_AT: 'mon 07:00' }) };
  await publish(5);
  await draft();
  const { id, date } = (await drafted())!;
  expect(date).toBe('2026-11-23');
  expect((await loadIssueContent(db, id)).date).toBe('2026-11-23');
});

describe('a draft waits', () => {
  test('for sources that were due, and is made when they were checked', async () => {
    await publish(5);
    await db.run(sql`update sources set next_check_at = ${friday} where id = 2`);
    await draft();
    expect(await drafted()).toBeUndefined();
    now = later(10);
    await db.run(sql`update sources set last_checked_at = ${now}, next_check_at = ${later(15)} where id = 2`);
    // One that became due meanwhile holds nothing up.
    await db.run(sql`update sources set next_check_at = ${later(5)} where id = 3`);
    await draft();
    expect(await drafted()).toMatchObject({ status: 'draft', missing: null });
  });

  test('for a source that was added and never checked, which is how an installation begins', async () => {
    await publish(5);
    await db.run(sql`update sources set last_checked_at = null, next_check_at = ${friday} where id = 1`);
    await draft();
    now = later(1);
    await db.run(sql`update sources set last_checked_at = ${now}, next_check_at = ${later(60)} where id = 1`);
    await db.run(sql`
      insert into sources (kind, title, url, next_check_at) values ('arxiv', 'arXiv', 'https://a.example/', ${later(1)})`);
    await draft();
    expect(await drafted()).toBeUndefined();
  });

  test('for items that no story has yet', async () => {
    await publish(5);
    await publish(2, { placed: false });
    await draft();
    expect(await drafted()).toBeUndefined();
    await publish(0);
    await draft();
    expect(await drafted()).toBeDefined();
  });

  test('an hour at most, then it says what is missing', async () => {
    await publish(5);
    await publish(2, { placed: false });
    await db.run(sql`update sources set next_check_at = ${friday} where id = 2`);
    await draft();
    now = later(59);
    await draft();
    expect(await drafted()).toBeUndefined();
    now = later(60);
    await draft();
    const { missing } = (await drafted())!;
    expect(describeMissing(missing!)).toBe('1 source to be checked (Source 2), 2 items to be read through');
  });

  test('no hour begins while there is nothing at all: what comes later is waited for', async () => {
    await db.run(sql`update sources set next_check_at = ${friday} where id = 2`);
    await draft();
    await db.run(sql`update sources set next_check_at = ${later(60)} where id = 2`);
    now = later(30);
    await draft();
    await publish(5);
    now = later(70);
    await db.run(sql`update sources set next_check_at = ${later(69)} where id = 2`);
    await draft();
    expect(await drafted()).toBeUndefined();
  });
});

describe('a week of sixty stories', () => {
  const handlers = () => composeHandlers(house);

  async function draftAll(): Promise<number> {
    await draft();
    const { id } = (await drafted())!;
    await handlers()['issue.pool']!({ issueId: id }, never);
    return id;
  }

  test('is forty before the curator and the rest in the pool, every story once', async () => {
    await publish(60);
    const issueId = await draftAll();
    const { cards, pool } = await loadIssueContent(db, issueId);
    expect(cards).toHaveLength(40);
    expect(pool?.count).toBe(20);
    const { lines } = await poolPage(db, { issueId, from: 0, limit: 100 });
    expect(new Set([...cards, ...lines].map(({ storyId }) => storyId)).size).toBe(60);
    expect(cards.every(({ summary }) => summary.length > 0)).toBe(true);
    const seenHash = hashContent(await loadIssueContent(db, issueId));
    await approveIssue(db, { issueId, seenHash, approvedBy: 'Olga', at: now });
  });

  test('is drafted again with what came since, and keeps what curators decided', async () => {
    await publish(60);
    const issueId = await draftAll();
    const before = await loadIssueContent(db, issueId);
    const [chosen, removed] = before.cards.filter(({ role }) => role === 'pool').map(({ storyId }) => storyId);
    const { lines } = await poolPage(db, { issueId, from: 19, limit: 1 });
    await editIssue(db, issueId, async (tx) => {
      await setRole(tx, { issueId, storyIds: [chosen!], role: 'pick', by: 'Olga' });
      await setRole(tx, { issueId, storyIds: [removed!], role: 'removed', by: 'Olga' });
      await takeFromPool(tx, { issueId, storyIds: [lines[0]!.storyId], role: 'pick', by: 'Olga' });
      await setOpening(tx, issueId, { title: 'Ours', intro: 'Written by hand.', by: 'Olga' });
      await askToRedraft(tx, issueId, now);
    });
    await publish(30);
    await handlers()['issue.redraft']!({ issueId }, never);
    await handlers()['issue.pool']!({ issueId }, never);
    const after = await loadIssueContent(db, issueId);
    expect(after).toMatchObject({ title: 'Ours', intro: 'Written by hand.' });
    const roles = new Map(after.cards.map(({ storyId, role }) => [storyId, role]));
    expect(roles.get(chosen!)).toBe('pick');
    expect(roles.get(lines[0]!.storyId)).toBe('pick');
    expect(roles.has(removed!)).toBe(false);
    expect(after.cards).toHaveLength(40);
    expect(after.cards.filter(({ role }) => role === 'pick')).toHaveLength(4);
    expect(after.cards.length + after.pool!.count).toBe(89);
    // The newer ones are among what is suggested now.
    expect(after.cards.some(({ storyId }) => storyId > 60)).toBe(true);
    expect(await issueById(db, issueId)).toMatchObject({
      status: 'in_review',
      redraftAskedAt: null,
      poolAskedAt: null,
    });
  });

  test('without a decision it is suggested as if for the first time, subject and intro as well', async () => {
    await publish(10);
    const issueId = await draftAll();
    const before = await loadIssueContent(db, issueId);
    await editIssue(db, issueId, (tx) => askToRedraft(tx, issueId, now));
    await handlers()['issue.redraft']!({ issueId }, never);
    await handlers()['issue.pool']!({ issueId }, never);
    expect(await loadIssueContent(db, issueId)).toEqual(before);
  });
});
