// A hostile item, picked for everybody: wherever it is shown it runs nothing and calls nobody, even where no policy guards it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../core/db.ts';
import { enter } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

const title = 'Robust readers and the markup they throw away';

/** With the pages' own policy, and without it, so that nothing but the cleaning stands between the item and the reader. */
const visitors = [
  { name: 'with the policy of the pages', bypassCSP: false },
  { name: 'without it', bypassCSP: true },
];

describe.skipIf(noBrowser)(`a hostile item${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let curator: Visitor;
  let paths: Record<string, string>;
  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser(site.url);
    curator = await browser.visit();
    await pickTheItem(curator);
    await site.send();
    paths = await whereItIsShown();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  for (const { name, bypassCSP } of visitors) {
    it.each(['story', 'issue', 'mail', 'letter'])(`is harmless in the %s, ${name}`, async (place) => {
      const { page, troubles } = await browser.visit({ bypassCSP });
      expect((await page.goto(paths[place]!))?.status()).toBe(200);
      const frames = page.frames();
      expect((await Promise.all(frames.map((frame) => frame.content()))).join('')).toContain(title);
      for (const frame of frames) {
        expect(await frame.evaluate(() => 'stolen' in globalThis)).toBe(false);
        expect(
          await frame.locator('[onclick], [onerror], [onload], a[href^="javascript" i], a[href^="data" i]').count(),
        ).toBe(0);
      }
      await page.context().close();
      expect(troubles).toEqual([]);
    });
  }

  it('is harmless on the desk, in its list and in the proof', async () => {
    const { page, troubles } = curator;
    await page.goto(`/desk/issues/${site.draft.id}`);
    await page.locator('.line .headline').filter({ hasText: title }).waitFor();
    await page.frameLocator('iframe').getByRole('link', { name: title }).waitFor();
    for (const frame of page.frames()) expect(await frame.evaluate(() => 'stolen' in globalThis)).toBe(false);
    expect(troubles).toEqual([]);
  });

  it('would be noticed: a page that does run such a script is told from one that does not', async () => {
    const { page, troubles } = await browser.visit({ bypassCSP: true });
    await page.goto('/subscribe');
    await page.setContent(`<img src="https://careless.example/x" onerror="window.stolen = 1; alert('hostile')">`);
    await expect.poll(() => page.evaluate(() => 'stolen' in globalThis)).toBe(true);
    expect(troubles).toEqual(expect.arrayContaining(['left the site: https://careless.example/x', 'dialog: hostile']));
  });

  async function pickTheItem({ page }: Visitor): Promise<void> {
    await enter(page, await site.signInLink('editor'));
    // Among the curator's candidates or in the rest of the week, which comes by a job of its own after the draft.
    const line = page.locator('.line[data-story] a').filter({ hasText: title });
    const desk = `/desk/issues/${site.draft.id}`;
    while ((await line.count()) === 0) await page.goto(`${desk}?q=${encodeURIComponent(title)}`);
    await line.click();
    await page.getByRole('button', { name: 'Pick it for everybody' }).click();
    await page.getByRole('button', { name: 'Move to the pool' }).waitFor();
  }

  async function whereItIsShown(): Promise<Record<string, string>> {
    const story = await site.house.db.row<{ id: number }>(sql`
      select story_id as id from story_items join items on items.id = item_id where title = ${title}`);
    await curator.page.goto('/outbox');
    const mail = await curator.page.getByRole('link', { name: site.draft.title }).first().getAttribute('href');
    return {
      story: `/stories/${story!.id}`,
      issue: `/issues/${site.draft.slug}`,
      mail: mail!,
      letter: `${mail}/html`,
    };
  }
});
