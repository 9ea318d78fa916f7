// The topic weather on the site and on the desk: weeks as bars, what became of each topic, and names that stay.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../core/db.ts';
import { saveTopicWeek, topicsBefore } from '../../core/store/topic-weeks.ts';
import { saveTopics } from '../../core/store/topics.ts';
import { inAreas, showTrends, showWeather, underHeadings } from '../../services/topic-weather.ts';
import { openDesk } from './admin/open-desk.ts';
import { testNow } from './open-app.ts';
import { seedIssue } from './seed-issue.ts';

const centroid = Float32Array.of(0.6, 0.8);

async function openWithTopics(role: 'editor' | 'reviewer' = 'editor') {
  const desk = await openDesk(role);
  await seedIssue(desk.db);
  const week = (monday: string, ids: number[], events: Parameters<typeof saveTopicWeek>[1]['events'] = []) =>
    saveTopicWeek(desk.db, { monday, model: 'm', topics: ids.map((topicId) => ({ topicId, storyIds: [1, 3], centroid })), events }); // prettier-ignore
  await desk.db.run(sql`insert into topics (name) values ('graphs'), ('old <b>news</b>')`);
  await desk.db.run(
    sql`insert into stories (topic_id, first_seen, changed_at) values (2, '2026-09-01', '2026-09-01'), (3, '2026-09-01', '2026-09-01')`,
  );
  await week('2026-11-09', [1, 3]);
  await week('2026-11-16', [1, 2], [
    { topicId: 2, kind: 'split', otherId: 1 },
    { topicId: 3, kind: 'merged', otherId: 1 },
  ]); // prettier-ignore
  return desk;
}

const save = (db: Database, name: string) =>
  saveTopics(db, [{ id: 1, name, keywords: ['word'], storyIds: [1, 3], centroid, area: null }], {
    apart: [],
    now: testNow,
  });

test('the site shows each topic with its weeks and what became of it, escaped', async () => {
  const { get } = await openWithTopics();
  const { body } = await get('/topics');
  // Topics were first found a week ago: the six weeks before are no zeros. Of this week's three stories two are on it.
  expect(body).toContain('Part of all new stories a week over 2 weeks, this week at the end: 0%, 66.7%.');
  expect(body).toMatch(/split off from <a href="\/topics\/1">attention/);
  expect(body).toMatch(/became part of <a href="\/topics\/1">attention/);
  expect(body).toContain('old &lt;b&gt;news');
});

test('what is over stands apart, behind what lives, and a topic of which no story is left is not there', async () => {
  const { db, get } = await openWithTopics();
  for (const path of ['/topics', '/desk/topics']) {
    const { body } = await get(path);
    const order = ['>attention</a>', '>graphs</a>', '<h2 class="area">Ended: faded, or now part of another topic</h2>', 'old &lt;b&gt;news']; // prettier-ignore
    const places = order.map((words) => body.indexOf(words));
    expect([path, places.includes(-1), places]).toEqual([path, false, places.toSorted((a, b) => a - b)]);
  }
  await db.run(sql`delete from stories where topic_id = 3`);
  expect((await get('/topics')).body).not.toContain('old &lt;b&gt;news');
  expect((await get('/topics')).body).not.toContain('class="area"');
});

test('a name that a curator gives stays in later runs, until they give it back', async () => {
  const { db, send, get } = await openWithTopics();
  const answer = await send('/desk/topics/1', { name: 'How to attend' });
  expect(answer.headers.location).toBe('/desk/topics?page=1&said=named#topic-1');
  await save(db, 'attention, words');
  expect((await get('/desk/topics')).body).toContain('How to attend');
  expect((await get('/topics')).body).toContain('How to attend');
  await send('/desk/topics/1', { name: '' });
  await save(db, 'attention, words');
  expect((await get('/topics')).body).toContain('attention, words');
});

test('a topic that no story is left in is remembered while a week knows it', async () => {
  const { db } = await openWithTopics();
  await save(db, 'attention');
  const { last, earlier, means } = await topicsBefore(db, { monday: '2026-11-16', model: 'm' });
  expect(last.map(({ topicId }) => topicId)).toEqual([1, 3]);
  expect(earlier).toEqual([1, 3]);
  expect(means[0]!.centroid).toEqual(centroid);
});

