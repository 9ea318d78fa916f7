// Nothing typed at the desk is lost: not by the end of a session, not by going elsewhere; and what was taken or merged does not come back.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSettled, isWhole, openDesk, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser } from './open-browser.ts';

describe.skipIf(noBrowser)(`what is typed at the desk${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let page: Page;
  let issue: string;
  beforeAll(async () => {
    desk = await openDesk('owner');
    ({ page } = desk);
    issue = `/desk/issues/${desk.site.draft.id}`;
  });
  afterAll(() => desk?.close());

  const signInAgain = async (role: 'owner' | 'editor' = 'owner') => {
    await page.goto(await desk.site.signInLink(role));
    await page.getByRole('button', { name: 'Go to the desk' }).click();
  };

  it('is what was merged from two texts, not offered again as it was before', async () => {
    const other = await page.context().newPage();
    for (const one of [page, other]) {
      await one.goto(issue);
      await isSettled(one);
    }
    const save = (on: Page) => on.getByRole('button', { name: 'Save the subject and the intro' }).click();
    await other.fill('#subject', 'Bees');
    await save(other);
    await other.getByRole('heading', { level: 1, name: 'Bees' }).waitFor();
    await page.fill('#subject', 'Wasps');
    await save(page);
    await page.getByRole('heading', { level: 1, name: 'Somebody wrote here while you did.' }).waitFor();
    await page.locator('textarea[name="title"]').fill('Bees and wasps');
    await page.getByRole('button', { name: 'Save mine' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bees and wasps' }).waitFor();
    await isSettled(page);
    expect(await page.inputValue('#subject')).toBe('Bees and wasps');
    expect(await page.locator('#opening .unsaved').isVisible()).toBe(false);
    await other.close();
  });

  it('in the settings outlives the session, and the page it was typed on is come back to', async () => {
    await page.goto('/desk/settings');
    await isWhole(page);
    await page.fill('#tagline', 'Typed in the last minute');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('is kept in this browser').waitFor();
    await signInAgain();
    await page.waitForURL('**/desk/settings');
    await isWhole(page);
    await expect.poll(() => page.inputValue('#tagline')).toBe('Typed in the last minute');
    expect(await page.locator('#publication-of .unsaved').isVisible()).toBe(true);
    await page.fill('#mailFrom', 'news@example.org');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('status').first().waitFor();
    await page.goto('/desk/settings');
    await isWhole(page);
    expect(await page.locator('#publication-of .unsaved').isVisible()).toBe(false);
  });

  it('is nobody else’s at the same browser, and there again for who typed it', async () => {
    await page.goto(issue);
    await isSettled(page);
    const before = await page.inputValue('#subject');
    await page.fill('#subject', 'Only mine');
    await page.getByRole('button', { name: /^Sign out/ }).click();
    await signInAgain('editor');
    await page.goto(issue);
    await isSettled(page);
    expect(await page.inputValue('#subject')).toBe(before);
    await page.getByRole('button', { name: /^Sign out/ }).click();
    await signInAgain();
    await page.goto(issue);
    await isSettled(page);
    expect(await page.inputValue('#subject')).toBe('Only mine');
    await page.fill('#subject', before);
  });

  it('as a comment is there again after another story, and gone from its field once it was said', async () => {
    await page.goto(issue);
    await isSettled(page);
    const [first, second] = [page.locator('.line[data-story] a').nth(0), page.locator('.line[data-story] a').nth(1)];
    const field = page.getByLabel('A comment to the other curators');
    await first.click();
    await page.waitForURL(/story=/);
    await isSettled(page);
    await field.fill('Is it new?');
    const { href } = new URL(page.url());
    await second.click();
    await page.waitForURL((url) => url.href !== href);
    await isSettled(page);
    expect(await field.inputValue()).toBe('');
    await first.click();
    await page.waitForURL(href);
    await isSettled(page);
    await expect.poll(() => field.inputValue()).toBe('Is it new?');
    await field.press('Control+Enter');
    await page.locator('.comments li', { hasText: 'Is it new?' }).waitFor();
    await isSettled(page);
    await expect.poll(() => field.inputValue()).toBe('');
    await page.reload();
    await isSettled(page);
    expect(await field.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Settled: Is it new?' }).click();
    await page.getByText(/settled by/).waitFor();
  });
});
