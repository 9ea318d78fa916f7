// The way back at the desk: Back leads to the pane before, which stands where it was left; a restored story is what it was; where an issue stands is seen on a phone.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSettled, openDesk, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser } from './open-browser.ts';

const phone = { width: 375, height: 700 };
const wide = { width: 1440, height: 900 };

describe.skipIf(noBrowser)(`back at the desk${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let page: Page;
  let issue: string;
  beforeAll(async () => {
    desk = await openDesk('editor');
    ({ page } = desk);
    issue = `/desk/issues/${desk.site.draft.id}`;
  });
  afterAll(() => desk?.close());

  const paneOn = () => page.locator('#issue').getAttribute('data-pane');
  const scrolled = (): Promise<number> => page.evaluate('scrollY + document.querySelector("#list-pane").scrollTop');

  it.each([
    ['on a phone', phone],
    ['on a wide screen', wide],
  ])('Back leads from a story to the list where it was left, and out from there, %s', async (_where, viewport) => {
    await page.setViewportSize(viewport);
    await page.goto('/desk/inbox');
    await page.goto(issue);
    await isSettled(page);
    const lines = page.locator('.line[data-role="pool"] a');
    await lines.nth(14).scrollIntoViewIfNeeded();
    const before = await scrolled();
    expect(before).toBeGreaterThan(200);
    await lines.nth(14).click();
    await page.waitForURL(/story=/);
    await isSettled(page);
    expect(await paneOn()).toBe('story');
    if (viewport === wide) {
      // From story to story there is no step back: forty would be forty.
      const { search } = new URL(page.url());
      await page.keyboard.press('k');
      await page.waitForURL((url) => url.search !== search);
      await isSettled(page);
    }
    await page.goBack();
    await page.waitForURL((url) => url.pathname === issue && url.search === '');
    await isSettled(page);
    expect(await paneOn()).toBe('list');
    await expect.poll(scrolled).toBe(before);
    await page.goBack();
    await page.waitForURL('**/desk/inbox');
  });

  it('x and x again leaves a pick a pick, by key and by button', async () => {
    await page.setViewportSize(wide);
    await page.goto(issue);
    await isSettled(page);
    const pick = (await page.locator('.line[data-role="pick"]').nth(1).getAttribute('data-story'))!;
    const line = page.locator(`.line[data-story="${pick}"]`);
    await page.goto(`${issue}?story=${pick}&pane=story`);
    await isSettled(page);
    await page.keyboard.press('x');
    await line.waitFor({ state: 'detached' });
    await page.goto(`${issue}?show=rejected&story=${pick}&pane=story`);
    await page.getByRole('button', { name: 'Restore' }).click();
    await line.waitFor({ state: 'detached' });
    await page.goto(`${issue}?story=${pick}&pane=story`);
    expect(await line.getAttribute('data-role')).toBe('pick');
    await isSettled(page);
    await page.keyboard.press('x');
    await page.keyboard.press('k');
    await page.goto(`${issue}?show=rejected&story=${pick}&pane=story`);
    await isSettled(page);
    await line.waitFor();
    await page.keyboard.press('x');
    await line.waitFor({ state: 'detached' });
    await page.goto(`${issue}?story=${pick}&pane=story`);
    expect(await line.getAttribute('data-role')).toBe('pick');
  });

  it('leads from every other page to the one before it, in the view that it had, and past a form of its own', async () => {
    await page.setViewportSize(wide);
    await page.goto('/desk');
    await page.locator('#issue-in-hand').click();
    await page.waitForURL(`**${issue}`);
    await isSettled(page);
    await page.locator('.line[data-story] a').nth(5).click();
    await page.waitForURL(/story=/);
    await isSettled(page);
    const view = page.url();
    await page.getByRole('link', { name: 'Sources', exact: true }).click();
    await page.waitForURL('**/desk/sources');
    await page.getByRole('cell').getByRole('link').first().click();
    await page.waitForURL(/sources\/\d/);
    const way = page.locator('.way-back a');
    // It has its own way to all sources.
    expect(await way.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Read now' }).click();
    await page.waitForURL('**/desk/sources?*');
    await page.goto('/desk/sources');
    expect(await way.textContent()).toMatch(/^Back to /);
    await page.goto('/desk/inbox?kind=paper');
    await page.goto('/desk/stories/1');
    expect(await way.textContent()).toBe('Back to Inbox');
    await way.click();
    await page.waitForURL('**/desk/inbox?kind=paper');
    await page.goto(view);
    await isSettled(page);
    await page.getByRole('link', { name: 'Readers', exact: true }).click();
    await way.click();
    await page.waitForURL(view);
  });

  it('says in the bar of a phone where the issue stands', async () => {
    await page.setViewportSize(phone);
    await page.goto(issue);
    await isSettled(page);
    const now = page.locator('.bar .steps [aria-current="step"]');
    expect(await now.isVisible()).toBe(true);
    expect(await now.textContent()).toBe('In review');
    await page.evaluate('scrollTo(0, 2000)');
    await expect.poll(async () => (await now.boundingBox())!.y).toBeGreaterThanOrEqual(0);
  });
});
