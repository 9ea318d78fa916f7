// The page that says how well the ranker did: its numbers, what they rest on, and the chart they make.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { saveJudgement, type RankerFigures, type JudgedMean } from '../../../core/store/judgements.ts';
import { saveRankModel } from '../../../core/store/rank-models.ts';
import { saveTaste } from '../../../core/store/tastes.ts';
import { drawLines } from '../../../services/admin/draw-chart.ts';
import { testNow } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

function figuresOf(count: number, ours: number): RankerFigures {
  const mean = (value: number): JudgedMean => (count === 0 ? null : { mean: value, halfWidth: 0.04, count });
  const one = { ours: mean(ours), tfidf: mean(0.5), recency: mean(0.4), random: mean(0.3) };
  return { letters: 120, exposures: 960, answers: count * 2, hitAt: 3, metrics: { ndcg: one, hitRate: one, auc: one }, coverage: 0.42, diversity: mean(0.9), exploration: 0.125 }; // prettier-ignore
}

const textOf = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('says the next step while nothing went out', async () => {
  const { get } = await openDesk();
  const shown = textOf((await get('/desk/ranking')).body);
  expect(shown).toContain('The first figures come the day after the first issue went out.');
  expect(shown).toContain('It begins when somebody picks, moves or removes a story');
});

test.each([
  [12, 'rest on 12 of 120 letters, those in which a personal pick was answered: too few to tell rankers apart.'],
  [0, 'rest on 0 of 120 letters, those in which a personal pick was answered: too few'],
  [1, 'rest on 1 of 120 letters, the one in which a personal pick was answered: too few'],
  [64, 'rest on 64 of 120 letters, those in which a personal pick was answered.'],
])('figures from %d answered letters say how much they rest on', async (count, words) => {
  const { get, db } = await openDesk();
  const issueId = await seedSentIssue(db);
  await saveJudgement(db, { issueId, madeAt: testNow, figures: figuresOf(count, 0.61) });
  const shown = textOf((await get('/desk/ranking')).body);
  expect(shown).toContain(words);
  expect(shown.includes('nothing to draw')).toBe(count === 0);
});

