// What is pressed at an issue's page while the server has not replied yet: it acts on what the curator saw and meant.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSettled, open, openDesk, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser, type Visitor } from './open-browser.ts';
import type { DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`a curator whose server is slow${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let site: DemoSite;
  let visitor: Visitor;
  let page: Page;
  /** The first two picks. */
  let titles: [string, string];
  /** What was sent meanwhile: "/desk/issues/1/stories/7 seen=pick+papers&change=role&role=removed", without the token. */
  const sent: string[] = [];
  /** Lets pass what is asked for, held since the test began or `hold` was called. */
  let letPass: () => void;
  let held: Promise<void>;
  const hold = (): void => void (held = new Promise((resolve) => (letPass = resolve)));
  beforeAll(async () => {
    desk = await openDesk('owner');
    ({ site, visitor, page } = desk);
    page.on('request', (request) => {
      if (request.method() !== 'POST') return;
      const fields = new URLSearchParams(request.postData() ?? '');
      fields.delete('_csrf');
      sent.push(`${new URL(request.url()).pathname} ${fields.toString()}`);
    });
  });
  afterAll(() => desk?.close());
  beforeEach(async () => {
    letPass?.();
    await page.unrouteAll({ behavior: 'wait' });
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    const lines = page.locator('.line[data-role="pick"] .headline');
    titles = [(await lines.nth(0).textContent())!, (await lines.nth(1).textContent())!];
    await open(page, titles[0]);
    sent.length = 0;
    // As over a slow line: no page comes before all is pressed, however long a busy machine takes for that.
    hold();
    await page.route(/\/desk\/issues\/\d+(\?|$|\/stories)/, async (route, request) => {
      if (request.headers()['hx-target'] !== 'gate') await held;
      await route.continue().catch(() => undefined);
    });
  });
  const lineOf = (title: string) => page.locator('.line[data-story]').filter({ hasText: title }).first();
  const storyOf = async (title: string) => (await lineOf(title).getAttribute('data-story'))!;
  const isPick = async (story: string) => (await page.locator(`.line[data-story="${story}"][data-role="pick"]`).count()) === 1; // prettier-ignore

  it('looks at the running checks once at a time', async () => {
    letPass();
    await page.unrouteAll({ behavior: 'wait' });
    // A look that the page gave up, since something else was asked for, is none that runs.
    const running = new Set<unknown>();
    const others: number[] = [];
    page.on('requestfinished', (request) => running.delete(request));
    page.on('requestfailed', (request) => running.delete(request));
    await page.route(/\/desk\/issues\/\d+(\?|$)/, async (route, request) => {
      if (request.headers()['hx-target'] !== 'gate') return route.continue();
      others.push(running.size);
      running.add(request);
      // Longer than from one look to the next.
      await new Promise((done) => setTimeout(done, 5_000));
      await route.continue().catch(() => undefined);
    });
    // An edit makes checks run again; the letter is looked through for seconds.
    const [one, two] = [await storyOf(titles[0]), await storyOf(titles[1])];
    for (const story of [one, two, one]) {
      await page.locator(`.line[data-story="${story}"] a`).click();
      await page.locator(`#note-of-${story}`).waitFor({ state: 'attached' });
      await page.keyboard.press('l');
      await page.waitForTimeout(3_000);
    }
    await page.locator('.gate .is-waiting').waitFor({ state: 'detached' });
    expect(others.length).toBeGreaterThan(0);
    expect(others).toEqual(others.map(() => 0));
  });

  it('edits by "e" the story asked for, when it is there', async () => {
    const other = await storyOf(titles[1]);
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    letPass();
    await page.locator(`#summary-of-${other} [data-first]`).waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('data-first')).not.toBeNull();
  });

  it('saves a note to the story it was written for, though another was asked for before', async () => {
    const mine = await storyOf(titles[0]);
    await page.locator('details.note-of summary').click();
    await page.getByLabel('Note to readers').fill('Of the first.');
    await lineOf(titles[1]).locator('a').click();
    await page.getByRole('button', { name: 'Save the note' }).click();
    letPass();
    await page.locator(`#note-of-${mine} textarea`).waitFor();
    await page.locator('details.note-of summary').getByText('note written').waitFor();
    expect(sent[0]).toMatch(new RegExp(`/stories/${mine}/note .*note=Of\\+the\\+first`));
    expect(sent).toHaveLength(1);
  });

  it('takes one sentence at a time into a summary: a second press before the answer sends nothing', async () => {
    await page.keyboard.press('e');
    letPass();
    const sentences = page.getByRole('textbox', { name: /^Sentence \d+$/ });
    await sentences.first().waitFor();
    await isSettled(page);
    hold();
    const before = await sentences.count();
    const add = page.getByRole('button', { name: /^Add: / });
    const second = (await add.nth(1).getAttribute('aria-label'))!;
    await add.first().click();
    await add.nth(1).click();
    letPass();
    await expect.poll(() => sentences.count()).toBe(before + 1);
    expect(sent).toHaveLength(1);
    await page.getByRole('button', { name: second, exact: true }).click();
    await expect.poll(() => sentences.count()).toBe(before + 2);
    expect(await page.getByText('while you did').count()).toBe(0);
  });

  it('rejects by a button the story beside it, though another was asked for before', async () => {
    const [mine, other] = [await storyOf(titles[0]), await storyOf(titles[1])];
    const [seen, next] = [await page.locator('#role-of input[name="seen"]').inputValue(), await page.locator('#role-of input[name="next"]').inputValue()]; // prettier-ignore
    await lineOf(titles[1]).locator('a').click();
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    letPass();
    await expect.poll(() => isPick(mine)).toBe(false);
    const fields = new URLSearchParams({ seen, next, change: 'role', role: 'removed' });
    expect(sent).toEqual([`/desk/issues/${site.draft.id}/stories/${mine} ${fields.toString()}`]);
    expect(await isPick(other)).toBe(true);
    // The keys go on where the page does.
    const isInPane = (): Promise<boolean> => page.evaluate('document.querySelector("#in-hand-" + document.querySelector(".line.is-in-hand")?.dataset.story) !== null'); // prettier-ignore
    await expect.poll(isInPane).toBe(true);
    const inHand = (await page.locator('.line.is-in-hand').getAttribute('data-story'))!;
    await page.keyboard.press('x');
    await expect.poll(() => sent.length).toBe(2);
    expect(sent[1]).toContain(`/stories/${inHand} `);
  });

  it('acts by keys on what came in hand as soon as it stands there', async () => {
    const mine = await storyOf(titles[0]);
    // Nobody is quicker.
    await page.evaluate(`document.addEventListener('htmx:afterSwap', function press() {
      const inHand = document.querySelector('.line.is-in-hand')?.dataset.story;
      if (!inHand || document.querySelector('#story-${mine}')) return;
      document.removeEventListener('htmx:afterSwap', press);
      window.pressedAt = inHand;
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
    })`);
    await page.keyboard.press('x');
    letPass();
    await expect.poll(() => sent.length).toBe(2);
    const inHand = await page.evaluate<string>('window.pressedAt');
    expect(inHand).not.toBe(mine);
    expect(sent.map((one) => one.split(' ')[0])).toEqual([mine, inHand].map((story) => `/desk/issues/${site.draft.id}/stories/${story}`)); // prettier-ignore
    // Both are picks again for who comes next.
    for (const key of ['u', 'u']) await page.keyboard.press(key);
    await expect.poll(() => isPick(mine)).toBe(true);
  });

  it('acts by keys on the line with the cursor: the lead, a section and a role one after the other', async () => {
    const other = await storyOf(titles[1]);
    await page.keyboard.press('j');
    for (const key of ['l', '2', 'p']) await page.keyboard.press(key);
    letPass();
    await expect.poll(() => sent.length).toBe(3);
    expect(sent.map((one) => one.split(' ')[0])).toEqual(Array(3).fill(`/desk/issues/${site.draft.id}/stories/${other}`)); // prettier-ignore
    await page.getByRole('button', { name: 'Pick it for everybody' }).waitFor();
    await page.getByRole('heading', { level: 1, name: titles[1], exact: true }).waitFor();
    expect(await page.getByText('Somebody changed this story meanwhile').count()).toBe(0);
    expect(visitor.troubles).toEqual([]);
  });
});
