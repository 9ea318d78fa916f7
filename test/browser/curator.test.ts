// What a curator clicks and types: sign in, arrange, prove, approve, send; with keys, with buttons, without a script.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoReaders } from '../../services/cli/demo-readers.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`a curator in a browser${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let visitor: Visitor;
  let page: Page;
  let link: string;
  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser(site.url);
    visitor = await browser.visit();
    page = visitor.page;
    link = await site.signInLink('owner');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  it('signs in by a link that works once', async () => {
    await enter(page, link);
    await page.getByRole('link', { name: site.draft.title }).click();
    await page.getByRole('heading', { level: 1, name: site.draft.title }).waitFor();
    expect(await stateOn(page)).toBe('draft');

    const stranger = await browser.visit();
    expect((await stranger.page.goto(link))?.status()).toBe(404);
    expect(await stranger.page.locator('main').textContent()).toContain('This link was used already');
    await stranger.page.goto('/desk');
    expect(new URL(stranger.page.url()).pathname).toBe('/desk/sign-in');
  });

  it('reorders stories with the button', async () => {
    const [first, second, ...rest] = await titlesOn(page);
    await page.getByRole('button', { name: `Down: ${first}`, exact: true }).click();
    await expect.poll(() => titlesOn(page)).toEqual([second, first, ...rest]);
    expect(await stateOn(page)).toBe('in review');
  });

  it('reorders, demotes and removes stories with keys', async () => {
    const [first, second, third, ...rest] = await titlesOn(page);
    await page.goto(`/desk/issues/${site.draft.id}`);
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    await pressAndReload(page, 'Shift+ArrowUp');
    await expect.poll(() => titlesOn(page)).toEqual([second, first, third, ...rest]);

    const story = storyOf(page, second!);
    await pressAndReload(page, 'p');
    await story.getByText('Pool', { exact: true }).waitFor();
    await pressAndReload(page, 'p');
    await story.getByText('Pick', { exact: true }).waitFor();

    await pressAndReload(page, 'x');
    await expect.poll(() => titlesOn(page)).toEqual([first, third, ...rest]);
    const removed = page.locator('section[aria-labelledby="removed"] .title');
    expect(await removed.allTextContents()).toEqual([second]);
    expect(await page.locator('.story:target .title a').textContent()).toBe(first);
  });

  it('shows the keys on "?", and leaves typing alone', async () => {
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    expect(await dialog.isVisible()).toBe(false);
    await page.keyboard.press('?');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const before = await titlesOn(page);
    await page.getByRole('textbox', { name: 'Intro', exact: true }).pressSequentially('xp?');
    expect(await dialog.isVisible()).toBe(false);
    expect(await titlesOn(page)).toEqual(before);
  });

  it('edits the intro, and the letter says it', async () => {
    await page.getByRole('textbox', { name: 'Intro', exact: true }).fill('A week of <attention>.\n\nAnd of rest.');
    await page.getByRole('button', { name: 'Save the subject and the intro' }).click();
    await letterOn(page).getByText('A week of <attention>.').waitFor();
    expect(await letterOn(page).getByText('And of rest.').isVisible()).toBe(true);
  });

  it('proves the letter as a reader will get it, with the reasons for their own picks', async () => {
    await page.getByLabel('As read by').selectOption('amara@readers.example');
    await page.getByRole('button', { name: 'Show' }).click();
    await letterOn(page).getByText('because amara@readers.example subscribed').waitFor();
    expect(
      await letterOn(page)
        .getByText(/(matches|mentions|close to) '/)
        .count(),
    ).toBeGreaterThan(0);
    await page.getByLabel('As read by').selectOption('a new reader');
    await page.getByRole('button', { name: 'Show' }).click();
    await letterOn(page).getByText('because new@reader.example subscribed').waitFor();
    expect(
      await letterOn(page)
        .getByText(/(matches|mentions|close to) '/)
        .count(),
    ).toBe(0);
  });

  it('approves what is on the page; any change after that brings it back to review', async () => {
    await page.getByRole('button', { name: 'Approve the issue' }).click();
    await page.getByRole('button', { name: 'Send now' }).waitFor();
    expect(await stateOn(page)).toBe('approved, not scheduled');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Approve the issue' }).waitFor();
    expect(await stateOn(page)).toBe('in review');
  });

  it('reorders and approves without a script', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`);
    const plain = await browser.visit({ javaScriptEnabled: false });
    await enter(plain.page, await site.signInLink('editor'));
    await plain.page.goto(`/desk/issues/${site.draft.id}`);
    expect(await plain.page.getByText('for keys').isVisible()).toBe(false);
    const [first, second, ...rest] = await titlesOn(plain.page);
    await plain.page.getByRole('button', { name: `Up: ${second}`, exact: true }).click();
    await expect.poll(() => titlesOn(plain.page)).toEqual([second, first, ...rest]);

    // What stood on the owner's page is not what it says by now, so the approval is refused.
    await page.getByRole('button', { name: 'Approve the issue' }).click();
    await page.getByText('changed since you opened it').waitFor();

    await plain.page.getByRole('button', { name: 'Approve the issue' }).click();
    await plain.page.getByRole('button', { name: 'Send now' }).waitFor();
    expect(await stateOn(plain.page)).toBe('approved, not scheduled');
    expect(await plain.page.locator('main > .meta').textContent()).toContain('approved by The editor');
    expect(plain.troubles).toEqual([]);
  });

  it('sends it; the ledger balances, the outbox has the letters, the archive has the page', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`);
    const [lead] = await titlesOn(page);
    await page.getByRole('button', { name: 'Send now' }).click();
    await expect.poll(() => page.reload().then(() => stateOn(page)), { interval: 200 }).toBe('sent');
    const [planned, ...ended] = (await page.locator('table td.number').allTextContents()).map(Number);
    expect(planned).toBe(demoReaders.length);
    expect(ended).toEqual([planned, 0, 0, 0, 0]);

    await page.goto('/outbox');
    const to = await page
      .getByRole('listitem')
      .filter({ hasText: site.draft.title })
      .locator('.meta')
      .allTextContents();
    expect(new Set(to.map((line) => line.split(' ')[1]))).toEqual(new Set(demoReaders.map(({ email }) => email)));
    expect(to).toHaveLength(demoReaders.length);

    await page.goto('/');
    await page.getByRole('link', { name: 'Read the whole issue' }).click();
    await page.getByRole('heading', { level: 1, name: site.draft.title }).waitFor();
    expect(await page.locator('.leading h2 a').textContent()).toBe(lead);
    expect(await page.locator('.issue-head .standfirst').allTextContents()).toEqual([
      'A week of <attention>.',
      'And of rest.',
    ]);
  });

  it('never meets an error, a dialog or another site on the way', () => {
    // The refused approval above is an answer with status 409, which Chromium reports.
    expect(visitor.troubles.filter((line) => !line.includes('409'))).toEqual([]);
  });
});

async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Go to the desk' }).click();
  await page.getByRole('heading', { level: 1, name: 'Issues' }).waitFor();
}

/** Where the issue stands, in the words of the desk. */
async function stateOn(page: Page): Promise<string | null> {
  return page.locator('main > .meta strong').textContent();
}

/** The stories of the first section, in order. */
async function titlesOn(page: Page): Promise<string[]> {
  return page.locator('section[aria-labelledby="publications"] .story .title a').allTextContents();
}

function storyOf(page: Page, title: string) {
  return page.locator('.story').filter({ has: page.getByRole('link', { name: title, exact: true }) });
}

function letterOn(page: Page) {
  return page.frameLocator('iframe');
}

/** A key pressed before the next page's script runs is lost, however much of that page is to be seen already. */
async function pressAndReload(page: Page, key: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
}
