// Who works through the list of an issue goes on with the next story as the list shows it: by its order, its search and its page.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

async function openIssue() {
  const desk = await openDesk();
  return { ...desk, id: await seedIssue(desk.db) };
}

test.each([
  ['by section', '', [1, 2, 3], 2],
  ['by score', 'by=score', [1, 2, 3], 2],
  ['that were searched for', 'q=arxiv', [1, 3], 3],
])('a rejection goes on with the next story of the list as it is shown %s', async (...[, query, shown, next]) => {
  const { get, send, id, db } = await openIssue();
  // The lead stands before the other pick, whose section comes first.
  await db.run(sql`update issue_stories set position = case story_id when 1 then 5 when 2 then 6 else 7 end`);
  const { body } = await get(`/desk/issues/${id}?${query}&story=1`);
  expect([...body.matchAll(/<li class="line[^>]*data-story="(\d)"/g)].map(([, story]) => Number(story))).toEqual(shown);
  const form = /<form id="role-of"[^]*?<\/form>/.exec(body)![0];
  const said = Object.fromEntries([...form.matchAll(/name="(seen|change|next)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!])); // prettier-ignore
  const answer = await send(`/desk/issues/${id}/stories/1?${query}`, { ...said, role: 'removed' });
  expect(new URL(answer.headers.location!, 'http://x').searchParams.get('story')).toBe(String(next));
});

test('what is rejected at the end of the list leads to the one before it', async () => {
  const { get, id } = await openIssue();
  const { body } = await get(`/desk/issues/${id}?story=3`);
  expect(/<form id="role-of"[^]*?name="next" value="(\d)"/.exec(body)?.[1]).toBe('2');
});
