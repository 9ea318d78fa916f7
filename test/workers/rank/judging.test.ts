// From tables to figures and to a taste: what was shown and answered, what was approved, moved and removed.
import { beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { issueToJudge, listJudgements } from '../../../core/store/judgements.ts';
import { currentTaste, issueToLearnFrom, tastedStories } from '../../../core/store/tastes.ts';
import { judgeIssues } from '../../../workers/rank/judge-issues.ts';
import { learnCuratorsTaste } from '../../../workers/rank/learn-taste.ts';
import { testDatabase } from '../../database.ts';

const sentAt = new Date('2026-11-14T07:00:00Z');
const now = new Date('2026-11-16T07:00:00Z');
const never = new AbortController().signal;
let db: Database;
let clock = now;
let house: House;

/** Stories 1 to 8 about speech, robots, speech, robots ...; published one day after another, 8 the newest. */
beforeEach(async () => {
  db = await testDatabase();
  clock = now;
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  house = {
    config: parseConfig({}),
    db,
    log,
    now: () => clock,
    queue: { enqueue: async () => undefined } as unknown as House['queue'],
  };
  await db.run(
    sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/'), ('feed', 'Dull', 'https://dull.example/')`,
  );
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select case when n = 8 then 2 else 1 end, n::text, 'post', 'https://notes.example/' || n,
      case n % 2 when 1 then 'speech recognition ' else 'robots walking ' end || n, '', '2026-11-01'::timestamptz + n * interval '1 day', 'x'
    from generate_series(1, 8) as n`);
  await db.run(
    sql`insert into stories (headline_item_id, first_seen, changed_at) select id, now(), now() from items order by id`,
  );
  await db.run(sql`insert into story_items select id, id, 'first' from items`);
  await db.run(sql`insert into issues (number, slug, week, title, status, sent_at, send_at, approved_at, approved_hash, content_hash)
    values (1, 'one', '2026-11-09', 'One', 'sent', ${sentAt}, ${sentAt}, ${sentAt}, 'x', 'x')`);
  await db.run(sql`insert into issue_stories (issue_id, story_id, section, position, role)
    select 1, id, 'posts', id, case id when 7 then 'pick' when 8 then 'removed' else 'pool' end from stories`);
  await db.run(
    sql`insert into readers (email, token, status) select n || '@example.org', 'token-' || n, 'active' from generate_series(1, 3) as n`,
  );
});

async function show(readerId: number, storyIds: number[]): Promise<void> {
  const stories = [
    { storyId: 7, kind: 'editor' },
    ...storyIds.map((storyId, place) => ({ storyId, kind: 'personal', ...(place === 3 ? { exploring: true } : {}) })),
  ];
  const profile = { facets: [{ kind: 'interest', words: 'speech', weight: 1 }] };
  await db.run(
    sql`insert into picks values (1, ${readerId}, 'x', ${JSON.stringify(stories)}::jsonb, ${JSON.stringify(profile)}::jsonb, 'x')`,
  );
  await db.run(sql`insert into exposures (reader_id, story_id, issue_id, position, at)
    select ${readerId}, story_id, 1, position, ${sentAt} from unnest(${[7, ...storyIds]}::int[]) with ordinality as shown(story_id, position)`);
}

test('an issue is judged by what was answered after it was shown, beside recency, TF-IDF and chance', async () => {
  await show(1, [1, 3, 2, 4]);
  await show(2, [2, 4, 1, 6]);
  await show(3, [1, 2, 3, 4]);
  const after = new Date(sentAt.getTime() + 3_600_000);
  const before = new Date(sentAt.getTime() - 3_600_000);
  // Reader 1 liked the first, reader 2 opened the third; 3 asked for less, liked before it was shown, and answers no pick.
  await db.run(sql`insert into signals values (1, 1, 'like', ${after}), (2, 1, 'click', ${after}), (2, 4, 'like', ${before}),
    (3, 1, 'dislike', ${after}), (3, 1, 'click', ${after}), (1, 7, 'save', ${after})`);
  await judgeIssues(house, never);
  const [judged] = await listJudgements(db, 10);
  expect(judged).toMatchObject({ number: 1, week: '2026-11-09', madeAt: now });
  const { metrics, ...figures } = judged!.figures;
  expect(figures).toMatchObject({
    letters: 3,
    exposures: 12,
    answers: 2,
    hitAt: 3,
    coverage: 5 / 6,
    exploration: 3 / 12,
  });
  // Ours: 1 and 1 / log2(4). Newest first puts story 1 last: 1 / log2(5) both. Speech first: both are speech stories.
  expect(metrics.ndcg.ours).toMatchObject({ mean: expect.closeTo((1 + 0.5) / 2, 10), count: 2 });
  expect(metrics.ndcg.recency!.mean).toBeCloseTo(1 / Math.log2(5), 10);
  expect(metrics.ndcg.tfidf!.mean).toBeCloseTo(1, 10);
  const discounts = [2, 3, 4, 5].reduce((sum, place) => sum + 1 / Math.log2(place), 0);
  expect(metrics.ndcg.random!.mean).toBeCloseTo(discounts / 4, 10);
  expect(metrics.hitRate.ours!.mean).toBe(1);
  expect(metrics.hitRate.random!.mean).toBeCloseTo(3 / 4, 10);
  expect(metrics.auc.ours!.mean).toBeCloseTo((1 + 1 / 3) / 2, 10);
  expect(metrics.auc.recency!.mean).toBe(0);
  expect(metrics.auc.random!.mean).toBe(0.5);
  expect(figures.diversity!.count).toBe(3);
});

test('it is judged again a day later while answers come, and not at every job', async () => {
  await show(1, [1, 2]);
  await judgeIssues(house, never);
  expect(await issueToJudge(db, clock)).toBeUndefined();
  clock = new Date(now.getTime() + 86_400_000);
  expect(await issueToJudge(db, clock)).toEqual({ id: 1 });
  clock = new Date('2026-12-20T07:00:00Z');
  await judgeIssues(house, never);
  clock = new Date('2026-12-25T07:00:00Z');
  expect(await issueToJudge(db, clock)).toBeUndefined();
});

test('an issue that nobody was shown gives figures that say so', async () => {
  await judgeIssues(house, never);
  const [judged] = await listJudgements(db, 10);
  expect(judged!.figures).toMatchObject({ letters: 0, answers: 0, coverage: null, exploration: null, diversity: null });
  expect(judged!.figures.metrics.ndcg.ours).toBeNull();
});

test('a taste is learned once for each approved issue, from the desk as it was left and the audit', async () => {
  await db.run(sql`insert into audit (actor, action, subject, after, at) values
    ('Olga', 'move story 3', 'issue 1', '{"change": "move", "direction": "up"}', now()),
    ('Olga', 'move story 3', 'issue 1', '{"change": "move", "direction": "up"}', now()),
    ('Olga', 'role story 7', 'issue 1', '{"change": "role", "role": "pick"}', now()),
    ('Olga', 'edit the intro', 'issue 1', '{}', now()), ('Olga', 'move story 3', 'issue 12', '{"direction": "up"}', now())`);
  const stories = await tastedStories(db, { issues: 26, now });
  expect(stories.map(({ storyId, moved, promoted }) => [storyId, moved, promoted])).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((id) => [id, id === 3 ? 2 : 0, id === 7]),
  );
  expect(stories[6]).toMatchObject({
    role: 'pick',
    sourceId: 1,
    kind: 'post',
    weight: 1,
    kinds: 1,
    ageDays: 6 + 7 / 24,
  });
  expect(await issueToLearnFrom(db)).toBe(1);
  await learnCuratorsTaste(house, never);
  const taste = await currentTaste(db);
  // Removed behind seven kept; one pick before six of the pool; one moved before two.
  expect(taste).toMatchObject({ choices: 3, accuracy: null, madeAt: now });
  expect(await db.rows(sql`select pairs from tastes`)).toEqual([{ pairs: 7 + 6 + 2 }]);
  expect(taste!.weights['source:2']).toBeLessThan(0);
  expect(await issueToLearnFrom(db)).toBeUndefined();
});
