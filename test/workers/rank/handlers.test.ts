import { afterAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { PermanentError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { openQueue, type Queue } from '../../../core/queue.ts';
import { pickLine } from '../../../core/letter/pick-words.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { scheduleIssue } from '../../../core/store/issue-times.ts';
import { approveIssue, contentToRank, createDraft, editIssue } from '../../../core/store/issues.ts';
import { pickList, unrankedShards, type Pick } from '../../../core/store/picks.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { addRule } from '../../../core/store/rules.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { rankHandlers } from '../../../workers/rank/handlers.ts';
import { testDatabase } from '../../database.ts';

const now = new Date('2026-11-20T09:00:00Z');
const issueId = 1;
const never = new AbortController().signal;

/** Stories 1 and 2 are the editors' picks, 3 to 8 the pool in their order. */
const items = [
  ['Attention Is All You Need', 'The transformer replaces recurrence by attention.'],
  ['Scaling Laws', 'Loss falls as a power law of model size, data and compute.'],
  ['High-Resolution Image Synthesis', 'Latent diffusion models draw images from text.'],
  ['Robust Speech Recognition via Weak Supervision', 'Whisper transcribes speech in many languages.'],
  ['Denoising Diffusion', 'A model that draws images by removing noise step by step.'],
  ['wav2vec 2.0', 'Learns representations of spoken language, speech without labels.'],
  ['Proximal Policy Optimization', 'A reinforcement learning method for agents and robots.'],
  ['Learning Dexterity', 'A robot hand turns a cube after training in simulation.'],
];

let db: Database;
let queue: Queue | undefined;
let house: House;

beforeEach(async () => {
  db = await testDatabase();
  const log = openLog({ LOG_LEVEL: 'silent' });
  queue ??= await openQueue({ db, log });
  house = { config: parseConfig({}), db, log, queue, now: () => now };
  await seedStories();
  await createDraft(db, {
    week: '2026-11-16',
    slug: '2026-w47',
    titleOf: (number) => `Issue ${number}`,
    intro: '',
    stories: items.map((_, place) => ({
      storyId: place + 1,
      section: 'publications',
      role: place < 2 ? 'pick' : 'pool',
      summary: [],
    })),
  });
});

afterAll(() => queue?.close());

async function seedStories(): Promise<void> {
  const rows = items.map(([title, text], place) => ({ id: place + 1, title, text }));
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/feed')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash, created_at)
    select 1, i.id::text, 'post', 'https://notes.example/' || i.id, i.title, i.text, ${now}, i.id::text, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(id integer, title text, text text) order by i.id`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, ${now}, ${now} from items order by id`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items`);
}

async function seedReaders(wishes: Record<string, string[]>, length = 4): Promise<void> {
  const readers = Object.entries(wishes).map(([name, interests]) => ({
    email: `${name}@example.org`,
    length,
    interests,
  }));
  await addReaders(db, { readers, wording: 'for a test', at: now });
}

async function approve(): Promise<void> {
  const seenHash = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash, approvedBy: 'curator', at: now });
}

/** Enqueues the issue, then runs the jobs of its shards as the queue would. */
async function rank(): Promise<void> {
  const handlers = rankHandlers(house);
  await handlers['issue.rank']!({ issueId }, never);
  const issue = await contentToRank(db, issueId);
  if (!issue?.isApproved) return;
  for (const shard of await unrankedShards(db, { issueId, contentHash: issue.contentHash }))
    await handlers['readers.rank']!({ issueId, shard }, never);
}

async function picksByReader(): Promise<Record<string, Pick[]>> {
  const rows = await db.rows<{ name: string; stories: Pick[] }>(sql`
    select split_part(email, '@', 1) as name, ${pickList} as stories from picks join readers on readers.id = reader_id`);
  return Object.fromEntries(rows.map(({ name, stories }) => [name, stories]));
}

const idsOf = (picks: Pick[] | undefined): number[] => (picks ?? []).map(({ storyId }) => storyId);

test('readers with different interests get different picks, each with its reason', async () => {
  await seedReaders({ ann: ['speech'], bob: ['robots', 'diffusion images'] });
  await approve();
  await rank();
  const { ann, bob } = await picksByReader();
  expect(idsOf(ann).slice(0, 2)).toEqual([1, 2]);
  expect(new Set(idsOf(ann).slice(2))).toEqual(new Set([4, 6]));
  expect(ann!.slice(2).map((pick) => pickLine(pick))).toEqual(["matches 'speech'", "matches 'speech'"]);
  const reasons = new Map(bob!.slice(2).map(({ reason, storyId }) => ['words' in reason ? reason.words : '', storyId]));
  expect([7, 8]).toContain(reasons.get('robots'));
  expect([3, 5]).toContain(reasons.get('diffusion images'));
});

test('a reader without interests gets the editors order', async () => {
  await seedReaders({ cid: [] });
  await approve();
  await rank();
  const { cid } = await picksByReader();
  expect(cid!.map(({ storyId, kind, reason }) => [storyId, kind, reason])).toEqual([
    [1, 'editor', { code: 'suggested' }],
    [2, 'editor', { code: 'suggested' }],
    [3, 'personal', { code: 'news' }],
    [4, 'personal', { code: 'news' }],
  ]);
});

test('with vectors, too, an interest finds its stories', async () => {
  await seedReaders({ ann: ['speech'] });
  await embedHandlers(house)['items.embed']!({}, never);
  expect(await db.row(sql`select count(*)::int as count from vectors`)).toEqual({ count: items.length });
  await approve();
  await rank();
  const { ann } = await picksByReader();
  expect(new Set(idsOf(ann).slice(2))).toEqual(new Set([4, 6]));
});

test('a liked story from an earlier week brings what is like it, and the reason names it', async () => {
  await seedReaders({ dan: [] }, 3);
  await db.run(sql`update issue_stories set role = 'removed' where story_id = 8`);
  await db.run(sql`insert into signals values (1, 8, 'like', ${now})`);
  await approve();
  await rank();
  expect((await picksByReader())['dan']!.at(-1)).toMatchObject({
    storyId: 7,
    reason: { code: 'signal', signal: 'like', title: 'Learning Dexterity' },
  });
});

test('a story a reader was shown is not picked for them again', async () => {
  await seedReaders({ ann: ['speech'], eve: ['speech'] });
  await db.run(
    sql`insert into exposures select 1, story_id, ${issueId}, 1, ${now} from unnest(array[1, 4]) as story_id`,
  );
  await approve();
  await rank();
  const { ann, eve } = await picksByReader();
  expect(idsOf(ann)).not.toEqual(expect.arrayContaining([1]));
  expect(idsOf(ann)).not.toEqual(expect.arrayContaining([4]));
  expect(idsOf(ann)).toContain(6);
  expect(idsOf(eve)).toEqual(expect.arrayContaining([1, 4]));
});

test('a second run adds nothing, and only looks at readers who came since', async () => {
  await seedReaders({ ann: ['speech'] });
  await approve();
  await rank();
  const first = await db.rows(sql`select reader_id, xmin::text from picks`);
  await rank();
  expect(await db.rows(sql`select reader_id, xmin::text from picks`)).toEqual(first);
  await seedReaders({ bob: ['robots'] });
  await rank();
  expect(await db.rows(sql`select reader_id, xmin::text from picks where reader_id = 1`)).toEqual(first);
  expect(Object.keys(await picksByReader()).toSorted()).toEqual(['ann', 'bob']);
});

test('what was approved anew is ranked anew', async () => {
  await seedReaders({ ann: ['speech'] });
  await approve();
  await rank();
  await editIssue(db, issueId, async (tx) => {
    await tx.run(sql`update issue_stories set role = 'removed' where story_id = 4`);
  });
  await approve();
  await rank();
  expect(idsOf((await picksByReader())['ann'])).not.toContain(4);
});

test('a draft is ranked for the readers whose proofs the desk shows, and never mailed', async () => {
  await seedReaders(Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`r${place}`, ['speech']])));
  const before = (await queue!.counts()).letters.waiting;
  await rank();
  expect(Object.keys(await picksByReader())).toHaveLength(50);
  expect((await queue!.counts()).letters.waiting).toBe(before);
});

test('an issue whose stored content was tampered with is refused', async () => {
  await seedReaders({ ann: [] });
  await approve();
  await db.run(sql`update issues set content = content || '{"intro": "not what was approved"}'`);
  await expect(rank()).rejects.toThrow(PermanentError);
  expect(await picksByReader()).toEqual({});
});

test('workers share the shards of an issue, and the one that finds nobody left has the letters compiled', async () => {
  for (const [name, firstId] of Object.entries({ ann: 1, bob: 5_000, cid: 12_345 })) {
    await db.run(sql`select setval('readers_id_seq', ${firstId}, false)`);
    await seedReaders({ [name]: ['speech'] });
  }
  await approve();
  await scheduleIssue(db, { issueId, sendAt: now });
  const enqueued: string[] = [];
  const enqueue: Queue['enqueue'] = async (name, payload) => {
    enqueued.push(name);
    await queue!.enqueue(name, payload);
  };
  const listening = { ...house, queue: { ...queue!, enqueue } };
  await rankHandlers(listening)['issue.rank']!({ issueId }, never);
  expect(enqueued).toEqual(['readers.rank', 'readers.rank', 'readers.rank']);
  const taken: Record<string, number[]> = { one: [], two: [] };
  const workers = await Promise.all(
    Object.values(taken).map((shards) => {
      const handlers = rankHandlers(listening);
      const take = async (payload: { issueId: number; shard: number }, stop: AbortSignal): Promise<void> => {
        await handlers['readers.rank']!(payload, stop);
        shards.push(payload.shard);
      };
      return queue!.work({ 'readers.rank': take });
    }),
  );
  await expect.poll(async () => Object.keys(await picksByReader()).length).toBe(3);
  await expect.poll(() => enqueued).toContain('issue.render');
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(new Set(Object.values(taken).flat())).toEqual(new Set([0, 1, 2]));
});

test('a worker that ends in the middle of a shard leaves the rest to the next, and nobody is ranked twice', async () => {
  await seedReaders(Object.fromEntries(Array.from({ length: 1100 }, (_, place) => [`r${place}`, ['speech']])));
  await approve();
  const dying = new AbortController();
  const ranking = rankHandlers(house)['readers.rank']!({ issueId, shard: 0 }, dying.signal);
  await expect.poll(() => db.rows(sql`select 1 from picks limit 1`), { interval: 5 }).toHaveLength(1);
  dying.abort();
  await ranking;
  const saved = await db.rows(sql`select reader_id, xmin::text from picks order by reader_id`);
  expect([500, 1000]).toContain(saved.length);
  await rank();
  const all = await db.rows(sql`select reader_id, xmin::text from picks order by reader_id`);
  expect(all).toHaveLength(1100);
  expect(all.slice(0, saved.length)).toEqual(saved);
});

test('told to stop, it stops between batches and enqueues nothing', async () => {
  await seedReaders({ ann: [] });
  await approve();
  await scheduleIssue(db, { issueId, sendAt: now });
  const before = (await queue!.counts()).letters.waiting;
  await rankHandlers(house)['issue.rank']!({ issueId }, AbortSignal.abort());
  expect(await picksByReader()).toEqual({});
  expect((await queue!.counts()).letters.waiting).toBe(before);
});

test('rules of a reader hold for the whole issue, and only for them', async () => {
  await seedReaders({ ann: ['speech'], bob: ['speech'] });
  await addRule(db, { readerId: 1, rule: { effect: 'never', field: 'word', words: 'scaling' }, at: now });
  await addRule(db, { readerId: 1, rule: { effect: 'always', field: 'lab', words: 'Notes' }, at: now });
  await approve();
  await rank();
  const { ann, bob } = await picksByReader();
  expect(idsOf(ann)).not.toContain(2);
  expect(pickLine(ann!.at(-1)!)).toBe("your rule: always lab 'Notes'");
  expect(idsOf(bob)).toContain(2);
});

test('the curators taste orders what is chosen for a reader nobody knows, and gives way to what another asked for', async () => {
  await seedReaders({ ann: ['speech'], cid: [] }, 4);
  await db.run(sql`update items set kind = 'video' where id = 8`);
  await db.run(sql`
    insert into tastes (made_at, issue_id, pairs, kept, weights) values (${now}, 1, 20, true, '{"kind:video": 2}')`);
  await approve();
  await rank();
  const { ann, cid } = await picksByReader();
  expect(cid![2]).toMatchObject({ storyId: 8, reason: { code: 'taste' } });
  expect(new Set(idsOf(ann).slice(2))).toEqual(new Set([4, 6]));
});
