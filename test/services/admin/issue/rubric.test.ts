// The rubric: two curators score the picks, see how far they agree, and are asked to talk where they do not.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { addCurator, type Role } from '../../../../core/store/curators.ts';
import { saveScores, rubricOf } from '../../../../core/store/rubric.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

const scores = { decisive: 5, comprehensive: 4, justified: 4, accurate: 4, kind: 3 };
const typed = { decisive: '2', comprehensive: '4', justified: '4', accurate: '5', kind: '3' };

async function openIssue(role: Role = 'editor') {
  const desk = await openDesk(role);
  const id = await seedIssue(desk.db);
  const ben = await addCurator(desk.db, { email: 'ben@desk.example', name: 'Ben', role: 'editor' });
  const benScores = (storyId: number) => saveScores(desk.db, { issueId: id, storyId, curatorId: ben.id, scores, at: testNow }); // prettier-ignore
  return { ...desk, id, page: `/desk/issues/${id}`, benScores };
}

test('nobody is led: what others gave is shown to who scored, with what to talk about', async () => {
  const { get, send, page, benScores } = await openIssue();
  await benScores(1);
  const before = (await get(`${page}?story=1`)).body;
  expect(before).toContain('What others gave is shown when you have scored it.');
  expect(before).not.toContain('Ben: decisive 5');
  expect((await send(`${page}/stories/1/scores?story=1`, typed)).headers.location).toBe(`${page}?story=1#story-1`);
  const after = (await get(`${page}?story=1`)).body;
  expect(after).toContain('Ben: decisive 5, comprehensive 4, justified 4, accurate 4, kind 3');
  expect(after).toContain('You are far apart, so talk about it: decisive: Olga 2, Ben 5.');
  expect(after).toContain('Scores · 2 given · by you · talk about it');
});

test('the opening says how far curators agree over the picks, and a second score takes the place of the first', async () => {
  const { get, send, page, benScores, db, id } = await openIssue();
  expect((await get(page)).body).toContain('0 of 2 picks were scored by two');
  await benScores(1);
  await benScores(2);
  await send(`${page}/stories/1/scores`, typed);
  await send(`${page}/stories/1/scores`, { ...typed, decisive: '5', accurate: '4' });
  const { body } = await get(page);
  expect(body).toContain('1 of 2 picks was scored by two');
  expect(body).toMatch(/agreement 1\.00/);
  expect(await rubricOf(db, id)).toHaveLength(3);
});

test('a story of the pool has no rubric, one that is not there takes no score, and a score is from 1 to 5', async () => {
  const { get, send, page, db } = await openIssue();
  expect((await get(`${page}?story=3`)).body).not.toContain('class="rubric"');
  expect((await send(`${page}/stories/99/scores`, typed)).statusCode).toBe(404);
  for (const wrong of ['0', '6', '2.5', '', 'x']) {
    expect((await send(`${page}/stories/1/scores`, { ...typed, kind: wrong })).statusCode).toBe(400);
  }
  expect(await db.rows(sql`select 1 from rubric_scores`)).toEqual([]);
});

test('a reviewer scores, and a score changes nothing of the issue', async () => {
  const { send, page, db, id } = await openIssue('reviewer');
  expect((await send(`${page}/stories/1/scores`, typed)).statusCode).toBe(303);
  expect(await rubricOf(db, id)).toMatchObject([{ name: 'Olga', decisive: 2 }]);
  expect(await db.row(sql`select status from issues where id = ${id}`)).toEqual({ status: 'draft' });
});
