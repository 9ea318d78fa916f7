// Every page and a letter, light and dark, on a phone and on a desk: WCAG 2 A and AA by axe-core, nothing sideways.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../core/db.ts';
import { saveSettings } from '../../core/store/settings.ts';
import { createSetupLink } from '../../services/admin/curators/setup-link.ts';
import { approve } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A mail in its frame is looked at alone, where axe may run. */
const always = { resultTypes: ['violations' as const], iframes: false };
const everyRule: RunOptions = {
  ...always,
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
};
/** In the dark a page has other colours and nothing else. */
const colourRules: RunOptions = {
  ...always,
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};
const looks = [375, 1280].flatMap((width) => [
  { width, colorScheme: 'light' as const, rules: everyRule },
  { width, colorScheme: 'dark' as const, rules: colourRules },
]);

/** What the test uses of the page's own globals. */
interface AxePage {
  axe: { run: (options: RunOptions) => Promise<AxeResults> };
  innerWidth: number;
  document: { documentElement: { scrollWidth: number } };
}

describe.skipIf(noBrowser)(`every page${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let visitor: Visitor;
  let tabs: Page[];
  beforeAll(async () => {
    site = await openDemoSite();
    await keepAFew(site);
    browser = await openBrowser(site.url);
    // axe-core is a script of the test's own, which the pages' policy would rightly refuse.
    visitor = await browser.visit({ bypassCSP: true });
    const { page } = visitor;
    tabs = [page, await page.context().newPage(), await page.context().newPage()];
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  it('in front of the desk is accessible', async () => {
    await saveSettings(site.house.db, { setUp: false });
    const setup = await createSetupLink(site.house.db, { deskUrl: site.url });
    await expectAccessible(['/', setup]);
    await saveSettings(site.house.db, { setUp: true });
    await expectAccessible(['/', '/desk/sign-in', '/desk/sign-in/asked', await site.signInLink('owner')]);
  });

  it('of the desk is accessible', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Go to the desk' }).click();
    await page.waitForURL('**/desk');
    const rooms = await page
      .locator('nav a[href^="/desk/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
    expect(rooms).toEqual(expect.arrayContaining(['/desk/sources', '/desk/readers', '/desk/queues']));
    await expectAccessible([
      '/desk',
      ...rooms,
      '/desk/sources/1',
      '/desk/sources/1/delete',
      '/desk/talks',
      '/desk/readers/1',
    ]);
  });

  it('of an open issue is accessible', async () => {
    const { page } = visitor;
    const issue = `/desk/issues/${site.draft.id}`;
    await expectAccessible([issue, `${issue}/letter`]);
    await page.goto(issue);
    const story = await page.locator('.line[data-story]').last().getAttribute('data-story');
    await expectAccessible(
      [1, 2, 3].map((at) => `${issue}?story=${story}&pane=${['list', 'story', 'letter'][at - 1]}`),
    );
    await expectAccessible([`${issue}?show=week`, `${issue}?show=check&by=score`, `${issue}?look=map&pane=letter`]);
    await expectAccessible(['summary', 'sources', 'history'].map((part) => `${issue}?story=${story}&part=${part}&pane=story`)); // prettier-ignore
    await expectAccessible([`${issue}?pane=story`, `${issue}?as=speech&look=why&pane=letter`, `${issue}/archive`, `${issue}/letter?as=speech&look=why`]); // prettier-ignore
  });

  it('of an issue that is approved and sent is accessible', async () => {
    const { page } = visitor;
    const issue = `/desk/issues/${site.draft.id}`;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(issue);
    const story = await page.locator('.line[data-story]').last().getAttribute('data-story');
    await page.goto(`${issue}?story=${story}`);
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    await page.locator(`#story-${story}`).waitFor({ state: 'detached' });
    await page.goto(`${issue}?show=rejected`);
    await page.goto(issue);
    await approve(page);
    await page.getByRole('button', { name: 'Send now' }).waitFor();
    await expectAccessible([issue]);
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('button', { name: /^Send it to \d+ readers?$/ }).click();
    await expect
      .poll(() => page.goto(issue).then(() => page.locator('.steps').getAttribute('aria-label')))
      .toContain(': sent');
    await expectAccessible([issue, `${issue}/editions/de`, '/desk']);
  });

  it('of the site is accessible', async () => {
    const pages = [
      '/',
      '/subscribe',
      '/subscribe/asked',
      '/issues',
      '/topics',
      '/search?q=attention',
      '/sources',
      '/sources/1',
      '/boards',
      '/boards/recent/all',
      '/boards/saved/week',
      '/deadlines',
      '/deadlines?subject=NLP',
    ];
    await expectAccessible([...pages, ...(await foundPages())]);
  });

  it('of a reader is accessible, whatever they chose', async () => {
    const { page } = visitor;
    const { db } = site.house;
    const reader = await db.row<{ token: string }>(sql`
      select token from readers where email = 'amara@readers.example'`);
    const at = (name: string): string => `/${name}/${reader!.token}`;
    const story = await db.row<{ storyId: number }>(sql`select story_id from issue_stories limit 1`);
    const signal = `${at('signal')}/${story!.storyId}/like`;
    await expectAccessible([`${at('preferences')}?said=added`, at('confirm'), at('unsubscribe'), signal]);
    await page.getByRole('button', { name: 'More like this' }).click();
    await expectAccessible([signal]);
    const { slug } = (await db.row<{ slug: string }>(sql`select slug from issues`))!;
    await expectAccessible([`${at('preferences')}?effect=never&words=speech`, at('read'), `${at('read')}/${slug}`]);
    await db.run(sql`update readers set status = 'paused' where token = ${reader!.token}`);
    await expectAccessible([at('preferences')]);
    await db.run(sql`update readers set status = 'unsubscribed' where token = ${reader!.token}`);
    await expectAccessible([at('preferences'), at('confirm'), at('unsubscribe')]);
  });

  it('of the outbox is accessible, and so are the letters themselves', async () => {
    const { page } = visitor;
    await page.goto('/subscribe');
    await page.getByLabel('E-mail address').fill('ada@readers.example');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await expect.poll(async () => (await mailsTo('ada@readers.example')).length).toBe(1);
    const [notice] = await mailsTo('ada@readers.example');
    const [letter] = await mailsTo('bruno@readers.example');
    await expectAccessible(['/outbox', letter!, `${letter}/html`, `${notice}/html`]);
  });

  it('says no without an error of its own', async () => {
    const stranger = await browser.visit({ bypassCSP: true });
    expect((await stranger.page.goto('/nowhere'))?.status()).toBe(404);
    expect(await violationsOn(stranger.page, '/nowhere')).toEqual([]);
    expect(stranger.troubles).toEqual([expect.stringContaining('404')]);
    // Before an issue is sent the desk asks, with status 409, which Chromium reports.
    expect(visitor.troubles.filter((line) => !line.includes('409'))).toEqual([]);
  });

  /** A story with a transcript, one in another language, a topic, and the issue. */
  async function foundPages(): Promise<string[]> {
    const rows = await site.house.db.rows<{ path: string }>(sql`
      (select '/stories/' || story_id as path from story_items join segments using (item_id) limit 1)
      union all (select '/stories/' || story_id from story_items join items on items.id = item_id where lang = 'zh' limit 1)
      union all (select '/topics/' || id from topics limit 1)
      union all (select '/issues/' || slug from issues)
      union all (select '/issues/' || slug || '/map' from issues)`);
    expect(rows).toHaveLength(5);
    return rows.map(({ path }) => path);
  }

  async function mailsTo(email: string): Promise<string[]> {
    await visitor.page.goto('/outbox');
    const lines = visitor.page.getByRole('listitem').filter({ hasText: email });
    return lines.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  }

  /** In tabs beside each other: a page waits for the network, then for axe-core, which has a process for each tab. */
  async function expectAccessible(paths: string[]): Promise<void> {
    const [found, left, last] = [[] as string[], paths.slice(0, -1), paths.at(-1)!];
    const look = async (page: Page, path: string): Promise<void> => {
      expect((await page.goto(path))?.status(), path).toBe(200);
      found.push(...(await violationsOn(page, path)));
    };
    const lookOn = async (page: Page): Promise<void> => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) await look(page, path);
    };
    await Promise.all(tabs.map(lookOn));
    // Where the visitor goes on; a tab behind others draws nothing, and a button that is not drawn is never still.
    await visitor.page.bringToFront();
    await look(visitor.page, last);
    expect(found).toEqual([]);
  }
});

/** Leaves six stories in each section: all sixty have the same markup, and axe-core looks at every element of it. */
async function keepAFew({ house }: DemoSite): Promise<void> {
  await house.db.run(sql`
    delete from issue_stories where story_id in (
      select story_id from (
        select story_id, row_number() over (partition by section order by position) as place from issue_stories) as placed
      where place > 6)`);
}

/** One line for each element of the page that breaks a rule in one of the looks, or for a page that is too wide. */
async function violationsOn(page: Page, path: string): Promise<string[]> {
  await page.evaluate(axeSource);
  const found: string[] = [];
  for (const { width, colorScheme, rules } of looks) {
    const look = `${path} at ${width} px, ${colorScheme}`;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const { excess, violations } = await page.evaluate(async (options) => {
      const { axe, innerWidth, document } = globalThis as unknown as AxePage;
      const results = await axe.run(options);
      return { excess: document.documentElement.scrollWidth - innerWidth, violations: results.violations };
    }, rules);
    if (excess > 0) found.push(`${look}: scrolls ${excess} px sideways`);
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${look}: ${id}: ${html}`)));
  }
  return found;
}
