// What a reader clicks: subscribe, confirm, change interests, leave and come back; and what opening a link never does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sql } from '../../core/db.ts';
import { isWhole } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`a reader in a browser${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    site = await openDemoSite();
    await site.send();
    browser = await openBrowser(site.url);
    visitor = await browser.visit();
    page = visitor.page;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  it('subscribes on the home page and confirms by the mailed link', async () => {
    await page.goto('/');
    await page.getByLabel('E-mail address').fill('Ada@Readers.example');
    await page.getByLabel('What interests you').fill('graph learning');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await expectHeading(page, 'Look into your inbox');
    await openMail(page, 'Confirm your subscription to Courant');
    await openedBy(page, 'Confirm the subscription');
    expect(await statusOf('ada@readers.example')).toBe('pending');
    await page.getByRole('button', { name: 'Yes, send me the weekly issue' }).click();
    await expectHeading(page, 'Your letter');
    expect(await page.getByRole('status').textContent()).toBe(
      'Welcome. The newest issue is on its way to you, and each new one follows.',
    );
    expect(await statusOf('ada@readers.example')).toBe('active');
    expect(await interestsOn(page)).toEqual(['graph learning']);
  });

  it('adds interests and removes one', async () => {
    await page.getByLabel('Add an interest').fill('speech, <b>maths</b> & music');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Added. The next issue takes it into account.').waitFor();
    await isWhole(page);
    expect((await interestsOn(page)).toSorted()).toEqual(['<b>maths</b> & music', 'graph learning', 'speech']);
    await page.getByRole('button', { name: 'Remove graph learning' }).click();
    await page.getByText('Removed.').waitFor();
    await isWhole(page);
    expect((await interestsOn(page)).toSorted()).toEqual(['<b>maths</b> & music', 'speech']);
  });

  it('moves a slider by the keyboard, sees the preview change, and takes it back', async () => {
    const slider = page.getByRole('slider').first();
    await slider.focus();
    const asked = page.waitForResponse((response) => response.url().includes('/subscribe/peek'));
    await page.keyboard.press('ArrowLeft');
    expect((await asked).ok()).toBe(true);
    expect(await slider.inputValue()).toBe('90');
    // It was saved when it was moved.
    await page.getByText('Noted. The next issue is ranked with these weights.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    // The way back of the way back: the weight that was just taken.
    await page.waitForURL((url) => url.searchParams.getAll('weight').includes('90'));
    expect(await page.getByRole('slider').first().inputValue()).toBe('100');
  });

  it('sets how often and how long, and pauses until a day', async () => {
    const saved = (tab: Page) => tab.getByText('Saved. It holds from the next issue on.').waitFor();
    // A tab that was opened before saves what is chosen in it, and not what it shows of the rest.
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.getByText('every two weeks').click();
    await saved(page);
    await other.getByText('20 stories').click();
    await saved(other);
    await other.close();
    await page.reload();
    expect(await page.getByRole('radio', { name: 'every two weeks' }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: '20 stories' }).isChecked()).toBe(true);
    const day = new Date(site.house.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    await page.getByText('Pause the letter').click();
    await page.getByLabel('Until').fill(day);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: mail comes again from').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Welcome back.').waitFor();
  });

  it('leaves with one button, and comes back with another', async () => {
    await page.getByRole('link', { name: 'Unsubscribe' }).click();
    await expectHeading(page, 'Unsubscribe');
    expect(await statusOf('ada@readers.example')).toBe('active');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await expectHeading(page, 'You are unsubscribed');
    expect(await statusOf('ada@readers.example')).toBe('unsubscribed');
    await page.getByRole('button', { name: 'Undo, keep sending it' }).click();
    await expectHeading(page, 'Your letter');
    expect(await statusOf('ada@readers.example')).toBe('active');
  });

  it('opens every link of a letter that stays on the site and changes nothing by it', async () => {
    const letter = await openMail(page, site.draft.title);
    const hrefs = await letter.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
    // Those below /go lead to the stories themselves, and are counted.
    const own = [...new Set(hrefs.filter((href) => href.startsWith(site.url) && !href.includes('/go/')))];
    expect(own.filter((href) => href.includes('/signal/')).length).toBeGreaterThanOrEqual(3 * 8);
    expect(own.map((href) => new URL(href).pathname.split('/')[1])).toEqual(
      expect.arrayContaining(['preferences', 'unsubscribe', 'issues']),
    );
    const before = await whatReadersSaid();
    for (const href of own) expect((await page.goto(href))?.status(), href).toBe(200);
    expect(await whatReadersSaid()).toEqual(before);
  });

  it('says "more like this" with the button behind the link, and takes it back', async () => {
    const letter = await openMail(page, site.draft.title);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      letter.getByRole('link', { name: 'More like this' }).first().click(),
    ]);
    await popup.getByRole('button', { name: 'More like this' }).click();
    await expectHeading(popup, 'Noted: more like this.');
    expect(await site.house.db.rows(sql`select kind from signals`)).toEqual([{ kind: 'like' }]);
    await popup.getByRole('button', { name: 'Undo' }).click();
    await popup.getByRole('button', { name: 'More like this' }).waitFor();
    expect(await site.house.db.rows(sql`select kind from signals`)).toEqual([]);
    await popup.close();
  });

  it('never meets an error, a dialog or another site on the way', () => {
    expect(visitor.troubles).toEqual([]);
  });

  async function statusOf(email: string): Promise<string | undefined> {
    return (await site.house.db.row<{ status: string }>(sql`select status from readers where email = ${email}`))
      ?.status;
  }

  /** Every row that a reader's own click may change. */
  async function whatReadersSaid(): Promise<unknown> {
    const tables = ['readers', 'interests', 'consents', 'signals', 'suppressions', 'notices'];
    return Promise.all(
      tables.map(
        async (name) => (await site.house.db.pool.query(`select to_jsonb(t) from ${name} as t order by 1`)).rows,
      ),
    );
  }
});

/** The newest mail of this subject in the outbox, in the frame that shows it. */
async function openMail(page: Page, subject: string) {
  const link = page.getByRole('link', { name: subject }).first();
  // The mailer writes it a moment after the form was sent.
  await expect.poll(() => page.goto('/outbox').then(() => link.isVisible()), { interval: 100 }).toBe(true);
  await link.click();
  // With what its frame shows.
  await page.waitForURL((url) => url.pathname !== '/outbox');
  return page.frameLocator('iframe');
}

/** Follows a link of the mail on the page, which mail programs open in a window of its own, in this window. */
async function openedBy(page: Page, name: string): Promise<void> {
  const href = await page.frameLocator('iframe').getByRole('link', { name }).getAttribute('href');
  await page.goto(href!);
}

async function expectHeading(page: Page, words: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words, exact: true }).waitFor();
  await isWhole(page);
}

async function interestsOn(page: Page): Promise<string[]> {
  return page.locator('section[aria-labelledby="interests"] li > label').allTextContents();
}
