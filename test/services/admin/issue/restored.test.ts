// A story that was rejected and is restored is again what it was.
import { expect, test } from 'vitest';
import { listAudit } from '../../../../core/store/curators.ts';
import { listDeskStories } from '../../../../core/store/desk-stories.ts';
import { issueById } from '../../../../core/store/issues.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

test('what is restored is what it was when it was rejected: a pick, the lead, a candidate', async () => {
  const { db, send } = await openDesk();
  const id = await seedIssue(db);
  const story = (storyId: number, fields: Record<string, string>) =>
    send(`/desk/issues/${id}/stories/${storyId}`, fields);
  const roles = async () =>
    Object.fromEntries((await listDeskStories(db, id)).map(({ storyId, role }) => [storyId, role]));
  const before = await roles();
  expect(before).toEqual({ 1: 'pick', 2: 'pick', 3: 'pool' });
  const lead = async () => (await issueById(db, id))!.leadStoryId;
  const led = await lead();
  for (const storyId of [1, 2, 3]) await story(storyId, { change: 'role', role: 'removed' });
  for (const storyId of [1, 2, 3]) await story(storyId, { change: 'role', role: 'restored' });
  expect(await roles()).toEqual(before);
  expect(await lead()).toBe(led);
  // The last time counts, and nothing that was taken back.
  await story(1, { change: 'role', role: 'pool' });
  await story(1, { change: 'role', role: 'removed' });
  await story(1, { change: 'role', role: 'restored' });
  expect(await roles()).toMatchObject({ 1: 'pool' });
  // Audit and taste know roles.
  expect((await listAudit(db, `issue ${id}`))[0]).toMatchObject({ action: 'role story 1', after: { role: 'pool' } });
});
