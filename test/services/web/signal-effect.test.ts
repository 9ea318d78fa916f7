// What an answer does is said before the button and after it, and "Less" and "Save" of one story do not contradict each other.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { tellEffect } from '../../../services/web/signal-effect.ts';
import { openApp, post, testNow } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

const like = [1, 2].map((id) => ({ id, title: `Story ${id}`, lang: 'en' }));
const said = (answer: Parameters<typeof tellEffect>[0]) => tellEffect(answer).lines.join(' ');

test.each<[Parameters<typeof tellEffect>[0], string]>([
  [{ kind: 'like', given: [], isGiven: false, like }, 'With it 2 stories of this week rise for you.'],
  [{ kind: 'like', given: ['like'], isGiven: true, like: like.slice(1) }, '1 story of this week rises for you.'],
  [{ kind: 'dislike', given: ['dislike'], isGiven: true, like }, '2 stories of this week sink for you.'],
  [{ kind: 'like', given: [], isGiven: false, like: [] }, 'No story of this week is like it'],
  [{ kind: 'save', given: [], isGiven: false, like }, 'It goes into your list. With it 2 stories of this week rise'],
  [{ kind: 'like', given: ['dislike'], isGiven: false, like }, 'It takes the place of your “Less”.'],
])('%j: %s', (answer, words) => {
  expect(said(answer)).toContain(words);
});

test.each([true, false])('a story one wants less of may be saved, which moves nothing else (saved: %s)', (isGiven) => {
  const { lines, stories } = tellEffect({ kind: 'save', given: ['dislike', ...(isGiven ? ['save' as const] : [])], isGiven, like }); // prettier-ignore
  expect(lines.join(' ')).toContain('You asked for less like it, and that still counts');
  expect([lines.join(' ').includes('rise'), stories]).toEqual([false, []]);
});

test('the page names the stories that move, and leads back to the issue', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'x', at: testNow }); // prettier-ignore
  const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
  const vectors: [number, number[]][] = [[1, [1, 0]], [3, [0, 1]], [4, [0.8, 0.6]]]; // prettier-ignore
  await db.run(sql`insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 2)`);
  for (const [item, vector] of vectors)
    await db.run(sql`insert into vectors (item_id, segment, model, vector) values (${item}, 0, 'm', ${Buffer.from(Float32Array.from(vector).buffer)})`); // prettier-ignore
  const before = (await app.inject(`/signal/${token}/1/like`)).body;
  expect(before).toContain('With it 1 story of this week rises for you.');
  expect(before).toContain('<a href="/stories/3">Second paper</a>');
  await app.inject(post(`/signal/${token}/1/like`));
  const after = (await app.inject(`/signal/${token}/1/like`)).body;
  expect(after).toContain('1 story of this week rises for you.');
  expect(after).toContain(`href="/read/${token}/2026-w47#story-1"`);
});

test('stories that share its topic are like it, however far their vectors are apart, as its own page lists them', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'x', at: testNow }); // prettier-ignore
  const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
  await db.run(sql`insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 2)`);
  for (const [item, vector] of [[1, [1, 0]], [4, [0, 1]]] as const) // prettier-ignore
    await db.run(sql`insert into vectors (item_id, segment, model, vector) values (${item}, 0, 'm', ${Buffer.from(Float32Array.from(vector).buffer)})`); // prettier-ignore
  const page = async () => (await app.inject(`/signal/${token}/1/like`)).body;
  await db.run(sql`update topics set name = 'attention, by now'`);
  await db.run(sql`update stories set topic_id = null where id <> 1`);
  expect(await page()).toContain('No story of this week is like it');
  await db.run(sql`update stories set topic_id = 1 where id in (1, 3)`);
  expect((await app.inject('/stories/1')).body).toContain('<a href="/stories/3">Second paper</a>');
  expect(await page()).toContain('With it 1 story of this week rises for you.');
});
