// From pane to pane the browser keeps a step back, from story to story none; an issue that went out leads to what came of it.
import { expect, test } from 'vitest';
import { seedIssue, seedSentIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

test('a step to another pane is one in the history, whether the page was kept or not; a step within one is none', async () => {
  const { app, cookie, db } = await openDesk();
  const page = `/desk/issues/${await seedIssue(db)}`;
  const pushed = async (to: string, from: string) =>
    (await app.inject({ url: to, headers: { cookie: cookie(), 'hx-request': 'true', 'hx-current-url': `https://desk.example${from}` } })).headers['hx-push-url']; // prettier-ignore
  const story = `${page}?story=1&pane=story`;
  expect(await pushed(story, page)).toBe(story);
  expect(await pushed(story, page)).toBe(story);
  expect(await pushed(story, `${page}?story=3&pane=story`)).toBeUndefined();
  expect(await pushed(page, story)).toBe(page);
  expect(await pushed(page, `${page}?pane=nonsense`)).toBeUndefined();
  expect(await pushed(page, 'nowhere')).toBeUndefined();
});

test('an issue that went out leads to its figures', async () => {
  const { get, db } = await openDesk('reviewer');
  const id = await seedSentIssue(db);
  expect((await get(`/desk/issues/${id}`)).body).toMatch(/href="\/desk\/figures\/\d+"[^>]*>What came of it</);
});
