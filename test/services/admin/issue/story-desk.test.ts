// `/desk/stories/:id`: a curator splits, joins, chooses the headline, and takes it back; the letter and the audit follow.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../../core/db.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { decisionsAmong } from '../../../../core/store/item-decisions.ts';
import { rejectedAmong } from '../../../../core/store/rejected-stories.ts';
import { markSent, seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

async function openWithIssue(role: 'editor' | 'reviewer' = 'editor') {
  const desk = await openDesk(role);
  return { ...desk, issueId: await seedIssue(desk.db) };
}

const placesOf = (db: Database) => db.rows(sql`select item_id, story_id, why from story_items order by item_id`);
const titlesOf = async (db: Database, issueId: number) =>
  (await loadIssueContent(db, issueId)).cards.map(({ title, also }) => [title, also.length]);

test('the page says what the story is made of, and why', async () => {
  const { get } = await openWithIssue();
  const { body } = await get('/desk/stories/1');
  expect(body).toContain('Made of 2 items');
  expect(body).toContain('here because it reads alike');
  expect((await get('/desk/stories/999')).statusCode).toBe(404);
});

test('a ticked item becomes a story of its own, in the letter too, apart for good; undo brings all of it back', async () => {
  const { db, send, get, enqueued, issueId } = await openWithIssue();
  const before = { places: await placesOf(db), titles: await titlesOf(db, issueId) };
  const answer = await send('/desk/stories/1/split', { items: '2' });
  expect(answer.headers.location).toBe('/desk/stories/1?made=4');
  expect(await titlesOf(db, issueId)).toContainEqual(['Attention, the talk', 0]);
  expect(await decisionsAmong(db, [1, 2, 3])).toEqual([{ itemA: 1, itemB: 2, verdict: 'apart' }]);
  expect(await enqueued()).toEqual(['stories.find {}', `issue.sort {"issueId":${issueId}}`]);
  expect(await listAudit(db, 'story 1')).toMatchObject([{ actor: 'Olga', action: 'split the story' }]);
  expect((await get('/desk/stories/1')).body).toContain('Olga split it');

  await send('/desk/stories/1/undo', { decision: '1' });
  expect({ places: await placesOf(db), titles: await titlesOf(db, issueId) }).toEqual(before);
  expect(await decisionsAmong(db, [1, 2, 3])).toEqual([]);
  expect((await get('/desk/stories/1')).body).toContain('taken back by Olga');
});

test('a dead link is left out by one press at the gate: its item is split off, which is called so and no rejection, and undo brings it back', async () => {
  const { db, send, get, issueId } = await openWithIssue();
  const before = { places: await placesOf(db), titles: await titlesOf(db, issueId) };
  const [{ url } = { url: '' }] = await db.rows<{ url: string }>(sql`select url from items where id = 2`);
  await db.run(sql`insert into link_checks values (${url}, 'broken', 'answered 404', now())`);
  const page = `/desk/issues/${issueId}`;
  expect((await get(page)).body).toContain('>Leave this link out</button>');
  const answer = await send(`/desk/stories/1/leave-out?issue=${issueId}`, { urls: url });
  expect(answer.headers.location).toBe(`${page}?story=1`);
  expect(await titlesOf(db, issueId)).toContainEqual(['Attention pays', 0]);
  expect((await titlesOf(db, issueId)).map(([title]) => title)).not.toContain('Attention, the talk');
  const { body } = await get(page);
  expect(body).not.toContain('Leave this link out');
  expect(body).toContain('Last: Olga left a link out');
  expect(body).toContain('>Rejected 0<');
  const rejected = (await get(`${page}?show=rejected`)).body;
  expect(rejected).toContain('Nothing is rejected.');
  expect((await get('/desk/stories/1')).body).toContain('Olga left a link out');
  expect((await get(`${page}?q=talk`)).body).toContain('<span class="tag">left out</span>');
  // Both count the story of its own, since both find it, and call it by one name.
  const stories = Number(/Find in (\d+) stories/.exec(body)![1]);
  const inbox = (await get('/desk/inbox')).body;
  expect(inbox).toContain(`${stories} stories of the last seven days`);
  expect(inbox).toMatch(/Attention, the talk[\s\S]*?left out of No /);
  expect(inbox).not.toContain('rejected of No');
  const edit = /id="undo"[\s\S]*?name="edit" value="(\d+)"/.exec(body)![1]!;
  await send(`${page}/undo`, { edit });
  expect({ places: await placesOf(db), titles: await titlesOf(db, issueId) }).toEqual(before);
  expect((await send('/desk/stories/1/leave-out', { urls: 'https://elsewhere.example/' })).statusCode).toBe(409);
});

test('a link that was left out, restored and left out again by undo is still no rejection', async () => {
  const { db, send, get, issueId } = await openWithIssue();
  const [{ url } = { url: '' }] = await db.rows<{ url: string }>(sql`select url from items where id = 2`);
  await send(`/desk/stories/1/leave-out?issue=${issueId}`, { urls: url });
  const page = `/desk/issues/${issueId}`;
  const step = async (to: 'undo' | 'redo') => {
    const edit = new RegExp(`id="${to}"[\\s\\S]*?name="edit" value="(\\d+)"`).exec((await get(page)).body)![1]!;
    await send(`${page}/${to}`, { edit });
    return (await get(`${page}?q=talk`)).body;
  };
  await send(`${page}/stories/4`, { change: 'role', role: 'pool' });
  expect(await step('undo')).toContain('<span class="tag">left out</span>');
  expect(await rejectedAmong(db, [4])).toEqual(new Set());
  expect(await step('redo')).not.toContain('<span class="tag">left out</span>');
  await send(`${page}/stories/4`, { change: 'role', role: 'removed' });
  expect(await rejectedAmong(db, [4])).toEqual(new Set([4]));
});

test('a story that lost its headline to a split says that its sentences are being chosen, not that it has none', async () => {
  const { db, send, get, issueId } = await openWithIssue();
  const sentences = [
    { text: 'We attend.', quote: 'We attend.', itemId: 1, segment: 0, start: 0, end: 10, by: 'source' },
  ];
  await db.run(
    sql`update issue_stories set sentences = ${JSON.stringify(sentences)}::jsonb, map_x = 1, map_y = 1 where story_id = 1`,
  );
  await send('/desk/stories/1/split', { items: '1' });
  const pane = async () => (await get(`/desk/issues/${issueId}?story=1`)).body;
  expect(await pane()).toContain('Its sentences are being chosen');
  await db.run(sql`update issue_stories set map_x = 1, map_y = 1 where story_id = 1`);
  expect(await pane()).toContain('No summary: the letter shows the headline alone.');
});

test('the lines of the list are numbered as they are shown, after a split too', async () => {
  const { send, get, issueId } = await openWithIssue();
  await send('/desk/stories/1/split', { items: '2' });
  const { body } = await get(`/desk/issues/${issueId}`);
  const numbers = [...body.matchAll(/<span class="n">(\d+)<\/span>/g)].map(([, n]) => Number(n));
  expect(numbers.length).toBeGreaterThan(2);
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
});

test('a story that is joined to another is gone from the letter, its items are there, and undo brings it back', async () => {
  const { db, send, get, issueId } = await openWithIssue();
  const before = { places: await placesOf(db), titles: await titlesOf(db, issueId) };
  await send('/desk/stories/1/join', { other: '2' });
  expect(await titlesOf(db, issueId)).toEqual([['Attention pays', 2], ['Second paper', 0]]); // prettier-ignore
  expect(await decisionsAmong(db, [1, 2, 3])).toMatchObject([{ verdict: 'together' }, { verdict: 'together' }]);
  expect((await get('/desk/stories/2')).headers.location).toBe('/desk/stories/1');
  await send('/desk/stories/1/undo', { decision: '1' });
  expect({ places: await placesOf(db), titles: await titlesOf(db, issueId) }).toEqual(before);
});

test('the talk speaks for the story when a curator says so, and the paper again when they take it back', async () => {
  const { db, send, get, issueId } = await openWithIssue();
  await send('/desk/stories/1/headline', { item: '2' });
  expect((await titlesOf(db, issueId))[0]).toEqual(['Attention, the talk', 1]);
  expect((await get('/desk/stories/1')).body).toContain('Olga chose it');
  await send('/desk/stories/1/undo', { decision: '1' });
  expect((await titlesOf(db, issueId))[0]).toEqual(['Attention pays', 1]);
});

test('a proposed subject and intro follow the headline that a curator chose, the story they joined, and their undo', async () => {
  const { db, send, issueId } = await openWithIssue();
  const opening = async () => await db.row(sql`select title, intro from issues where id = ${issueId}`);
  await db.run(sql`update items set title = 'Bees count' where id = 3`);
  await db.run(sql`update issues set title = 'Attention pays; Bees count', intro = 'This week opens with “Attention pays” and “Bees count”. There are 3 stories.'`); // prettier-ignore
  const proposed = await opening();
  await send('/desk/stories/1/headline', { item: '2' });
  expect(await opening()).toMatchObject({ title: 'Attention, the talk; Bees count' });
  await send('/desk/stories/1/undo', { decision: '1' });
  expect(await opening()).toEqual(proposed);
  await send('/desk/stories/1/join', { other: '2' });
  expect(await opening()).toMatchObject({ intro: 'This week opens with “Attention pays”. There are 3 stories.' });
  await send(`/desk/issues/${issueId}/undo`, { edit: String((await db.row<{ id: number }>(sql`select max(id) as id from issue_edits`))!.id) }); // prettier-ignore
  expect(await opening()).toEqual(proposed);
});

test.each<[string, Record<string, string>, number]>([
  ['/desk/stories/1/split', {}, 400],
  ['/desk/stories/1/join', { other: '1' }, 400],
  ['/desk/stories/1/join', { other: '' }, 400],
  ['/desk/stories/1/headline', { item: '3' }, 400],
  ['/desk/stories/1/undo', { decision: '7' }, 400],
])('%s with %o changes nothing', async (url, fields) => {
  const { db, send, enqueued } = await openWithIssue();
  const before = await placesOf(db);
  expect((await send(url, fields)).statusCode).toBeGreaterThanOrEqual(400);
  expect(await placesOf(db)).toEqual(before);
  expect(await enqueued()).toEqual([]);
});

test('what readers got stays as they got it, and a reviewer changes nothing', async () => {
  const { db, send, issueId } = await openWithIssue();
  await markSent(db, issueId);
  const answer = await send('/desk/stories/1/split', { items: '2' });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.body).toContain('it stays as readers get it');
  const reviewer = await openWithIssue('reviewer');
  expect((await reviewer.send('/desk/stories/1/split', { items: '2' })).statusCode).toBe(403);
});
