// New stories join the topics of the week; topics are found anew when it is time.
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { openLog } from '../../../core/log.ts';
import { openQueue } from '../../../core/queue.ts';
import { isTopicSearchDue } from '../../../workers/cluster/is-topic-search-due.ts';
import { joinTopics } from '../../../workers/cluster/join-topics.ts';
import { clusterHandlers } from '../../../workers/cluster/handlers.ts';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { testDatabase } from '../../database.ts';

describe('topics are found anew', () => {
  it.each([
    ['on a small window', 1_999, 1, [{ stories: 1_998, found: 1_998 }], true],
    ['in a new week, or with new vectors', 3_000, 0, [], true],
    ['not where sources brought nothing, however small the window', 30, 1, [{ stories: 29, found: 29 }], false, false],
    ['not in a new week that brought nothing yet', 3_000, 1, [], false, false],
    ['not for a few new stories', 3_000, 500, [{ stories: 2_500, found: 2_500 }], false],
    ['when a quarter is new', 3_000, 501, [{ stories: 2_499, found: 2_000 }], true],
    ['not for what joined before', 3_000, 0, [{ stories: 2_150, found: 2_000 }], false],
  ])('%s', (...[, stories, fresh, week, due, changed = true]) => {
    expect(isTopicSearchDue({ changed, stories, fresh, week })).toBe(due);
  });
});

it('a story joins the topic that most of its neighbours are of, not that of the nearest alone', async () => {
  const at = (degrees: number) =>
    Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
  const known = [at(0), at(20), at(25), at(30)];
  expect(await joinTopics({ known, topics: [7, 8, 8, 8], fresh: [at(5)] })).toEqual([8]);
});

/** Papers on 48 subjects, each of which is small enough to be a topic and has a word of its own; `add` brings some and places them. */
async function openPapers(now: () => Date) {
  const db = await testDatabase();
  const config = parseConfig({});
  const log = openLog({ ...config, LOG_LEVEL: 'silent' });
  const queue = await openQueue({ db, log });
  const random = seededRandom(5);
  const subjects = 'bdfglmpt'.split('').flatMap((first) => 'aeiouy'.split('').map((vowel) => `${first}${vowel}ndle`));
  const middles = subjects.map(() => Float32Array.from({ length: 64 }, () => random() - 0.5));
  await db.run(
    sql`insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 64)`,
  );
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Papers', 'https://papers.example/feed')`);
  const add = async (from: number, count: number): Promise<void> => {
    const rows = Array.from({ length: count }, (_, at) => {
      const vector = normalise(middles[(from + at) % 48]!.map((value) => value + (random() - 0.5) * 0.8));
      return { number: from + at, vector: Buffer.from(vector.buffer).toString('base64') };
    });
    await db.run(sql`
      with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(number integer, vector text)),
      added as (
        insert into items (source_id, guid, kind, url, title, published_at, created_at, content_hash)
        select 1, number, 'paper', 'https://papers.example/' || number, (array(select jsonb_array_elements_text(${JSON.stringify(subjects)}::jsonb)))[number % 48 + 1] || ' ' || number, ${now()}, ${now()}, number from given
        returning id, guid)
      insert into vectors (item_id, model, vector) select id, 'm', decode(vector, 'base64') from added join given on number::text = guid`);
    await clusterHandlers({ config, db, log, queue, now })['stories.find']!({}, new AbortController().signal);
  };
  const topicsOf = () => db.rows<{ guid: string; topicId: number }>(sql`
    select guid, topic_id from items join story_items on item_id = items.id join stories on stories.id = story_id order by items.id`); // prettier-ignore
  return { db, add, topicsOf, close: () => queue.close() };
}

it('a topic of this week keeps its id from search to search, beside one of last week that is no more', async () => {
  let now = new Date('2026-11-13T12:00:00Z');
  const { db, add, topicsOf, close } = await openPapers(() => now);
  await add(0, 240);
  const last = await topicsOf();
  // Readers know them by names that fit them no more: new topics come in their place.
  await db.run(sql`update topics set name = 'Ended ' || id`);
  // By vectors that are no more, as after a new fit.
  await db.run(sql`insert into vector_sets (model, embedder, status, dimension) values ('old', 'embedded', 'retired', 64)`); // prettier-ignore
  await db.run(sql`update topic_weeks set model = 'old'`);
  now = new Date('2026-11-18T12:00:00Z');
  await add(240, 240);
  const first = await topicsOf();
  const ofLast = new Set(last.map(({ topicId }) => topicId));
  expect(first.filter(({ topicId }) => topicId !== null && ofLast.has(topicId))).toEqual([]);
  await add(480, 1);
  const second = await topicsOf();
  expect(second.slice(0, first.length)).toEqual(first);
  await close();
});

it('two thousand stories keep their topics while new ones join them, until a quarter is new', async () => {
  const now = new Date('2026-11-18T12:00:00Z');
  const { db, add, topicsOf, close } = await openPapers(() => now);
  const weekOf = () => db.rows<{ stories: number; found: number }>(sql`
    select cardinality(story_ids) as stories, found from topic_weeks order by topic_id`); // prettier-ignore
  await add(0, 2_050);
  // A search leaves some without a topic; they are not asked again.
  await db.run(sql`update stories set topic_id = null, changed_at = ${new Date(now.getTime() - 60_000)} where id = 7`);
  await db.run(sql`update topic_weeks set story_ids = array_remove(story_ids, 7)`);
  const before = await topicsOf();
  await db.run(sql`update story_items set placed_at = ${new Date(now.getTime() - 2 * 86_400_000)}`);
  await add(2_050, 100);
  const after = await topicsOf();
  expect(after.slice(0, 2_050)).toEqual(before);
  const groupOf = new Map(before.map(({ topicId }, at) => [topicId, at % 48]));
  const right = after.slice(2_050).filter(({ topicId }, at) => groupOf.get(topicId) === (2_050 + at) % 48);
  expect(right.length).toBeGreaterThan(90);
  const week = await weekOf();
  const total = (of: (topic: { stories: number; found: number }) => number) => week.reduce((sum, topic) => sum + of(topic), 0); // prettier-ignore
  const stories = await db.row<{ count: number }>(sql`select count(*)::int as count from stories`);
  expect(total(({ stories: own }) => own)).toBe(stories!.count - 1);
  expect(total(({ found }) => found)).toBeLessThan(stories!.count);
  await db.run(sql`update topic_weeks set found = found * 3 / 4`);
  await add(2_150, 1);
  expect((await weekOf()).every(({ stories: own, found }) => own === found)).toBe(true);
  await close();
});
