// Undo and redo of an issue's edits: rows go back to what they were, one edit at a time, whoever made it.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import { issueById } from '../../../../core/store/issues.ts';
import { storiesChosenBy } from '../../../../core/store/tastes.ts';
import { openingVersion } from '../../../../services/admin/issue/edits.ts';
import { markSent, seedIssue } from '../../seed-issue.ts';
import { everyReason } from '../every-reason.ts';
import { openDesk } from '../open-desk.ts';

async function openIssue() {
  const desk = await openDesk();
  const id = await seedIssue(desk.db);
  const page = `/desk/issues/${id}`;
  const rows = async () =>
    JSON.stringify([
      await desk.db.rows(sql`select * from issue_stories order by story_id`),
      await desk.db.rows(sql`select * from issue_pool order by story_id`),
      await desk.db.rows(sql`select * from section_labels order by item_id`),
      await desk.db.rows(sql`select title, intro, opened_by, lead_story_id, pool from issues`),
    ]);
  const step = async (to: 'undo' | 'redo') => {
    const { body } = await desk.get(page);
    const edit = new RegExp(`id="${to}"[\\s\\S]*?name="edit" value="(\\d+)"`).exec(body)?.[1];
    return desk.send(`${page}/${to}?story=1`, { edit: edit ?? '' });
  };
  const story = (storyId: number, fields: Record<string, string>) => desk.send(`${page}/stories/${storyId}`, fields);
  return { ...desk, id, page, rows, step, story };
}

/** Every kind of edit there is, with the words the desk has for it. */
const edits: readonly [words: string, path: string, fields: Record<string, string | string[]>][] = [
  ['Olga put into Posts &amp; Essays “Attention pays”', 'stories/1', { change: 'section', section: 'posts' }],
  ['Olga moved “Second paper”', 'stories/3', { change: 'move', direction: 'up' }],
  ['Olga moved', 'stories/3', { change: 'place', before: '1' }],
  ['Olga rejected “Second paper”', 'stories/3', { change: 'role', role: 'removed' }],
  ['Olga picked “Second paper”', 'stories/3', { change: 'role', role: 'pick' }],
  ['Olga made the lead', 'stories/2', { change: 'lead' }],
  ['Olga rejected 2 stories', 'bulk', { stories: ['3', '1'], act: 'removed' }],
  ['Olga wrote the summary of “Attention pays”', 'stories/1/summary', { sentences: ['It pays.', 'Mine.'], own: 'yes' }],
  ['Olga wrote the note of “Attention pays”', 'stories/1/note', { note: 'Read it.', alt: '' }],
  ['Olga wrote the opening', 'intro', { title: 'Bees', intro: 'Of bees.' }],
];

test.each(edits)('%s: it is undone to the row, and redone', async (words, path, fields) => {
  const { get, send, rows, step, page } = await openIssue();
  const before = await rows();
  expect((await send(`${page}/${path}`, fields)).statusCode).toBe(303);
  const after = await rows();
  expect(after).not.toBe(before);
  expect((await get(page)).body).toContain(words);
  expect((await step('undo')).headers.location).toBe(`${page}?story=1#story-1`);
  expect(await rows()).toBe(before);
  await step('redo');
  expect(await rows()).toBe(after);
});

