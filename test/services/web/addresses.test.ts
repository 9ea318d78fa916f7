// What a letter linked to stays: joined, split, merged and deleted stories and topics keep their address.
import { beforeEach, describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { recordClick } from '../../../core/store/clicks.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { recordSignal, signalsOn } from '../../../core/store/signals.ts';
import { joinStories, splitStory, undoDecision } from '../../../core/store/story-decisions.ts';
import { saveStories } from '../../../core/store/stories.ts';
import { saveTopicWeek } from '../../../core/store/topic-weeks.ts';
import { saveTopics } from '../../../core/store/topics.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedIssue } from '../seed-issue.ts';

const at = testNow;
const said = { by: 'Olga', at };
let open: TestApp;
let db: Database;

beforeEach(async () => {
  open = await openApp();
  ({ db } = open);
  await seedIssue(db);
  await addReaders(db, { readers: [{ email: 'ann@readers.example', interests: [], length: 5 }], wording: 't', at });
});

async function visit(url: string) {
  const { statusCode, headers, body } = await open.app.inject(url);
  return { status: statusCode, to: headers.location, body };
}

/** What the finder of stories does when it sees a link: the items of one story go into another. */
async function findTogether(from: number, into: number): Promise<void> {
  const placed = await db.rows<{ id: number; storyId: number }>(sql`
    select item_id as id, story_id from story_items where story_id in (${from}, ${into}) order by item_id`);
  const items = placed.map(({ id }) => ({ itemId: id, why: 'link' as const }));
  await saveStories(db, {
    seen: placed as never,
    stories: [{ id: into, headlineItemId: items[0]!.itemId, firstSeen: at, items }],
    now: at,
  });
}

describe('a story', () => {
  test('that was joined by a curator leads to the one it is part of, at once through a chain, and back after undo', async () => {
    await joinStories(db, { ...said, storyId: 3, otherId: 2 });
    expect(await visit('/stories/2')).toMatchObject({ status: 301, to: '/stories/3' });
    await joinStories(db, { ...said, storyId: 1, otherId: 3 });
    expect(await visit('/stories/2')).toMatchObject({ status: 301, to: '/stories/1' });
    expect(await visit('/stories/3')).toMatchObject({ status: 301, to: '/stories/1' });
    expect((await visit('/stories/1')).status).toBe(200);
    const { id } = (await db.row<{ id: number }>(sql`select id from story_decisions order by id desc limit 1`))!;
    await undoDecision(db, { ...said, id, storyId: 1 });
    expect((await visit('/stories/3')).status).toBe(200);
    expect(await visit('/stories/2')).toMatchObject({ status: 301, to: '/stories/3' });
  });

  test('that the finder put into another leads there', async () => {
    await findTogether(3, 2);
    expect(await visit('/stories/3')).toMatchObject({ status: 301, to: '/stories/2' });
  });

  test('that was split off and put back leads to where its headline is', async () => {
    const made = await splitStory(db, { ...said, storyId: 1, itemIds: [2] });
    expect((await visit(`/stories/${made}`)).status).toBe(200);
    await findTogether(made, 3);
    expect(await visit(`/stories/${made}`)).toMatchObject({ status: 301, to: '/stories/3' });
    expect((await visit('/stories/1')).status).toBe(200);
  });

  test('whose items were deleted is gone, in plain words; one that never was is not found', async () => {
    await db.run(sql`delete from items where id = 4`);
    await db.run(sql`delete from stories where id = 3`);
    const page = await visit('/stories/3');
    expect(page.status).toBe(410);
    expect(page.body).toContain('what it was made of was deleted');
    expect((await visit('/stories/4711')).status).toBe(404);
    expect((await visit('/stories/x')).status).toBe(404);
  });
});

describe('what a reader did with a story that was joined since', () => {
  const given = async (storyId: number) => (await signalsOn(db, 1, [storyId])).get(storyId);

  test('counts for the one it is part of, each thing once, and the newest of like and dislike stands', async () => {
    const later = new Date(at.getTime() + 60_000);
    await recordSignal(db, { readerId: 1, storyId: 2, kind: 'save', at });
    await recordSignal(db, { readerId: 1, storyId: 3, kind: 'save', at });
    await recordSignal(db, { readerId: 1, storyId: 2, kind: 'like', at });
    await recordSignal(db, { readerId: 1, storyId: 3, kind: 'dislike', at: later });
    await db.run(sql`
      insert into exposures (reader_id, story_id, issue_id, position, at) values (1, 2, 1, 1, ${at}), (1, 3, 1, 2, ${at})`);
    await db.run(sql`insert into clicks (reader_id, issue_id, story_id, at) values (1, 1, 2, ${at})`);
    await joinStories(db, { ...said, storyId: 3, otherId: 2 });
    expect(await db.rows(sql`select story_id, kind from signals order by kind`)).toEqual([
      { storyId: 3, kind: 'dislike' },
      { storyId: 3, kind: 'save' },
    ]);
    expect(await db.rows(sql`select story_id from clicks union all select story_id from exposures`)).toEqual([
      { storyId: 3 },
      { storyId: 3 },
    ]);
    // The archive shows the card it sent, with what the reader said about it.
    expect(await given(2)).toEqual(['dislike', 'save']);
  });

  test('can still be said from the letter, by its button and by its links', async () => {
    await joinStories(db, { ...said, storyId: 3, otherId: 2 });
    const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
    expect((await visit(`/signal/${token}/2/like`)).status).toBe(200);
    const pressed = await open.app.inject(post(`/signal/${token}/2/like`, { back: 'issue 2026-w47' }));
    expect(pressed.headers.location).toBe(`/read/${token}/2026-w47#story-2`);
    expect(await given(3)).toEqual(['like']);
    await db.run(sql`
      insert into deliveries (issue_id, reader_id, content_hash, state, changed_at) values (1, 1, 'h', 'submitted', ${at})`);
    const click = { readerId: 1, issueId: 1, storyId: 2, at: new Date(at.getTime() + 3_600_000), isHead: false };
    expect(await recordClick(db, click)).toBeNull();
    expect(await given(3)).toEqual(['click', 'like']);
    expect((await open.app.inject(post(`/signal/${token}/2/like/undo`))).statusCode).toBe(303);
    expect(await given(3)).toEqual(['click']);
  });
});

test('a draft keeps its place for a story that the finder joined to another', async () => {
  await findTogether(2, 3);
  expect(await db.rows(sql`select story_id from issue_stories order by story_id`)).toEqual([
    { storyId: 1 },
    { storyId: 3 },
  ]);
  await findTogether(3, 1);
  expect(await db.rows(sql`select story_id from issue_stories`)).toEqual([{ storyId: 1 }]);
});

describe('a topic', () => {
  const topic = (id: number | null, storyIds: number[]) => ({
    id,
    name: `topic of ${storyIds.join()}`,
    keywords: [],
    storyIds,
    centroid: new Float32Array(0),
    area: null,
  });

  test('leads to the one most of its stories went to, through every step; one that faded is gone', async () => {
    const [second] = await saveTopics(db, [topic(null, [1, 3])], { apart: [], now: at });
    expect(await visit('/topics/1')).toMatchObject({ status: 301, to: `/topics/${second}` });
    const [third] = await saveTopics(db, [topic(null, [1, 2, 3])], { apart: [], now: at });
    expect(await visit('/topics/1')).toMatchObject({ status: 301, to: `/topics/${third}` });
    expect((await visit(`/topics/${third}`)).status).toBe(200);
    await db.run(sql`delete from stories`);
    await saveTopics(db, [], { apart: [], now: at });
    const faded = await visit(`/topics/${third}`);
    expect(faded.status).toBe(410);
    expect(faded.body).toContain('This topic has ended, and none of its stories is here any more');
    expect((await visit('/topics/4711')).status).toBe(404);
  });

  test('that ended while its stories went apart shows them and where they are, and its feed is gone', async () => {
    const { app } = open;
    const [ended] = await saveTopics(db, [{ ...topic(null, [1, 2, 3]), name: 'Looms' }], { apart: [], now: at });
    const week = (topics: { topicId: number; storyIds: number[] }[]) =>
      saveTopicWeek(db, { monday: '2026-11-16', model: 'm', topics: topics.map((one) => ({ ...one, centroid: Float32Array.of(1) })), events: [] }); // prettier-ignore
    await week([{ topicId: ended!, storyIds: [1, 2, 3] }]);
    expect((await app.inject(`/topics/${ended}`)).statusCode).toBe(200);
    // The finder sees no topic in them but for one story, and looks once more.
    const [other] = await saveTopics(db, [{ ...topic(null, [1]), name: 'Shuttles' }], { apart: [2, 3], now: at });
    await week([{ topicId: other!, storyIds: [1] }]);
    await saveTopics(db, [topic(other!, [1])], { apart: [], now: at });
    expect(await db.row(sql`select 1 from topics where id = ${ended}`)).toBeUndefined();
    const page = await visit(`/topics/${ended}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1>Looms</h1>');
    expect(page.body).toMatch(/This topic has ended. Its stories are now in:\s*<a href="\/topics\/\d+">/);
    for (const id of [1, 2, 3]) expect(page.body).toContain(`href="/stories/${id}"`);
    expect((await visit(`/topics/${ended}/feed.xml`)).status).toBe(410);
    expect((await visit('/topics')).body).not.toContain('Looms');
    expect((await visit('/')).body).not.toContain('Looms');
  });

  test('loses a story that belongs to no topic any more', async () => {
    await saveTopics(db, [topic(1, [1])], { apart: [3], now: at });
    expect(await db.rows(sql`select id from stories where topic_id = 1 order by id`)).toEqual([{ id: 1 }]);
  });

  test('that keeps some of its stories stays where it is', async () => {
    await saveTopics(db, [topic(null, [1])], { apart: [], now: at });
    expect((await visit('/topics/1')).status).toBe(200);
  });
});