test('many topics are on several pages, on the site and at the desk, and a page behind the last is the last', async () => {
  const { db, get } = await openWithTopics();
  await db.run(sql`
    insert into topics (name, seen_at) select 'made up ' || n, '2026-11-20' from generate_series(1, 150) as n`);
  await db.run(sql`
    insert into topic_weeks (topic_id, week, story_ids, centroid, model, found)
    select id, '2026-11-16', '{1}', '\\x00', 'm', 1 from topics where name like 'made up %'`);
  await db.run(sql`
    insert into stories (topic_id, first_seen, changed_at) select id, '2026-11-18', '2026-11-18' from topics where name like 'made up %'`);
  for (const path of ['/topics', '/desk/topics']) {
    const seen = new Set<string>();
    for (const page of [1, 2, 3]) {
      const { body } = await get(`${path}?page=${page}`);
      const ids = [...body.matchAll(/<li id="(topic-\d+)"/g)].map(([, id]) => id!);
      expect(ids.length).toBeLessThanOrEqual(60);
      for (const id of ids) seen.add(id);
    }
    expect(seen.size).toBeGreaterThanOrEqual(150);
    expect((await get(`${path}?page=99`)).body).toContain('Page 3 of 3');
  }
});

test('a reviewer looks at the weather and names nothing', async () => {
  const { get, send } = await openWithTopics('reviewer');
  expect((await get('/desk/topics')).body).not.toContain('Rename');
  expect((await send('/desk/topics/1', { name: 'Mine' })).statusCode).toBe(403);
});

test('the trend goes by the part of the week: half the stories in half a week is steady', () => {
  const topic = { id: 1, name: 'bees', namedBy: null, areaId: null, keywords: [], stories: 70, kind: null, other: null, otherId: null, isThisWeek: false }; // prettier-ignore
  const weather = (weeks: number[], shares: (number | null)[]) =>
    showWeather([{ ...topic, weeks, shares }], 1).groups[0]!.topics[0]!.word;
  expect(weather([0, 0, 0, 0, 20, 20, 20, 10], [null, null, null, null, 0.1, 0.1, 0.1, 0.1])).toBe('steady');
  expect(weather([0, 0, 0, 0, 20, 20, 20, 20], [null, null, null, null, 0.1, 0.1, 0.1, 0.2])).toBe('growing');
  expect(weather([0, 0, 0, 0, 20, 20, 20, 20], [null, null, null, null, 0.1, 0.1, 0.1, 0.05])).toBe('quieter');
  expect(weather([0, 0, 0, 0, 2, 2, 2, 3], [null, null, null, null, 0.1, 0.1, 0.1, 0.13])).toBe('steady');
  expect(weather([0, 0, 0, 0, 0, 0, 0, 20], [null, null, null, null, null, null, null, 0.2])).toBe('');
});

test.each([
  {
    at: 'on a Monday morning',
    weeks: [1, 5, 0],
    count: 5,
    is: 'new',
    says: '5 stories last week',
    ends: 'last week at the end: 20%, 30%.',
  },
  {
    at: 'as soon as a story is there',
    // Most of it is of the week before: it was found only now, and the field talked of it already.
    weeks: [1, 5, 1],
    count: 1,
    is: 'quieter',
    says: '1 story this week',
    ends: 'this week at the end: 20%, 30%, 10%.',
  },
])('$at the list of topics says what the first page does', ({ weeks, count, is, says, ends }) => {
  const topic = { id: 1, name: 'bees', namedBy: null, areaId: null, keywords: [], stories: 70, kind: 'born', other: null, otherId: null, isThisWeek: true } as const; // prettier-ignore
  const weather = [{ ...topic, keywords: [], weeks, shares: [0.2, 0.3, 0.1] }];
  const { when, groups } = showWeather(weather, 1);
  const { word, thisWeek, chart } = groups[0]!.topics[0]!;
  expect(`${word} · ${thisWeek}`).toBe(`${is} · ${says}`);
  expect(JSON.stringify(chart)).toContain(ends);
  expect(when).toBe(ends.startsWith('last') ? 'last' : 'now');
  expect(showTrends(weather).map((trend) => [trend.word, trend.count])).toEqual([[is, count]]);
});

