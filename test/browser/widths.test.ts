// Every public page from the narrowest phone to a wide desk: nothing scrolls sideways, stands beside its box or on something else, and no word is wider than its column.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../core/db.ts';
import { faultsOn } from './measure-page.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

const widths = [320, 375, 768, 1440, 1920];

describe.skipIf(noBrowser)(`the public pages${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let visitor: Visitor;
  beforeAll(async () => {
    site = await openDemoSite();
    await site.send();
    browser = await openBrowser(site.url);
    visitor = await browser.visit();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  it('fit into every window', async () => {
    const { page } = visitor;
    const found: string[] = [];
    for (const path of await publicPages()) {
      await page.goto(path);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        for (const fault of await faultsOn(page)) found.push(`${path} at ${width} px: ${fault}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('has its menu in one row on a phone, the room one is in and what there is to do in sight, in the order of a wide window', async () => {
    const { page } = visitor;
    for (const path of ['/topics', '/boards', '/subscribe', '/issues', '/topics?lang=de', '/nowhere']) {
      await page.goto(path);
      for (const width of [320, 375]) {
        await page.setViewportSize({ width, height: 900 });
        const rooms = (await page.locator('.rooms').boundingBox())!;
        // A row of 14 px with room to touch, below the name of the publication.
        expect([path, width, rooms.height <= 48, rooms.y + rooms.height <= 88]).toEqual([path, width, true, true]);
        for (const link of await page.locator('.rooms > a').all()) {
          const { x, width: wide } = (await link.boundingBox())!;
          expect([path, width, await link.textContent(), x >= 0 && x + wide <= width]).toEqual([path, width, expect.anything(), true]); // prettier-ignore
        }
      }
    }
    await page.setViewportSize({ width: 320, height: 900 });
    for (const path of ['/issues', '/topics', '/boards', '/map', '/map?lang=de', '/boards?lang=fr']) {
      await page.goto(path);
      const inSight = () =>
        page.evaluate<string>(`(() => {
          const [row, links] = [document.querySelector('.pushed'), [...document.querySelectorAll('.pushed a')]];
          const [box, at] = [row.getBoundingClientRect(), links.map((link) => link.getBoundingClientRect())];
          const current = at[links.findIndex((link) => link.hasAttribute('aria-current'))];
          const isOrdered = at.every(({ left }, n) => n === 0 || left > at[n - 1].left);
          const isFading = getComputedStyle(row).maskImage !== 'none' && row.scrollWidth > row.clientWidth;
          return [current.left >= box.left + 15 && current.right <= box.right - 23 && 'in sight', isOrdered && 'in order', isFading && 'fading'].join();
        })()`);
      await expect.poll(async () => [path, await inSight()]).toEqual([path, 'in sight,in order,fading']);
      // It is not held there.
      const first = page.locator('.pushed a').first();
      await expect.poll(() => page.evaluate(`document.querySelector('.pushed').getAnimations().length`)).toBe(0);
      await page.evaluate(`document.querySelector('.pushed').scrollTo(0, 0)`);
      expect((await first.boundingBox())!.x).toBeGreaterThan(0);
    }
  });

  it('what is shown in it is found when it does not fit', async () => {
    // The policy of the site allows no style in a tag.
    const { page } = await browser.visit();
    await page.setViewportSize({ width: 320, height: 900 });
    await page.setContent('<body style="margin:0"><p style="width:90px">Donaudampfschifffahrt</p><p>One line</p><p style="margin-top:-36px">Another line</p><p style="width:500px">a wide one</p><p style="width:9px;overflow-wrap:anywhere">add</p></body>'); // prettier-ignore
    const faults = (await faultsOn(page)).join('\n');
    for (const one of ['sideways', 'wider than its box', 'on each other', 'upright: "add"'])
      expect(faults).toContain(one);
  });

  /** Of each kind one; of stories those with the longest title, with a talk, and in Chinese. */
  async function publicPages(): Promise<string[]> {
    const { token } = (await site.house.db.row<{ token: string }>(sql`select token from readers where status = 'active' order by id limit 1`))!; // prettier-ignore
    const rows = await site.house.db.rows<{ path: string }>(sql`
      (select '/stories/' || story_id as path from issue_stories join stories on stories.id = story_id join items on items.id = headline_item_id order by length(title) desc limit 1)
      union all (select '/stories/' || story_id from story_items join segments using (item_id) limit 1)
      union all (select '/stories/' || story_id from story_items join items on items.id = item_id where lang = 'zh' limit 1)
      union all (select '/topics/' || id from topics limit 1)
      union all (select '/issues/' || slug from issues where status = 'sent')
      union all (select '/issues/' || slug || '/rest' from issues where status = 'sent')
      union all (select '/issues/' || slug || '/map' from issues where status = 'sent')`);
    const fixed = ['/', '/subscribe', '/subscribe/asked', '/issues', '/topics', '/search?q=attention', '/sources', '/sources/1', '/boards', '/deadlines', '/api/docs', '/nowhere']; // prettier-ignore
    const own = ['preferences', 'confirm', 'unsubscribe', 'read'].map((page) => `/${page}/${token}`);
    return [...fixed, ...rows.map(({ path }) => path), ...own, `/preferences/${token}/bring`, '/?lang=de', '/issues?lang=fr']; // prettier-ignore
  }
});
