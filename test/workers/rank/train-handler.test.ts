import { afterAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { openQueue, type Queue } from '../../../core/queue.ts';
import { describeRankModels } from '../../../core/rank-model-words.ts';
import { explorationOutcomes } from '../../../core/store/explorations.ts';
import { listRankModels, rankModelInUse, rankModelState, saveRankModel } from '../../../core/store/rank-models.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { rankHandlers } from '../../../workers/rank/handlers.ts';
import { openRankModel } from '../../../workers/rank/open-rank-model.ts';
import { testDatabase } from '../../database.ts';

let db: Database;
let queue: Queue | undefined;
let now = new Date('2026-11-20T09:00:00Z');

const house = (): House => ({
  config: parseConfig({}),
  db,
  log: openLog({ LOG_LEVEL: 'silent' }),
  queue: queue!,
  now: () => now,
});
const train = (stop = new AbortController().signal): Promise<void> => rankHandlers(house())['model.train']!({}, stop);

/** 120 stories in four fields; readers like six of one field. */
beforeEach(async () => {
  db = await testDatabase();
  queue ??= await openQueue({ db, log: openLog({ LOG_LEVEL: 'silent' }) });
  now = new Date('2026-11-20T09:00:00Z');
  const fields = ['speech audio voice', 'robot grasp motor', 'image pixel camera', 'protein gene cell'];
  const rows = Array.from({ length: 120 }, (_, at) => ({ id: at + 1, title: `${fields[at % 4]} study${at % 12}` }));
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/feed')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash, created_at)
    select 1, i.id::text, 'post', 'https://notes.example/' || i.id, i.title, '', ${now}, i.id::text, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(id integer, title text) order by i.id`);
  await db.run(
    sql`insert into stories (headline_item_id, first_seen, changed_at) select id, ${now}, ${now} from items order by id`,
  );
  await db.run(sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items`);
});

afterAll(() => queue?.close());

async function giveSignals(readers: number): Promise<void> {
  const random = seededRandom(3);
  await db.run(sql`
    insert into readers (email, status, token) select 'r' || n || '@example.org', 'active', 't' || n
    from generate_series(1, ${readers}) as n`);
  const rows = Array.from({ length: readers }, (_, at) =>
    Array.from({ length: 6 }, () => ({ reader: at + 1, story: (at % 4) + 1 + 4 * Math.floor(random() * 30) })),
  ).flat();
  await db.run(sql`
    insert into signals (reader_id, story_id, kind, at)
    select s.reader, s.story, 'like', ${now} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(reader integer, story integer)
    on conflict do nothing`);
}

test('with 99 readers nothing is trained, with 100 a model with its figures is kept and opened', async () => {
  await giveSignals(99);
  await train();
  expect(await listRankModels(db, 5)).toEqual([]);
  await db.run(sql`delete from readers`);
  await db.run(sql`alter table readers alter column id restart`);
  await giveSignals(100);
  await train();
  const [model] = await listRankModels(db, 5);
  expect(model).toMatchObject({ id: 1, readers: 100, kept: true, recallBefore: null });
  expect(model!.heldOut).toBeGreaterThan(20);
  // Of 120 stories 30 are of the reader's field, and 50 are looked at: chance finds 42%, the field alone everything.
  expect(model!.recall).toBeGreaterThan(0.9);
  expect((await openRankModel(db, ''))?.open.model.readers).toBe(100);
  expect(describeRankModels([model!])).toMatch(
    /^model 1 of 2026-11-20, 100 readers, 1\d\d stories; finds (9\d|100)\.\d% of held-out signals among 50$/,
  );
});

test('it is trained once a week, and a model that is no better is not used', async () => {
  await giveSignals(100);
  await train();
  await train();
  expect(await listRankModels(db, 5)).toHaveLength(1);
  now = new Date('2026-11-27T09:00:01Z');
  await train();
  const [second, first] = await listRankModels(db, 5);
  // The same signals teach the same.
  expect(second).toMatchObject({ recall: first!.recall, recallBefore: first!.recall, kept: false });
  expect(await rankModelInUse(db)).toBe(1);
  expect(await rankModelState(db, 2)).toBeUndefined();
  expect(describeRankModels([second!, first!])).toContain('; 1 trained since was no better');
});

test('a training that is stopped leaves nothing, and the next job begins again', async () => {
  await giveSignals(100);
  const stop = new AbortController();
  const stopped = train(stop.signal);
  stop.abort();
  await stopped;
  expect(await listRankModels(db, 5)).toEqual([]);
  await train();
  expect(await rankModelInUse(db)).toBe(1);
});

test('only the model in use and the one before it keep what they learned', async () => {
  const figures = {
    madeAt: now,
    readers: 1,
    stories: 1,
    signals: 1,
    heldOut: 1,
    recall: 0.5,
    recallBefore: null,
    kept: true,
  };
  for (const byte of [1, 2, 3]) await saveRankModel(db, { ...figures, state: Uint8Array.of(byte) });
  expect(await rankModelState(db, 1)).toBeUndefined();
  expect([...(await rankModelState(db, 3))!]).toEqual([3]);
});

test('what came of explorations is counted by section: shown ones, answered after they were shown', async () => {
  await db.run(
    sql`insert into readers (email, status, token) select n || '@example.org', 'active', n from generate_series(1, 3) as n`,
  );
  await db.run(sql`
    insert into issues (number, slug, week, title) values (1, 'one', '2026-11-16', 'One')`);
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role)
    select 1, n, case when n < 3 then 'tools' else 'publications' end, n, 'pool' from generate_series(1, 4) as n`);
  // Reader 1 explored story 1 and liked it, reader 2 explored story 2 in silence, reader 3 was never shown what was chosen.
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    select 1, n, 'x', jsonb_build_array(jsonb_build_object('storyId', n, 'exploring', true), jsonb_build_object('storyId', 4)), '{}', 'x'
    from generate_series(1, 3) as n`);
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at)
    select r, s, 1, 1, ${now} from (values (1, 1), (1, 4), (2, 2)) as shown(r, s)`);
  await db.run(sql`
    insert into signals (reader_id, story_id, kind, at)
    values (1, 1, 'like', ${now}), (1, 4, 'like', ${now}), (2, 2, 'dislike', ${now})`);
  expect(await explorationOutcomes(db, new Date(0))).toEqual([{ section: 'tools', shown: 2, answered: 1 }]);
});
