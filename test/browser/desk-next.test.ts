// Where a curator goes on at the desk after what they did: to what a search found, to the next sentence, to the letter they asked for.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, titlesOn, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser } from './open-browser.ts';

describe.skipIf(noBrowser)(`what comes next at the desk${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let page: Page;
  let issue: string;
  beforeAll(async () => {
    desk = await openDesk('owner');
    page = desk.page;
    issue = `/desk/issues/${desk.site.draft.id}`;
  });
  afterAll(() => desk?.close());

  it('finds anew with “/” what is typed instead of what was, and goes to the first that is found with Enter', async () => {
    await page.goto(issue);
    const [first, second] = (await titlesOn(page)) as [string, string];
    await page.keyboard.press('/');
    await page.keyboard.type(first);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: first, exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(second);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: second, exact: true }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe(second);
    expect(await page.evaluate(`document.activeElement.closest('.line')?.classList.contains('is-in-hand')`)).toBe(true);
  });

  it('leaves the search with what it found, and goes nowhere with the Enter that chooses a Chinese character', async () => {
    await page.goto(issue);
    const [title] = (await titlesOn(page)) as [string];
    const field = page.getByRole('searchbox');
    await page.keyboard.press('/');
    await page.keyboard.type(title);
    await page.waitForURL((url) => url.searchParams.get('q') === title);
    // What a browser sends while something is put together with its help.
    const wasHeeded = await page.evaluate(`!document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`); // prettier-ignore
    expect(wasHeeded).toBe(false);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.localName')).toBe('body');
    expect(await field.inputValue()).toBe(title);
  });

  it('goes on with the next sentence when one was added', async () => {
    const adds = page.getByRole('button', { name: /^Add: / });
    await page.goto(issue);
    const stories = await page.locator('.line[data-story]').evaluateAll((all) => all.map((line) => line.getAttribute('data-story'))); // prettier-ignore
    for (const story of stories) {
      await page.goto(`${issue}?pane=story&part=summary&story=${story}`);
      if ((await adds.count()) > 1) break;
    }
    const [first, second] = await adds.evaluateAll((all) => all.map((add) => add.getAttribute('aria-label')!));
    await adds.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: first!, exact: true }).waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe(second);
  });

  it('shows the letter of a reader who was asked for, however long the gate above it is', async () => {
    await page.setViewportSize({ width: 1440, height: 600 });
    await page.goto(issue);
    const top = (): Promise<number> => page.locator('.proof').evaluate((proof) => proof.getBoundingClientRect().top);
    await page.evaluate(`document.querySelector('#letter-pane').prepend(Object.assign(document.createElement('p'), { style: 'height: 500px' }))`); // prettier-ignore
    await page.getByLabel('Interests of somebody made up').fill('speech + ethics');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(top).toBeLessThan(300);
  });
});
