// The order of an issue, dragged with the mouse in a real browser: kept, undone, and refused across sections.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser, type Visitor } from './open-browser.ts';
import type { DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`the stories of an issue${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let site: DemoSite;
  let visitor: Visitor;
  beforeAll(async () => {
    desk = await openDesk('editor');
    ({ site, visitor } = desk);
  });
  afterAll(() => desk?.close());

  it('are dragged before one another; what was dragged is there after a reload, and is undone', async () => {
    const { page } = visitor;
    await page.goto(`/desk/issues/${site.draft.id}`);
    const before = await linesOf(page);
    const [first, second, third] = longestSection(before);
    const order = (lines: Line[]): string[] => lines.filter(({ section }) => section === first!.section).map(({ story }) => story); // prettier-ignore
    await drag(page, third!, first!);
    const wanted = order(before);
    wanted.splice(wanted.indexOf(third!.story), 1);
    wanted.splice(wanted.indexOf(first!.story), 0, third!.story);
    await expect.poll(async () => order(await linesOf(page))).toEqual(wanted);
    await page.reload();
    expect(order(await linesOf(page))).toEqual(wanted);
    expect(wanted.indexOf(second!.story)).toBe(order(before).indexOf(second!.story) + 1);
    await page.keyboard.press('u');
    await expect.poll(async () => order(await linesOf(page))).toEqual(order(before));
    expect(visitor.troubles).toEqual([]);
  });

  it('stay where they are when they are let go in another section, or nowhere', async () => {
    const { page } = visitor;
    await page.goto(`/desk/issues/${site.draft.id}`);
    const before = await linesOf(page);
    const [first] = longestSection(before);
    const other = before.find(({ section }) => section !== first!.section)!;
    await drag(page, first!, other);
    await page.mouse.move(700, 20);
    expect(await page.locator('.is-goal').count()).toBe(0);
    await page.reload();
    expect(await linesOf(page)).toEqual(before);
  });
});

interface Line {
  story: string;
  section: string;
}

function linesOf(page: Page): Promise<Line[]> {
  return page.locator('.line[data-section]').evaluateAll((lines) =>
    lines.map((line) => ({
      story: line.getAttribute('data-story') ?? '',
      section: line.getAttribute('data-section') ?? '',
    })),
  );
}

/** The lines of the section that has most of them. */
function longestSection(lines: Line[]): Line[] {
  const sections = [...new Set(lines.map(({ section }) => section))];
  return sections.map((name) => lines.filter(({ section }) => section === name)).toSorted((a, b) => b.length - a.length)[0]!; // prettier-ignore
}

/** As a hand does it: pressed, moved a little, moved there, let go. */
async function drag(page: Page, from: Line, to: Line): Promise<void> {
  const middleOf = async ({ story }: Line) => {
    const line = page.locator(`.line[data-story="${story}"]`);
    await line.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await line.boundingBox())!;
    return { x: x + width - 30, y: y + height / 2 };
  };
  await middleOf(from);
  const goal = await middleOf(to);
  const start = await middleOf(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x, start.y - 8, { steps: 3 });
  const end = await page.locator(`.line[data-story="${to.story}"]`).boundingBox();
  await page.mouse.move(goal.x, end!.y + end!.height / 2, { steps: 12 });
  await page.mouse.up();
}
