// "This or that?" from ranking to ranking: chosen with the picks, never of what a reader knows, and answers move what comes next.
import { beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { approveIssue, createDraft } from '../../../core/store/issues.ts';
import { savePairChoice, askedPair, pairFigures } from '../../../core/store/pairs.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { rankHandlers } from '../../../workers/rank/handlers.ts';
import { testDatabase } from '../../database.ts';

const now = new Date('2026-11-20T09:00:00Z');
const never = new AbortController().signal;

/** Two picks for everybody, then a pool of three matters, and the same a week later in other words. */
const weeks = [
  ['Attention replaces recurrence', 'Scaling laws of loss', 'Diffusion draws images from text', 'A robot hand turns a cube', 'Speech is transcribed in many languages', 'Images from noise by diffusion', 'Robot arms learn to grasp', 'Spoken words without labels'], // prettier-ignore
  ['Attention in linear time', 'Scaling laws of data', 'Diffusion paints images of rooms', 'A robot hand folds a shirt', 'Speech recognised in noise', 'Sharper images by diffusion', 'A robot arm opens a door', 'Speech of many speakers'], // prettier-ignore
];

let db: Database;
let house: House;

beforeEach(async () => {
  db = await testDatabase();
  const log = openLog({ LOG_LEVEL: 'silent' });
  const queue: House['queue'] = { enqueue: async () => undefined, work: async () => ({ stop: async () => undefined }), counts: async () => Promise.reject(new Error('not asked')), failures: async () => [], close: async () => undefined }; // prettier-ignore
  house = { config: parseConfig({}), db, log, queue, now: () => now };
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/feed')`);
});

/** An approved issue of one of the two weeks, ranked for everybody; stories 1 to 8, or 11 to 18. */
async function rankWeek(week: number): Promise<{ issueId: number; contentHash: string }> {
  const stories = weeks[week]!.map((title, at) => ({ id: 10 * week + at + 1, title }));
  await db.run(sql`
    insert into items (id, source_id, guid, kind, url, title, text, published_at, content_hash, created_at) overriding system value
    select s.id, 1, s.id::text, 'post', 'https://notes.example/' || s.id, s.title, s.title, ${now}, s.id::text, ${now}
    from jsonb_to_recordset(${JSON.stringify(stories)}::jsonb) as s(id integer, title text) order by s.id`);
  await db.run(sql`
    insert into stories (id, headline_item_id, first_seen, changed_at) overriding system value
    select id, id, ${now}, ${now} from items where id > ${10 * week} order by id`);
  await db.run(
    sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items where id > ${10 * week}`,
  );
  await embedHandlers(house)['items.embed']!({}, never);
  const issueId = (await createDraft(db, {
    week: week === 0 ? '2026-11-16' : '2026-11-23',
    slug: week === 0 ? '2026-w47' : '2026-w48',
    titleOf: (number) => `Issue ${number}`,
    intro: '',
    stories: stories.map(({ id }, at) => ({
      storyId: id,
      section: 'posts',
      role: at < 2 ? 'pick' : 'pool',
      summary: [],
    })),
  }))!;
  const contentHash = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash: contentHash, approvedBy: 'curator', at: now });
  await rankHandlers(house)['readers.rank']!({ issueId, shard: 0 }, never);
  return { issueId, contentHash };
}

const addReader = (interests: string[] = []) => addReaders(db, { readers: [{ email: `r${Math.random()}@example.org`, interests, length: 4 }], wording: 't', at: now }); // prettier-ignore
const rows = (issueId: number) => db.rows<{ readerId: number; storyIds: number[]; left: number | null; right: number | null; alone: number; informed: number | null }>(sql`
  select reader_id, story_ids, pair_left as left, pair_right as right, pair_alone as alone, pair_informed as informed
  from picks where issue_id = ${issueId} order by reader_id`); // prettier-ignore

test('a letter asks about two stories of its pool that it does not have, and their cards are compiled, too', async () => {
  for (const interests of [[], ['robots'], ['speech', 'images']]) await addReader(interests);
  const { issueId, contentHash } = await rankWeek(0);
  const shown = new Set<number>();
  for (const { storyIds, left, right, alone, informed } of await rows(issueId)) {
    expect(left).not.toBe(right);
    for (const one of [left!, right!]) {
      expect(one).toBeGreaterThan(2);
      expect(storyIds).not.toContain(one);
      shown.add(one);
    }
    expect([Math.abs(alone) < 3, informed]).toEqual([true, null]);
  }
  const noted = await db.rows<{ storyId: number }>(sql`
    select story_id from picked_stories where issue_id = ${issueId} and content_hash = ${contentHash}`);
  expect(noted.map(({ storyId }) => storyId)).toEqual(expect.arrayContaining([...shown]));
});

test('never about what the reader saw or answered before; where less than two are left it asks nothing', async () => {
  await addReader();
  await addReader();
  const { issueId } = await rankWeek(0);
  await db.run(sql`delete from picks`);
  // The first one saw 3, opened 4 and answered about 5; the second one knows all but three.
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at)
    select id % 10, id / 10, ${issueId}, 1, ${now}::timestamptz from unnest('{31,32,42,52}'::int[]) as id`);
  await db.run(sql`insert into signals (reader_id, story_id, kind, at) values (1, 4, 'click', ${now})`);
  await db.run(sql`
    insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, by_lot, at)
    values (1, ${issueId}, 5, 1, 0, true, ${now})`);
  await rankHandlers(house)['readers.rank']!({ issueId, shard: 0 }, never);
  const [first, second] = await rows(issueId);
  const asked = [first!.left, first!.right];
  expect(asked.every((one) => one === null || (one >= 6 && !first!.storyIds.includes(one)))).toBe(true);
  expect([second!.left, second!.right]).toEqual([null, null]);
});

