// A draft is sorted again with what a curator said, by the handler itself and in its worker thread.
import { expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { listDeskStories } from '../../../core/store/desk-stories.ts';
import { issueById } from '../../../core/store/issues.ts';
import { askToSort, draftsToSort, labelStories } from '../../../core/store/section-labels.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { storiesById } from '../../../core/store/stories.ts';
import { splitStory } from '../../../core/store/story-decisions.ts';
import { saveVectors } from '../../../core/store/vectors.ts';
import { sortDraftAgain } from '../../../workers/compose/sort-again.ts';
import { openEmbedder } from '../../../core/embedder/open-embedder.ts';
import { testDatabase } from '../../database.ts';
import { markSent, seedIssue } from '../../services/seed-issue.ts';

const now = new Date('2026-11-20T12:00:00Z');

test('a correction stays, rules and descriptions place the rest, and an approved issue is left as it is', async () => {
  const db = await testDatabase();
  const config = parseConfig({ LOG_LEVEL: 'silent' });
  const enqueued: string[] = [];
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  const house = { config, db, queue, log: openLog(config), now: () => now };
  const id = await seedIssue(db);
  await db.run(sql`update items set kind = 'post', title = 'Birds of the garden' where id in (1, 4)`);
  await db.run(sql`update issue_stories set section_by = 'words', section_confidence = .5, section = 'tools'`);
  await saveSettings(db, {
    sectionDescriptions: {
      posts: 'birds of the garden and what they sing',
      tools: 'compilers and linkers for old machines',
    },
  });
  const embedder = await openEmbedder(house);
  const items = await db.rows<{ itemId: number; text: string; contentHash: string }>(sql`
    select id as item_id, title as text, content_hash from items where id in (1, 3, 4) order by id`);
  const vectors = await embedder.embed(items.map(({ text }) => text));
  const rows = items.map((item, at) => ({ ...item, segment: 0, vector: vectors[at]! }));
  await saveVectors(db, embedder.name, rows);
  await labelStories(db, { issueId: id, storyIds: [2], section: 'talks', labelledBy: 'Olga', at: now });
  await db.run(sql`update issue_stories set section = 'talks' where story_id = 2`);
  await db.run(sql`update items set keys = '{repo:github.com/a/b}' where id = 4`);
  await askToSort(db, id, now);
  expect(await draftsToSort(db)).toEqual([{ id }]);

  await sortDraftAgain(house, id, new AbortController().signal);
  const placed = await listDeskStories(db, id);
  expect(new Map(placed.map(({ storyId, section, sectionBy }) => [storyId, `${section} by ${sectionBy}`]))).toEqual(
    new Map([
      [1, 'posts by words'],
      [2, 'talks by curator'],
      [3, 'tools by rule'],
    ]),
  );
  expect(await draftsToSort(db)).toEqual([]);
  expect(enqueued).toEqual(['issue.rank']);

  await markSent(db, id);
  await sortDraftAgain(house, id, new AbortController().signal);
  expect((await issueById(db, id))?.status).toBe('sent');
});

test('a story that was split off gets a summary and a place on the map, and so does the one whose words went with it', async () => {
  const db = await testDatabase();
  const config = parseConfig({ LOG_LEVEL: 'silent' });
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const house = { config, db, queue, log: openLog(config), now: () => now };
  const id = await seedIssue(db);
  const said = 'We show that a garden warbler learns its song from its father within twelve days of hatching.';
  await db.run(sql`update items set text = ${said}, kind = 'post'`);
  await db.run(sql`update story_items set story_id = 1 where item_id = (select max(item_id) from story_items)`);
  const { name } = await openEmbedder(house);
  const vector = Buffer.from(Float32Array.of(1, 0, 0, 0).buffer).toString('base64');
  await db.run(
    sql`insert into vectors (item_id, model, vector) select id, ${name}, decode(${vector}, 'base64') from items`,
  );
  const members = await db.rows<{ itemId: number }>(sql`
    select item_id from story_items where story_id = 1 order by item_id`);
  const headline = members[0]!.itemId;
  const sentence = { text: 'Old.', by: 'source', quote: 'Old.', itemId: headline, segment: 0, start: 0, end: 4 };
  await db.run(sql`
    update issue_stories set summary = '{Old.}', sentences = ${JSON.stringify([sentence])}::jsonb, map_x = 0, map_y = 0`);
  await db.run(sql`update issues set map_reach = 10`);
  const made = await splitStory(db, { storyId: 1, itemIds: [headline], by: 'Olga', at: now });
  expect(await draftsToSort(db)).toEqual([{ id }]);
  await sortDraftAgain(house, id, new AbortController().signal);
  const told = await db.rows<{ storyId: number; summary: string[]; itemId: number; isPlaced: boolean }>(sql`
    select story_id, summary, (sentences -> 0 ->> 'itemId')::integer as item_id, map_x is not null as is_placed
    from issue_stories where story_id in (1, ${made}) order by story_id`);
  expect(told).toEqual([
    { storyId: 1, summary: [said], itemId: (await storiesById(db, [1]))[0]!.headlineItemId, isPlaced: true },
    { storyId: made, summary: [said], itemId: headline, isPlaced: true },
  ]);
  const others = await db.rows<{ summary: string[] }>(sql`
    select summary from issue_stories where story_id not in (1, ${made})`);
  expect(others.every(({ summary }) => summary[0] === 'Old.')).toBe(true);
});
