// What fingers and keys reach at the desk: targets that are large enough, ways past what comes before, a focus that stays where it was, and names of any length beside them.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveSettings } from '../../core/store/settings.ts';
import { enter } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';
import { smallTargetsOn } from './small-targets.ts';

const names = [
  'The Weekly Letter of the Department of Computational Science',
  'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauuni',
  '机器学习与自然语言处理研究每周通讯以及计算语言学前沿论文精选导读汇编人工智能与大规模语言模型最新进展综述报告编辑部出品',
  'النشرة الأسبوعية لأبحاث تعلم الآلة ومعالجة اللغات الطبيعية',
];

describe.skipIf(noBrowser)(`the desk under fingers and keys${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let page: Page;
  let issue: string;
  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser(site.url);
    ({ page } = await browser.visit({ viewport: { width: 1440, height: 900 } }));
    issue = `/desk/issues/${site.draft.id}`;
    await enter(page, await site.signInLink('owner'));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  /** Presses Tab until the focus is on what fits, and says how often; at most 40 times. */
  async function tabsTo(what: string): Promise<number> {
    for (let presses = 1; presses <= 40; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(what)})`)) return presses;
    }
    return Infinity;
  }
  const lines = (): Promise<string[]> => page.locator('.line[data-story]').evaluateAll((all) => all.map((line) => line.getAttribute('data-story')!)); // prettier-ignore
  const focused = (): Promise<string | null> => page.evaluate(`document.activeElement.closest('.line')?.dataset.story ?? null`); // prettier-ignore

  it('leads from the top of every page to the issue in hand by three presses, and past the menu to each pane', async () => {
    for (const path of ['/desk', '/desk/readers', '/desk/nowhere']) {
      await page.goto(path, { waitUntil: 'domcontentloaded' });
      expect([path, await tabsTo(`a[href="${issue}"]`)]).toEqual([path, 3]);
    }
    for (const [skip, first] of [
      ['#lines', '#lines a'],
      ['#story-pane', '#story-pane :is(input, button, a)'],
      ['#letter-pane', '#letter-pane :is(input, button, a)'],
    ] as const) {
      await page.goto(issue, { waitUntil: 'domcontentloaded' });
      expect(await tabsTo(`.skip[href="${skip}"]`)).toBeLessThanOrEqual(4);
      await page.keyboard.press('Enter');
      expect([skip, await tabsTo(first)]).toEqual([skip, 1]);
    }
  });

  it('stays in the list when what was pressed there goes', async () => {
    await page.goto(issue, { waitUntil: 'domcontentloaded' });
    await page.getByRole('searchbox').fill('attention');
    const all = page.getByRole('link', { name: 'show all' });
    await all.waitFor();
    await all.focus();
    await page.keyboard.press('Enter');
    await all.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(`document.activeElement.closest('#lines') !== null`)).toBe(true);
  });

  it('goes on with the next line when one is rejected, the last pick too', async () => {
    await page.goto(issue, { waitUntil: 'domcontentloaded' });
    const before = await lines();
    const at = (await page.locator('.line[data-role="pick"]').count()) - 1;
    await page.locator(`#story-${before[at]} a`).click();
    await page.locator(`#in-hand-${before[at]}`).waitFor();
    await page.locator(`#story-${before[at]} a`).focus();
    await page.keyboard.press('x');
    await page.locator(`#story-${before[at]}`).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe(before[at + 1]);
    expect(await lines()).toEqual(before.filter((story) => story !== before[at]));
    // The menu follows what was done to the issue, though it stands outside it.
    await page.locator('#issue-in-hand').getByText('in review').waitFor();
    await page.locator('#undo button').click();
    await page.locator(`#story-${before[at]}`).waitFor();
  });

  it('has targets of 24 by 24 px on a phone, whatever page it is', async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    await page.goto('/desk');
    const rooms = await page.locator('nav a[href^="/desk/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!)); // prettier-ignore
    await page.goto(issue, { waitUntil: 'domcontentloaded' });
    const story = `${issue}?pane=story&story=${(await lines())[1]}`;
    const of = (path: string, ...queries: string[]): string[] => queries.map((query) => `${path}${query}`);
    const pages = [
      ...new Set(['/desk', ...rooms]),
      ...of('/desk/', 'sources/1', 'sources/1/delete', 'readers/1', 'talks', 'muted', 'second-factor', 'stories/1'),
      ...of(
        issue,
        '?show=week',
        '?q=attention',
        '?pane=story',
        '?pane=letter',
        '?pane=letter&look=map',
        '/editions/de',
      ),
      ...of(story, '', '&part=summary', '&part=sources', '&part=history'),
    ];
    expect(pages.length).toBeGreaterThan(25);
    const found: string[] = [];
    for (const path of pages) {
      await page.goto(path, { waitUntil: 'domcontentloaded' });
      found.push(...(await smallTargetsOn(page)).map((one) => `${path}: ${one}`));
    }
    expect(found).toEqual([]);
    await page.setContent('<main><p>Read <a href="#">this</a> first.</p><p><a href="#" style="font-size:12px">alone</a></p><button style="padding:0;border:0">x</button></main>'); // prettier-ignore
    expect((await smallTargetsOn(page)).map((one) => /> "(.*?)"/.exec(one)![1])).toEqual(['alone', 'x']);
  });

  it('keeps a name of sixty characters, or of one word, within every head', async () => {
    const found: string[] = [];
    for (const publication of names) {
      await saveSettings(site.house.db, { publication });
      for (const path of ['/', '/topics', '/desk', issue, '/desk/sign-in', `${issue}/letter`]) {
        await page.goto(path, { waitUntil: 'domcontentloaded' });
        for (const width of [320, 375, 700, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          const excess = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          if (excess > 0) found.push(`${path} at ${width} px scrolls ${excess} px sideways: ${publication}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
});