test('shows each figure beside the plain rankers, as a chart with a name and as a table', async () => {
  const { get, db } = await openDesk('reviewer');
  const issueId = await seedSentIssue(db);
  await saveJudgement(db, { issueId, madeAt: testNow, figures: figuresOf(64, 0.61) });
  await saveTaste(db, { madeAt: testNow, issueId, pairs: 310, choices: 31, accuracy: 0.72, kept: true, weights: { 'source:3': -0.4, 'kind:video': 0.3, breadth: 0.01 } }); // prettier-ignore
  const { body } = await get('/desk/ranking');
  const shown = textOf(body);
  expect(shown).toContain('16 Nov 2026 0.61 ± 0.04 0.50 ± 0.04 0.40 ± 0.04 0.30 64');
  expect(shown).toContain('16 Nov 2026 120 960 128 42% 0.90 13%');
  expect(body.match(/<svg class="lines" role="img" aria-label="[^"]+; the numbers stand below."/g)).toHaveLength(3);
  expect(shown).toContain('Learned from 31 choices');
  expect(shown).toContain('it put 72% of the choices in your order');
  expect(shown).toContain('talks +0.30');
  expect(shown).toContain('Evil &lt;b&gt;Blog&lt;/b&gt; −0.40');
});

test('names the model in use with its held-out figures, and why a later one was refused', async () => {
  const { get, db } = await openDesk();
  expect(textOf((await get('/desk/ranking')).body)).toContain('In use: content only');
  const figures = { madeAt: testNow, readers: 640, stories: 2_100, signals: 9_000, heldOut: 1_000 };
  await saveRankModel(db, { ...figures, recall: 0.412, recallBefore: null, kept: true, state: Uint8Array.of(1) });
  await saveRankModel(db, { ...figures, recall: 0.401, recallBefore: 0.412, kept: false, state: undefined });
  const shown = textOf((await get('/desk/ranking')).body);
  expect(shown).toMatch(
    /In use: model \d+ of 2026-11-\d\d, 640 readers, 2100 stories; finds 41\.2% of held-out signals/,
  );
  expect(shown).toContain('640 2100 9000 1000 41.2% – Kept: the first');
  expect(shown).toContain('40.1% 41.2% Refused: finds no more than the one before');
});

test('answers to “this or that?” are told with how many were foreseen, and honestly where they are few', async () => {
  const { get, db } = await openDesk();
  expect(textOf((await get('/desk/ranking')).body)).toContain('Nobody answered yet.');
  const issueId = await seedSentIssue(db);
  await db.run(
    sql`insert into readers (email, status, token) select 'r' || n || '@x.example', 'active', 'token-' || n from generate_series(1, 40) as n`,
  );
  // Of 40 drawn by lot 28 were foreseen without, of 32 with earlier answers 20 without and 24 with them; one was a tie.
  await db.run(sql`
    insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, informed, by_lot, at)
    select id, ${issueId}, 1, 3, case when id <= 20 or id > 32 then 0.2 else -0.2 end,
      case when id > 32 then null when id <= 23 then 0.1 when id <= 25 then 0 else -0.1 end, true, ${testNow} from readers where id <= 36`);
  await db.run(sql`
    insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, informed, by_lot, at)
    select id, ${issueId}, 3, 1, -1, -1, false, ${testNow} from readers where id > 36`);
  const shown = textOf((await get('/desk/ranking')).body);
  expect(shown).toContain('40 answers from 40 readers.');
  expect(shown).toContain('All drawn by lot 36 67% –');
  expect(shown).toContain('Of those, from readers who had answered before 32 63% 75%');
  expect(shown).not.toContain('Too few to tell what answers are worth');
  await db.run(sql`delete from pair_answers where reader_id = 1`);
  await db.run(sql`delete from pair_answers where reader_id in (2, 3)`);
  expect(textOf((await get('/desk/ranking')).body)).toContain('Too few to tell what answers are worth. From 30 on');
});

test('nobody sees it who did not sign in', async () => {
  const { app } = await openDesk();
  expect((await app.inject('/desk/ranking')).headers.location).toBe('/desk/sign-in');
});

describe('a chart of lines', () => {
  const steps = ['a', 'b', 'c', 'd'];
  const shares = { steps, most: 1, unit: 'share', label: 'One & "two"' } as const;

  test('breaks a line at a gap, keeps labels apart, and leaves out what has no value', async () => {
    const chart = await drawLines({
      ...shares,
      series: [
        { name: 'ours', isOurs: true, values: [0, 1, null, 0.5] },
        { name: 'chance', isOurs: false, values: [0.5, 0.5, 0.5, 0.5] },
        { name: 'nothing', isOurs: false, values: [null, null, null, null] },
      ],
    });
    expect(chart).toContain('role="img" aria-label="One &amp; &#34;two&#34;"');
    // The names of the steps stand under their points.
    expect(/^<svg[^>]*>/.exec(chart)![0]).toContain('text-anchor="middle"');
    const heightOf = (name: string): number =>
      Number(new RegExp(`translate\\(\\d+,([\\d.]+)\\)"[^>]*>${name}<`).exec(chart)![1]);
    expect(Math.abs(heightOf('ours') - heightOf('chance'))).toBeGreaterThanOrEqual(14.9);
    // Two strokes where the gap is one point: before it and, as a point alone, after it.
    expect(/is-ours[^>]*><path d="(M[^M]+)(M[^M]+)"/.exec(chart)).not.toBeNull();
    expect(chart).not.toMatch(/nothing|NaN|<style|style=/);
  });

  test('of one step is dots, and of none nothing', async () => {
    const one = await drawLines({ ...shares, steps: ['a'], series: [{ name: 'ours', isOurs: true, values: [1] }] });
    expect(one.match(/<circle/g)).toHaveLength(1);
    expect(one).not.toContain('NaN');
    expect(await drawLines({ ...shares, steps: [], series: [{ name: 'ours', isOurs: true, values: [] }] })).toBe('');
  });
});