test('a publication that asks nothing has no pairs', async () => {
  await addReader();
  await saveSettings(db, { asksPairs: false });
  const { issueId } = await rankWeek(0);
  expect(await rows(issueId)).toMatchObject([{ left: null, right: null }]);
});

test('an answer moves what is picked next, says so, and is judged by the answer after it', async () => {
  await addReader();
  await addReader();
  const { issueId } = await rankWeek(0);
  await db.run(sql`update issues set status = 'sent', sent_at = ${now}`);
  // Asked of both: the hand, or the images; and drawn by lot, so that it tells.
  await db.run(sql`update picks set pair_left = 4, pair_right = 6, pair_alone = 0.3, pair_by_lot = true`);
  await savePairChoice(db, { readerId: 1, issueId, chosenId: 4, otherId: 6, at: now });
  await savePairChoice(db, { readerId: 2, issueId, chosenId: 6, otherId: 4, at: now });
  expect(await db.rows(sql`select reader_id, alone, informed from pair_answers order by reader_id`)).toEqual([
    { readerId: 1, alone: expect.closeTo(0.3, 5), informed: null },
    { readerId: 2, alone: expect.closeTo(-0.3, 5), informed: null },
  ]);
  const second = await rankWeek(1);
  const [robots, images] = await rows(second.issueId);
  const [ofRobots, ofImages] = [[14, 17], [13, 16]]; // prettier-ignore
  expect(robots!.storyIds.slice(2).filter((id) => ofRobots.includes(id)).length).toBeGreaterThan(0);
  expect(images!.storyIds.slice(2).filter((id) => ofImages.includes(id)).length).toBeGreaterThan(0);
  expect(robots!.storyIds.slice(2).some((id) => ofImages.includes(id))).toBe(false);
  const reasons = await db.rows<{ reason: object }>(sql`
    select reason from picked where issue_id = ${second.issueId} and reader_id = 1 and kind = 'personal'`);
  expect(reasons.map(({ reason }) => reason)).toContainEqual({ code: 'answer', title: 'A robot hand turns a cube' });
  // What is foreseen without the answer differs from what is foreseen with it, and both are kept with the next answer.
  expect(robots!.informed).not.toBeNull();
  expect(robots!.informed).not.toBeCloseTo(robots!.alone, 3);
  await db.run(sql`update issues set status = 'sent', sent_at = ${now}`);
  await db.run(sql`update picks set pair_left = 14, pair_right = 16, pair_alone = -0.1, pair_informed = 0.6, pair_by_lot = true where issue_id = ${second.issueId}`); // prettier-ignore
  await savePairChoice(db, { readerId: 1, issueId: second.issueId, chosenId: 14, otherId: 16, at: now });
  expect(await pairFigures(db)).toEqual({
    answers: 3,
    readers: 2,
    byLot: { answers: 3, alone: 1 },
    informed: { answers: 1, alone: 0, informed: 1 },
  });
});

test('an answer follows a story that was joined to another; between a story and itself nothing is said', async () => {
  await addReader();
  const { issueId } = await rankWeek(0);
  await db.run(sql`update issues set status = 'sent', sent_at = ${now}`);
  await db.run(sql`update picks set pair_left = 4, pair_right = 6`);
  await savePairChoice(db, { readerId: 1, issueId, chosenId: 4, otherId: 6, at: now });
  const join = async (from: number, into: number) => {
    await db.run(sql`update story_items set story_id = ${into} where story_id = ${from}`);
    await db.run(sql`delete from stories where id = ${from}`);
  };
  await join(4, 7);
  expect(await db.rows(sql`select chosen_id, other_id from pair_answers`)).toEqual([{ chosenId: 7, otherId: 6 }]);
  expect(await askedPair(db, { readerId: 1, slug: '2026-w47' })).toMatchObject({ asked: [4, 6], chosenId: 7, stories: [{ id: 7 }, { id: 6 }] }); // prettier-ignore
  await join(6, 7);
  expect(await db.rows(sql`select 1 from pair_answers`)).toEqual([]);
  expect(await askedPair(db, { readerId: 1, slug: '2026-w47' })).toBeUndefined();
});
