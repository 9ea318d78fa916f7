// Sections at the desk: how sure the sorter was, what a curator says to it, and where each sentence of a summary is from.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { listDeskStories } from '../../../core/store/desk-stories.ts';
import { saveSorting, sectionLabels, storiesToSort } from '../../../core/store/section-labels.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { markSent, seedIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

async function openSorted(...how: Parameters<typeof openDesk>) {
  const desk = await openDesk(...how);
  const id = await seedIssue(desk.db);
  await desk.db.run(sql`
    update issue_stories set section_by = 'words', section_confidence = case story_id when 1 then .9 when 2 then .4 else .6 end`);
  return { ...desk, id };
}

test('the least certain come first, and putting one there, or where it is, is a lesson', async () => {
  const { get, send, db, id } = await openSorted();
  const page = (await get(`/desk/issues/${id}?show=check`)).body;
  const order = [...page.matchAll(/id="story-(\d)"/g)].map(([, storyId]) => Number(storyId));
  // The third is sure.
  expect(order).toEqual([2, 3]);
  expect(page).toContain('Posts &amp; Essays, 40% sure');
  expect(page).toContain('To check 2');
  const put = (storyId: number, section: string) =>
    send(`/desk/issues/${id}/stories/${storyId}?show=check&story=${storyId}`, { change: 'section', section });
  expect((await put(2, 'posts')).headers.location).toBe(`/desk/issues/${id}?show=check`);
  await put(3, 'tools');
  const lessons = new Map((await sectionLabels(db)).map(({ itemId, section }) => [itemId, section]));
  expect(lessons).toEqual(new Map([[3, 'posts'], [4, 'tools']])); // prettier-ignore
  expect((await get(`/desk/issues/${id}`)).body).toContain('Tools &amp; Datasets as a curator said');
  await put(3, 'publications');
  expect((await sectionLabels(db)).find(({ itemId }) => itemId === 4)?.section).toBe('publications');
});

test('a line of the list names who tells the story, and of the section only what asks for a look', async () => {
  const { get, id } = await openSorted();
  const { body } = await get(`/desk/issues/${id}`);
  const lineOf = (storyId: number): string => new RegExp(`id="story-${storyId}"[\\s\\S]*?<small>(.*?)</small>`).exec(body)![1]!; // prettier-ignore
  expect(lineOf(1)).toBe('paper, arXiv cs.CL, Talks');
  expect(lineOf(3)).toBe('paper, arXiv cs.CL · Publications, 60% sure');
  expect(body).not.toContain('90% sure');
});

test('sorting again enqueues its job and leaves alone what a curator sorted; an approved issue is refused', async () => {
  const { send, db, id, enqueued } = await openSorted();
  await send(`/desk/issues/${id}/stories/2`, { change: 'section', section: 'tools' });
  expect((await send(`/desk/issues/${id}/sort`)).headers.location).toContain('said=sorting');
  expect(await enqueued()).toContain(`issue.sort {"issueId":${id}}`);
  expect((await storiesToSort(db, id)).map(({ storyId }) => storyId)).toEqual([1, 3]);
  const choices = [1, 2, 3].map((storyId) => ({ storyId, section: 'talks', confidence: 0.8, by: 'words' as const }));
  await db.transaction((tx) => saveSorting(tx, id, choices));
  const placed = await listDeskStories(db, id);
  expect(new Map(placed.map(({ storyId, section }) => [storyId, section]))).toEqual(new Map([[1, 'talks'], [2, 'tools'], [3, 'talks']])); // prettier-ignore
  await markSent(db, id);
  await expect(db.transaction((tx) => saveSorting(tx, id, choices))).rejects.toThrow('approved');
});

test('a reviewer sees how sure the sorter is and teaches it nothing', async () => {
  const { get, send, id } = await openSorted('reviewer');
  expect((await get(`/desk/issues/${id}?show=check`)).body).toContain('40% sure');
  expect((await send(`/desk/issues/${id}/sort`)).statusCode).toBe(403);
});

test('a sentence leads to its place; one whose source was changed says so', async () => {
  const { get, db, id } = await openSorted();
  const at = { by: 'source', itemId: 1, segment: 0, text: 'It pays.', quote: 'It pays.' };
  const sentences = [{ ...at, start: 11, end: 19 }, { ...at, itemId: 2, segment: 1, startS: 760, quote: 'the proof', start: 5, end: 14 }]; // prettier-ignore
  await db.run(sql`update issue_stories set sentences = ${JSON.stringify(sentences)}::jsonb where story_id = 1`);
  const page = (await get(`/desk/issues/${id}?story=1`)).body;
  expect(page).toContain(
    'href="/desk/stories/1/text?quote=1.11.19#quote" hx-boost="false">in the paper on arXiv cs.CL</a>',
  );
  expect(page).toContain('href="https://video.example/watch?v=1&amp;t=760s" hx-boost="false">at 12:40 on Talks</a>');
  const marked = 'We attend. <mark id="quote">It pays.</mark>';
  expect((await get('/desk/stories/1/text?quote=1.11.19')).body).toContain(marked);
  for (const quote of ['1.11.999', '1.19.11', '1.0.1001', '1.999990.999999', 'drop%20table']) {
    const { statusCode, body } = await get(`/desk/stories/1/text?quote=${quote}`);
    expect([statusCode, body.includes('<mark')]).toEqual([200, false]);
  }
  await db.run(sql`update items set text = 'Other words.' where id = 1`);
  expect((await get(`/desk/issues/${id}?story=1`)).body).toContain('not in the paper any more: it was changed since');
});

test('an owner describes the sections in six to nine words each', async () => {
  const { get, send, db } = await openDesk('owner');
  const described = {
    publications: 'papers about birds and the songs of birds',
    talks: 'recordings of people who speak about birds',
    tools: 'programs that tell one bird from another',
    posts: 'what somebody wrote about birds they saw',
  };
  expect((await send('/desk/settings/sections', { ...described, talks: 'too short' })).body).toContain('Describe Talks &amp; Videos in six to nine words.'); // prettier-ignore
  expect((await loadSettings(db)).sectionDescriptions).toBeUndefined();
  expect((await send('/desk/settings/sections', described)).headers.location).toBe('/desk/settings?said=described');
  expect((await loadSettings(db)).sectionDescriptions).toEqual(described);
  expect((await get('/desk/settings')).body).toContain(described.tools);
});
