// The panes of an issue in a browser: each scrolls by itself and the bar stays; what stands in their place scrolls as a page; only a changed form says that it is not saved.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSettled, openDesk, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser, type Visitor } from './open-browser.ts';
import type { DemoSite } from './open-demo-site.ts';
import { uprightWordsOn } from './upright-words.ts';

describe.skipIf(noBrowser)(`the panes of an issue${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let site: DemoSite;
  let visitor: Visitor;
  let page: Page;
  let issue: string;
  beforeAll(async () => {
    desk = await openDesk('owner');
    ({ site, visitor, page } = desk);
    issue = `/desk/issues/${site.draft.id}`;
  });
  afterAll(() => desk?.close());

  /** Takes the second story in hand. */
  async function openStory(): Promise<void> {
    await page.goto(issue, { waitUntil: 'domcontentloaded' });
    await page.locator('.line[data-story] a').nth(1).click();
    await page.locator('#role-of').waitFor();
    // What is taken in hand is shown from its head, a moment after it is there.
    await isSettled(page);
  }

  it.each([
    [1440, 900],
    [1920, 1080],
    [1200, 600],
  ])('have one scroll each at %i by %i, the page has none', async (width, height) => {
    await page.setViewportSize({ width, height });
    await openStory();
    // Whole pages of it are only scrolled by what goes to an anchor or a field, which nobody can scroll back.
    const seen = await page.evaluate(`(() => {
      const all = document.scrollingElement;
      document.querySelector('.lines-of:last-of-type li:last-child').scrollIntoView();
      for (const pane of document.querySelectorAll('.pane')) pane.scrollTop = 1e6;
      const over = [all.scrollHeight - all.clientHeight, all.scrollWidth - all.clientWidth, all.scrollTop];
      const panes = [...document.querySelectorAll('.pane')].map((pane) => pane.getBoundingClientRect().bottom <= innerHeight && pane.scrollTop > 0);
      return { over, panes, bar: document.querySelector('.bar').getBoundingClientRect().top };
    })()`);
    expect(seen).toEqual({ over: [0, 0, 0], panes: [true, true, true], bar: 0 });
  });

  it('are one after the other on a phone, the bar in sight at their end', async () => {
    await page.setViewportSize({ width: 375, height: 760 });
    await openStory();
    expect(await page.evaluate(`(scrollTo(0, 1e6), [document.querySelector('.bar').getBoundingClientRect().top, scrollY > 0, document.scrollingElement.scrollWidth])`)).toEqual([0, true, 375]); // prettier-ignore
  });

  it.each([
    [375, 760],
    [1440, 900],
  ])('say at the bottom at %i by %i how many are ticked, and what to do with them', async (width, height) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${issue}?pane=list`, { waitUntil: 'domcontentloaded' });
    const ticks = page.locator('.tick input');
    const inSight = (): Promise<boolean> => page.evaluate(`document.querySelector('#bulk').getBoundingClientRect().top < innerHeight`); // prettier-ignore
    expect(await inSight()).toBe(false);
    for (const n of [0, 1, 2]) await ticks.nth(n).check();
    expect(await inSight()).toBe(true);
    const seen = await page.evaluate(`(() => {
      const box = (what) => document.querySelector(what).getBoundingClientRect();
      const [select, put] = [box('#bulk select'), box('#bulk [value="section"]')];
      return { gap: innerHeight - box('#bulk').bottom, isWrapped: put.top >= select.bottom || put.height > 40, width: document.scrollingElement.scrollWidth };
    })()`);
    expect(seen).toEqual({ gap: 0, isWrapped: false, width });
    // What a style counts is no text of the page: read as assistive technology reads it.
    const { nodes } = await (await page.context().newCDPSession(page)).send('Accessibility.getFullAXTree');
    const said = nodes.filter(({ role }) => role?.value === 'StaticText').map(({ name }) => String(name?.value));
    expect(said.join('')).toContain('3 ticked:');
    for (const n of [0, 1, 2]) await ticks.nth(n).uncheck();
    expect(await inSight()).toBe(false);
  });

  it('have on a phone the way back beside the list, where several lines were changed', async () => {
    await page.setViewportSize({ width: 375, height: 760 });
    await page.goto(`${issue}?pane=list`, { waitUntil: 'domcontentloaded' });
    const rejected = (): Promise<number> => page.locator('.tabs', { hasText: 'Rejected' }).innerText().then((words) => Number(/Rejected (\d+)/.exec(words)?.[1])); // prettier-ignore
    const before = await rejected();
    for (const n of [3, 4]) await page.locator('.tick input').nth(n).check();
    await page.locator('#bulk').getByRole('button', { name: 'reject' }).click();
    await expect.poll(rejected).toBe(before + 2);
    await page.getByRole('button', { name: /^Undo: .* rejected 2 stories$/ }).click();
    await expect.poll(rejected).toBe(before);
    expect(await page.locator('#issue').getAttribute('data-pane')).toBe('list');
    // Beside the story its trail has it.
    await page.goto(`${issue}?pane=story`, { waitUntil: 'domcontentloaded' });
    expect(await page.locator('.bar .of-list').isVisible()).toBe(false);
  });

  it('begin at the head of a story that is taken in hand, and stay where they are while it is edited', async () => {
    await page.setViewportSize({ width: 1440, height: 600 });
    await openStory();
    const scrolled = (): Promise<number> => page.evaluate(`document.querySelector('#story-pane').scrollTop`);
    const down = (): Promise<void> => page.evaluate(`document.querySelector('#story-pane').scrollTo(0, 200)`);
    await down();
    await page.getByRole('link', { name: 'Split, join, headline' }).click();
    await page.locator('#headline-of').waitFor({ state: 'attached' });
    await isSettled(page);
    expect(await scrolled()).toBeGreaterThan(0);
    await down();
    await page.locator('.line[data-story] a').nth(2).click();
    await expect.poll(scrolled).toBe(0);
  });

  it('show on a phone the head of a story, its line in the list, and the gate below the bar', async () => {
    await page.setViewportSize({ width: 375, height: 760 });
    await openStory();
    const bottomOfBar = (): Promise<number> => page.evaluate(`document.querySelector('.bar').getBoundingClientRect().bottom`); // prettier-ignore
    const isInSight = async (what: string): Promise<boolean> => {
      const box = await page.locator(what).boundingBox();
      return box !== null && box.y >= (await bottomOfBar()) - 1 && box.y + box.height <= 760;
    };
    const panes = page.getByRole('navigation', { name: 'Panes' });
    await page.evaluate('scrollTo(0, 1e6)');
    await panes.getByRole('link', { name: 'Stories' }).click();
    await expect.poll(() => isInSight('.line.is-in-hand')).toBe(true);
    await page.locator('.line[data-story] a').last().click();
    await expect.poll(() => isInSight('#story-pane h1')).toBe(true);
    await page.locator('#gate-count').click();
    await expect.poll(() => isInSight('#gate-head')).toBe(true);
  });

  it('give way to what two curators wrote, which scrolls to its button', async () => {
    await page.setViewportSize({ width: 1440, height: 500 });
    await page.goto(issue, { waitUntil: 'domcontentloaded' });
    const other = await page.context().newPage();
    await other.goto(issue, { waitUntil: 'domcontentloaded' });
    for (const [at, words] of [
      [other, 'Attention, as they say it'],
      [page, 'Attention, as we say it'],
    ] as const) {
      await at.bringToFront();
      await at.getByLabel('Subject of the letter, title of the issue').fill(words);
      await at.getByLabel('Intro', { exact: true }).fill(`${words}. `.repeat(40));
      await at.getByLabel('Preheader').fill(words);
      await at.getByRole('button', { name: 'Save the subject and the intro' }).click();
      // The other one was quicker.
      if (at === other) await other.getByRole('heading', { level: 1, name: words }).waitFor();
    }
    await page.getByText('Somebody wrote here while you did.').waitFor();
    const leave = page.getByRole('link', { name: 'Leave it as it is' });
    const [height, seen] = await page.evaluate<number[]>('[document.scrollingElement.scrollHeight, innerHeight]');
    expect(height).toBeGreaterThan(seen!);
    // As a wheel scrolls: what is cut off stays where it is.
    await page.mouse.move(700, 250);
    await page.mouse.wheel(0, 5000);
    await expect.poll(async () => (await leave.boundingBox())!.y).toBeLessThan(seen!);
    await leave.click();
    await page.locator('#opening').waitFor();
    await other.close();
  });

  it('say that a form is not saved when it is changed, and not when the change is taken back', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${issue}/editions/de`);
    const said = page.getByText('Not saved yet; kept in this browser.');
    expect(await said.count()).toBeGreaterThan(2);
    const shown = async (): Promise<boolean[]> =>
      (await Promise.all((await said.all()).map((one) => one.isVisible()))).filter(Boolean);
    expect(await shown()).toEqual([]);
    const kept = (): Promise<unknown> => page.evaluate('Object.keys(localStorage)');
    const before = await kept();
    const headline = page.getByRole('textbox', { name: 'Headline in German' }).nth(1);
    await headline.pressSequentially('So');
    await expect.poll(shown).toEqual([true]);
    await headline.press('Backspace');
    await headline.press('Backspace');
    await expect.poll(shown).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it('have room for every word, beside the longest sentence that is offered, too', async () => {
    for (const width of [375, 1200, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await openStory();
      await page.locator('.field-head', { hasText: 'Summary' }).getByRole('link', { name: 'Edit' }).click();
      await page.locator('.offered button').first().waitFor();
      expect([width, ...(await uprightWordsOn(page))]).toEqual([width]);
    }
  });

  it('meet no error, dialog or other site on the way', () => {
    // A conflict is answered with 409, and the gate's look at an issue that went from the page is broken off.
    expect(visitor.troubles.filter((line) => !/ 409 |htmx:(sendAbort|afterRequest)/.test(line))).toEqual([]);
  });
});
