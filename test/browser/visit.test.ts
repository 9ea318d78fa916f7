// A stranger's five-minute visit: finds a paper, subscribes, brings what they read, likes one thing, wants less, leaves; on a phone, on a desk, and without script.
// VISIT_PICTURES names a directory for a picture of each step; without it none is taken.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../core/db.ts';
import { noBrowser, openBrowser, type TestBrowser } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

const pictures = process.env['VISIT_PICTURES'];
const bibtex = `@article{a, title = {Attention Is All You Need}, doi = {10.48550/arXiv.1706.03762}}
@inproceedings{b, title = {Weaving by Machine}, year = {2025}}`;
const visits = [
  { name: 'on a phone', width: 375, javaScriptEnabled: true },
  { name: 'on a desk', width: 1440, javaScriptEnabled: true },
  { name: 'on a phone without script', width: 375, javaScriptEnabled: false },
];

describe.skipIf(noBrowser)(`a stranger's visit${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  beforeAll(async () => {
    site = await openDemoSite();
    await site.send();
    browser = await openBrowser(site.url);
    await ageThePaper();
    await site.house.queue.enqueue('search.index', {});
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  // One of the two works they bring is a story here, which they like by that.
  it.each(visits)('$name', async ({ name, width, javaScriptEnabled }) => {
    const email = `stranger-${width}-${javaScriptEnabled}@readers.example`;
    const { page, troubles } = await browser.visit({ viewport: { width, height: 800 }, javaScriptEnabled });
    const film = filmTo(page, name);
    const { storyId, title } = await aPaper();

    await page.goto('/');
    await film('the front page');
    await page.goto('/search');
    await page.getByRole('main').getByRole('searchbox').fill(title);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    // What is new is found a moment later.
    const found = page.getByRole('main').getByRole('link', { name: title });
    await expect.poll(() => page.reload().then(() => found.count()), { interval: 500 }).toBeGreaterThan(0);
    await film('what is found');
    await found.first().click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/stories/${storyId}`);
    await film('the paper');

    await page.goto('/subscribe');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('What interests you').fill('graph learning, speech, robots');
    await film('the form');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { level: 1, name: 'Look into your inbox' }).waitFor();
    await film('asked to look into the inbox');
    await openConfirmation(page, email);
    await film('the mail');
    const href = await page.frameLocator('iframe').getByRole('link', { name: 'Confirm the subscription' }).getAttribute('href'); // prettier-ignore
    await page.goto(href!);
    await film('the page behind its link');
    await page.getByRole('button', { name: 'Yes, send me the weekly issue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your letter' }).waitFor();
    await film('their own page');
    const { token } = await readerOf(email);

    await page.getByRole('link', { name: 'Bring what you read' }).first().click();
    await page.getByRole('textbox').fill(bibtex);
    await film('what they read, pasted');
    await page.getByRole('button', { name: 'Show what is in it' }).click();
    await page.getByRole('checkbox', { name: 'Weaving by Machine' }).waitFor();
    await film('what was read of it');
    await page.getByRole('main').getByRole('button').click();
    await page.getByRole('status').waitFor();

    // As the link in a letter leads there.
    await page.goto(`/signal/${token}/${storyId}/like`);
    await page.getByRole('button', { name: 'More like this' }).click();
    await page.getByRole('heading', { level: 1, name: 'Noted: more like this.' }).waitFor();
    await film('one thing liked');

    await page.goto(`/preferences/${token}`);
    await page.getByText('5 stories', { exact: true }).click();
    // With script it is saved as it is chosen.
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Save these choices', exact: true }).click();
    await page.getByText('Saved. It holds from the next issue on.').waitFor();
    await film('a shorter letter');
    expect(await readerOf(email)).toMatchObject({ status: 'active', length: 5, interests: 3, brought: 1, likes: 2 });

    await page.getByRole('link', { name: 'Unsubscribe' }).click();
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { level: 1, name: 'You are unsubscribed' }).waitFor();
    await film('gone');
    expect((await readerOf(email)).status).toBe('unsubscribed');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  /** One that went out and that no other of the week is called like. */
  /** The week is of these days; what a stranger looks for is of last month. */
  async function ageThePaper(): Promise<void> {
    const { storyId } = await aPaper();
    const { db } = site.house;
    await db.run(sql`update stories set first_seen = first_seen - interval '30 days' where id = ${storyId}`);
    await db.run(sql`
      update items set published_at = published_at - interval '30 days'
      where id in (select item_id from story_items where story_id = ${storyId})`);
  }

  async function aPaper(): Promise<{ storyId: number; title: string }> {
    const row = await site.house.db.row<{ storyId: number; title: string }>(sql`
      select stories.id as story_id, title from issue_stories
      join stories on stories.id = story_id join items on items.id = headline_item_id
      where items.kind = 'paper' and issue_stories.role = 'pick' and title not like '%$%' order by position limit 1`);
    return row!;
  }

  async function readerOf(email: string) {
    const row = await site.house.db.row<{ token: string; status: string; length: number; interests: number; brought: number; likes: number }>(sql`
      select token, status, length, (select count(*)::int from interests where reader_id = readers.id) as interests,
        (select count(*)::int from brought_works where reader_id = readers.id) as brought,
        (select count(*)::int from signals where reader_id = readers.id and kind = 'like') as likes
      from readers where email = ${email}`);
    return row!;
  } // prettier-ignore
});

/** Waits for the mail that the mailer writes a moment after the form was sent. */
async function openConfirmation(page: Page, email: string): Promise<void> {
  const line = page.getByRole('listitem').filter({ hasText: email }).getByRole('link');
  await expect.poll(() => page.goto('/outbox').then(() => line.count()), { interval: 300 }).toBe(1);
  await line.click();
}

/** Takes a picture of each step, and holds that nothing of it lies beside the window. */
function filmTo(page: Page, visit: string): (step: string) => Promise<void> {
  let number = 0;
  return async (step) => {
    number++;
    const excess = await page.locator('html').evaluate((html) => {
      const { scrollWidth, clientWidth } = html as unknown as { scrollWidth: number; clientWidth: number };
      return scrollWidth - clientWidth;
    });
    expect([step, excess]).toEqual([step, 0]);
    if (!pictures) return;
    const name = `${visit} ${String(number).padStart(2, '0')} ${step}.png`.replaceAll(' ', '-').replaceAll(',', '');
    await page.screenshot({ path: join(pictures, name), fullPage: true });
  };
}