test('weeks before any topic was found take no room: charts and lines begin with the first that is known', () => {
  const topic = { id: 1, name: 'bees', namedBy: null, areaId: null, keywords: [], stories: 30, kind: null, other: null, otherId: null, isThisWeek: false }; // prettier-ignore
  const weeks = [0, 0, 4, 4, 4];
  const early = { ...topic, weeks, shares: [null, null, 0.1, 0.2, 0.2] };
  const late = { ...topic, id: 2, weeks, shares: [null, null, null, 0.2, 0.2] };
  const charts = showWeather([early, late], 1).groups[0]!.topics.map(({ chart }) => chart);
  // Three weeks are known of one of them; the other keeps the place of the week that it lacks.
  expect(charts.map((chart) => chart && [chart.width, chart.before.slice(0, 2)])).toEqual([[22, 'M0'], [22, 'M8']]); // prettier-ignore
  expect(showTrends([early, late]).map(({ line }) => line.split(' ')[0])).toEqual(['M0', 'M36']);
});

test('on the Monday after topics were first found no bar is drawn, and none is spoken of', () => {
  const topic = { id: 1, name: 'bees', namedBy: null, areaId: null, keywords: [], stories: 5, kind: 'born', other: null, otherId: null, isThisWeek: true } as const; // prettier-ignore
  const show = (shares: (number | null)[]) => showWeather([{ ...topic, keywords: [], weeks: [0, 5, 0], shares }], 1);
  const { hasBars, groups } = show([null, null, 0]);
  expect([hasBars, groups[0]!.topics[0]!.chart]).toEqual([false, false]);
  expect(show([null, 0.5, 0]).hasBars).toBe(true);
});

test('many topics stand under the areas they are part of, the largest first, and what is in none comes last', () => {
  const row = (id: number, areaId: number | null) => ({ id, areaId, name: `topic ${id}` });
  const few = [row(1, 2), row(2, 2), row(3, null)];
  expect(underHeadings(inAreas(few))).toEqual([{ area: null, isOver: false, topics: few }]);
  // Every third is in no area, and 99 is the middle of one that is no longer shown.
  const many = Array.from({ length: 18 }, (_, at) => row(at + 1, [4, null, 5, 4, 5, 99][at % 6]!));
  const groups = underHeadings(inAreas(many));
  expect(groups.map(({ area }) => area?.id)).toEqual([4, 5, undefined]);
  expect(groups.map(({ topics }) => topics.map(({ id }) => id))).toEqual([
    [1, 4, 7, 10, 13, 16],
    [3, 5, 9, 11, 15, 17],
    [2, 6, 8, 12, 14, 18],
  ]);
});

test('a topic leads to those of its area, and many topics have headings on the site and at the desk', async () => {
  const { db, get } = await openWithTopics();
  const stories = await db.rows<{ id: number }>(sql`
    insert into stories (first_seen, changed_at) select '2026-11-18', '2026-11-18' from generate_series(1, 20) returning id`);
  const topics = stories.map(({ id }, at) => ({
    id: null,
    name: `Subject ${at}`,
    keywords: [],
    storyIds: [id],
    centroid,
    area: at < 10 ? 3 : 12,
  }));
  const ids = await saveTopics(db, topics, { apart: [], now: testNow });
  for (const path of ['/topics', '/desk/topics']) {
    const { body } = await get(path);
    const headings = [...body.matchAll(/<h2 class="area">([^<]+)/g)].map(([, heading]) => heading);
    expect([path, headings]).toEqual([
      path,
      [
        'Subject 3 and what is near it',
        'Subject 12 and what is near it',
        'Topics on their own',
        'Ended: faded, or now part of another topic',
      ],
    ]);
  }
  const { body } = await get(`/topics/${ids[5]}`);
  const near = /Near it: (.*?)<\/p>/.exec(body)![1]!;
  expect([...near.matchAll(/href="\/topics\/(\d+)"/g)].map(([, id]) => Number(id))).toEqual(ids.slice(0, 10).filter((id) => id !== ids[5])); // prettier-ignore
});