test('the log says what the issue says of stories, undone too, and shows nothing as it is stored', async () => {
  const { send, page, step, get, story } = await openIssue();
  await story(1, { change: 'section', section: 'posts' });
  await send(`${page}/bulk`, { stories: ['3', '1'], act: 'removed' });
  await step('undo');
  const { body } = await get('/desk/log');
  const said = [...body.matchAll(/data-label="What">([^<]*)/g)].map(([, words]) => words).slice(0, 3);
  expect(said).toEqual(['undo: rejected 2 stories', 'rejected 2 stories', 'put into Posts &amp; Essays story 1']);
  expect(body).toContain('<del>pool, pick</del> <ins>rejected</ins>');
  expect(body).toMatch(/<dt>stories<\/dt><dd dir="auto"><ins>3, 1<\/ins>/);
  expect(body).not.toMatch(/\[\{|storyIds|&#34;role/);
});

test('the log is searched by the words it shows, not by those that are kept', async () => {
  const { send, page, get, story } = await openIssue();
  await story(1, { change: 'section', section: 'posts' });
  await send(`${page}/bulk`, { stories: ['3', '1'], act: 'removed' });
  await story(2, { change: 'lead' });
  await story(2, { change: 'move', direction: 'up' });
  const find = async (q: string): Promise<(string | undefined)[]> => {
    const { body } = await get(`/desk/log?${new URLSearchParams({ q }).toString()}`);
    return [...body.matchAll(/data-label="What">([^<]*)/g)].map(([, words]) => words);
  };
  const shown = (await find('')).slice(0, 4);
  expect(new Set(shown).size).toBe(4);
  for (const words of shown) expect(await find(words!.replace('&amp;', '&'))).toEqual([words]);
  expect(await find('REJECTED')).toEqual(['rejected 2 stories']);
  expect(await find(`posts & essays story 1 issue ${page.split('/').at(-1)}`)).toHaveLength(1);
  expect(await find('role')).toEqual([]);
});

test('edits are undone one after the other, redone in their order, and a new edit ends the way forward', async () => {
  const { send, rows, step, page, get } = await openIssue();
  const states = [await rows()];
  for (const [, path, fields] of edits) {
    await send(`${page}/${path}`, fields);
    const now = await rows();
    if (now !== states.at(-1)) states.push(now);
  }
  for (const state of states.slice(0, -1).toReversed()) {
    await step('undo');
    expect(await rows()).toBe(state);
  }
  expect((await get(page)).body).toContain('Nothing changed yet.');
  for (const state of states.slice(1)) {
    await step('redo');
    expect(await rows()).toBe(state);
  }
  await step('undo');
  await send(`${page}/intro`, { title: 'Ants', intro: '' });
  expect((await get(page)).body).not.toContain('id="redo"');
  expect((await step('redo')).statusCode).toBe(400);
});

test('a story taken up from the rest of the week goes back there, and the pool is signed anew', async () => {
  const { db, id, story, rows, step } = await openIssue();
  const card = (await loadIssueContent(db, id)).cards.find(({ storyId }) => storyId === 3);
  const { number: _number, ...pooled } = card!;
  await db.run(sql`delete from issue_stories where story_id = 3`);
  await db.run(sql`
    insert into issue_pool (issue_id, story_id, position, section, card, hash)
    values (${id}, 3, 7, 'publications', ${JSON.stringify(pooled)}::jsonb, ${hashContent(pooled)})`);
  await story(1, { change: 'role', role: 'pool' });
  const before = await rows();
  await story(3, { change: 'role', role: 'pick' });
  expect((await loadIssueContent(db, id)).pool).toBeUndefined();
  await step('undo');
  expect(JSON.parse(await rows()).slice(0, 3)).toEqual(JSON.parse(before).slice(0, 3));
  expect((await loadIssueContent(db, id)).pool).toMatchObject({ count: 1 });
});

test('a split is undone with the rest, by the same button', async () => {
  const { send, step, page, get, db, id } = await openIssue();
  const titles = async () => (await loadIssueContent(db, id)).cards.map(({ title, also }) => `${title} ${also.length}`);
  const before = await titles();
  const split = await send(`/desk/stories/1/split?issue=${id}&story=1&part=sources&pane=story`, { items: '2' });
  expect(split.headers.location).toBe(`${page}?story=1&part=sources&pane=story`);
  expect(await titles()).not.toEqual(before);
  expect((await get(page)).body).toContain('Olga split it “Attention pays”');
  await step('undo');
  expect(await titles()).toEqual(before);
  // It is made again by hand: what it was made of may be another by then.
  expect((await get(page)).body).not.toContain('id="redo"');
  expect((await send(`/desk/stories/1/join?issue=${id}&story=1`, { other: '2' })).headers.location).toBe(
    `${page}?story=1`,
  );
});

test('who undoes what somebody else did not see is told; an approved issue asks first; a sent one stays', async () => {
  const { send, page, db, story, id } = await openIssue();
  await story(3, { change: 'role', role: 'pick' });
  await story(3, { change: 'role', role: 'pool' });
  const late = await send(`${page}/undo`, { edit: '1' });
  expect([late.statusCode, late.body]).toEqual([409, expect.stringContaining('Somebody edited issue')]);
  await send(`${page}/approve`, { hash: hashContent(await loadIssueContent(db, id)), ...everyReason });
  const asked = await send(`${page}/undo`, { edit: '2' });
  expect([asked.statusCode, asked.body]).toEqual([409, expect.stringContaining('This issue is approved.')]);
  expect(asked.body).toContain('name="edit" value="2"');
  const anyway = /name="anyway" value="([^"]+)"/.exec(asked.body)![1]!;
  await send(`${page}/undo`, { edit: '2', anyway });
  expect((await issueById(db, id))?.status).toBe('in_review');
  expect((await loadIssueContent(db, id)).cards.find(({ storyId }) => storyId === 3)?.role).toBe('pick');
  expect((await listAudit(db, `issue ${id}`))[0]).toMatchObject({
    action: 'undo: made a candidate story 3',
    actor: 'Olga',
  });
  await markSent(db, id);
  expect((await send(`${page}/undo`, { edit: '1' })).statusCode).toBe(409);
});

test('the history of a story says who changed what, from what, to what', async () => {
  const { story, get, page, send, step } = await openIssue();
  await story(1, { change: 'section', section: 'posts' });
  await send(`${page}/stories/1/summary`, { sentences: 'It <b>pays</b>.', own: 'yes' });
  await step('undo');
  const { body } = await get(`${page}?story=1&part=history`);
  expect(body).toContain('Olga wrote the summary · taken back by Olga');
  expect(body).toContain('<del>We attend. It pays.</del> <ins>It &lt;b&gt;pays&lt;/b&gt;.</ins>');
  expect(body).toContain('<del>Publications</del> <ins>Posts &amp; Essays');
  expect((await get(`${page}?story=2&part=history`)).body).toContain('Nobody changed this story yet.');
});

test('a decision stands once in the history of its story, and sentences that a machine had chosen too are no move', async () => {
  const { get, page, send } = await openIssue();
  await send('/desk/stories/1/headline?issue=1', { item: '2' });
  await send(`${page}/stories/1/summary`, { sentences: ['We attend.', 'It pays.'] });
  const { body } = await get(`${page}?story=1&part=history`);
  expect(body.match(/Olga chose its headline/g)).toHaveLength(1);
  expect(body).toContain('Olga wrote the summary');
  expect(body).not.toContain('Olga moved');
});

test('subject and intro that a draft proposed name another lead as soon as there is one, and what somebody wrote stays', async () => {
  const { story, step, db, id, send, page } = await openIssue();
  const opening = async () => await db.row(sql`select title, intro from issues where id = ${id}`);
  await db.run(sql`update items set title = 'Bees count' where id = 3`);
  await db.run(sql`update issues set title = 'Attention pays; Bees count', intro = 'This week opens with “Attention pays” and “Bees count”. There are 3 stories.'`); // prettier-ignore
  const proposed = await opening();
  const seen = openingVersion((await issueById(db, id))!);
  await story(3, { change: 'lead' });
  expect(await opening()).toEqual({ title: 'Second paper; Attention pays', intro: 'This week opens with “Second paper”, “Attention pays” and “Bees count”. There are 3 stories.' }); // prettier-ignore
  await step('undo');
  expect(await opening()).toEqual(proposed);
  await story(2, { change: 'role', role: 'pool' });
  expect(await opening()).toMatchObject({ title: 'Attention pays' });
  // Typed before that, it is no conflict: nobody had written what it takes the place of.
  const mine = { title: 'Bees', intro: 'On bees.', preheader: '', number: '1', date: '2026-11-21' };
  expect((await send(`${page}/intro`, { ...mine, seen })).statusCode).toBe(303);
  await story(2, { change: 'role', role: 'pick' });
  expect(await opening()).toEqual({ title: 'Bees', intro: 'On bees.' });
  expect((await send(`${page}/intro`, { ...mine, title: 'Ants', seen })).statusCode).toBe(409);
});

test('the lead a curator chose opens letter, list and archive, whatever section it is in; rejected, the first pick does', async () => {
  const { story, get, page, db, id } = await openIssue();
  await story(3, { change: 'lead' });
  expect(await loadIssueContent(db, id)).toMatchObject({ lead: 3 });
  const { body } = await get(`${page}/letter?look=text`);
  expect(body.indexOf('Second paper')).toBeLessThan(body.indexOf('Attention pays'));
  await story(3, { change: 'role', role: 'removed' });
  expect(await loadIssueContent(db, id)).not.toHaveProperty('lead');
});

test('what was undone is no choice of the editors, and the lead is one', async () => {
  const { story, step, db, id } = await openIssue();
  await story(3, { change: 'role', role: 'pick' });
  expect(await storiesChosenBy(db, id)).toEqual([3]);
  await step('undo');
  expect(await storiesChosenBy(db, id)).toEqual([]);
  await step('redo');
  await story(1, { change: 'lead' });
  expect(await storiesChosenBy(db, id)).toEqual([1, 3]);
});

test('an edit that was taken back before another one was made is not redone', async () => {
  const { send, rows, step, page } = await openIssue();
  await send(`${page}/stories/1/note`, { note: 'A', alt: '' });
  await step('undo');
  await send(`${page}/intro`, { title: 'Ants', intro: '' });
  const after = await rows();
  await step('undo');
  await step('redo');
  expect(await rows()).toBe(after);
});
