// What a curator splits is no other week: its topics stand, and the new story joins one of them.
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { openLog } from '../../../core/log.ts';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { openQueue } from '../../../core/queue.ts';
import { splitStory, undoDecision } from '../../../core/store/story-decisions.ts';
import { clusterHandlers } from '../../../workers/cluster/handlers.ts';
import { testDatabase } from '../../database.ts';

const subjects = ['weaving', 'forging', 'glazing', 'carving'];

async function openWeek() {
  const db = await testDatabase();
  const config = parseConfig({});
  const log = openLog({ ...config, LOG_LEVEL: 'silent' });
  const queue = await openQueue({ db, log });
  onTestFinished(() => queue.close());
  const random = seededRandom(7);
  const middles = subjects.map(() => Float32Array.from({ length: 32 }, () => random() - 0.5));
  const clock = { now: new Date('2026-11-18T12:00:00Z') };
  const pass = (): void => void (clock.now = new Date(clock.now.getTime() + 60_000));
  await db.run(sql`insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 32)`); // prettier-ignore
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Crafts', 'https://crafts.example/feed')`);
  /** The first two of them name one thing, so that they are one story. */
  const add = async (from: number, count: number): Promise<void> => {
    for (let at = from; at < from + count; at++) {
      const vector = normalise(middles[at % 4]!.map((value) => value + (random() - 0.5) * 0.6));
      const keys = at === 0 || at === 4 ? ['doi:10.1/loom'] : [`url:crafts.example/${at}`];
      await db.run(sql`
        with added as (
          insert into items (source_id, guid, kind, url, keys, title, published_at, created_at, content_hash)
          values (1, ${at}, 'post', ${`https://crafts.example/${at}`}, ${keys}, ${`${subjects[at % 4]} lesson ${at}`}, ${clock.now}, ${clock.now}, ${at})
          returning id)
        insert into vectors (item_id, model, vector) select id, 'm', ${Buffer.from(vector.buffer)} from added`);
    }
  };
  const find = async (): Promise<void> => {
    pass();
    const ticking = () => (pass(), clock.now);
    const house = { config, db, log, queue, now: ticking };
    await clusterHandlers(house)['stories.find']!({}, new AbortController().signal);
    pass();
  };
  const topicOfItem = async () => new Map((await db.rows<{ itemId: number; topicId: number | null }>(sql`select item_id, topic_id from story_items join stories on stories.id = story_id order by item_id`)).map(({ itemId, topicId }) => [itemId, topicId])); // prettier-ignore
  return { db, add, find, topicOfItem, clock };
}

test('topics stand after a split and its undoing, and are found anew when a source brings something', async () => {
  const { db, add, find, topicOfItem, clock } = await openWeek();
  await add(0, 60);
  await find();
  const before = await topicOfItem();
  expect(new Set(before.values()).size).toBeGreaterThan(2);
  // A search would write other words.
  await db.run(sql`update topics set keywords = '{kept}'`);
  const keywords = async () => new Set((await db.rows<{ keywords: string[] }>(sql`select keywords from topics`)).flatMap((topic) => topic.keywords)); // prettier-ignore
  const { storyId } = (await db.row<{ storyId: number }>(sql`select story_id from story_items group by story_id having count(*) = 2`))!; // prettier-ignore
  const made = await splitStory(db, { storyId, itemIds: [5], by: 'Olga', at: clock.now });
  await find();
  expect(await keywords()).toEqual(new Set(['kept']));
  expect((await db.row<{ topicId: number }>(sql`select topic_id from stories where id = ${made}`))!.topicId).toBe(before.get(1)); // prettier-ignore
  expect(await topicOfItem()).toEqual(before);
  const { id } = (await db.row<{ id: number }>(sql`select max(id) as id from story_decisions`))!;
  await undoDecision(db, { id, storyId, by: 'Olga', at: clock.now });
  await find();
  expect(await keywords()).toEqual(new Set(['kept']));
  await add(60, 1);
  await find();
  expect(await keywords()).not.toContain('kept');
});
