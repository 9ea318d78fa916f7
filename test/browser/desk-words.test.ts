// What a curator writes in a browser: a summary, the opening, a letter as somebody else gets it; by mouse and by keys.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letterOn, open, openDesk, titlesOn, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser, type Visitor } from './open-browser.ts';
import type { DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`a curator who writes${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let site: DemoSite;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    desk = await openDesk('owner');
    ({ site, visitor, page } = desk);
  });
  afterAll(() => desk?.close());

  it('writes a summary by keys and by mouse, undoes it with "u" and does it again with "U"', async () => {
    // The letter in the frame is compiled for the first time now; the panes need not wait for it.
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    const [first] = await titlesOn(page);
    await open(page, first!);
    const sentences = (): Promise<string[]> => page.locator('.sentence > span').allTextContents();
    await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
    const before = await sentences();
    await page.locator('.line.is-in-hand a').focus();
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'Sentence 1' }).waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Sentence 1');
    await page
      .getByRole('button', { name: /^Add: / })
      .first()
      .click();
    await page.getByRole('textbox', { name: `Sentence ${before.length + 1}` }).waitFor();
    await page.getByRole('textbox', { name: 'A sentence of your own' }).fill('Ours, and nobody else’s.');
    await page.getByRole('button', { name: 'Save the summary' }).last().click();
    await page.getByText('in no source: add one that is, or mark it as the editor’s').waitFor();
    expect(await sentences()).toHaveLength(before.length + 2);
    await page.keyboard.press('e');
    await page.locator('[data-first]:focus').waitFor();
    await page.getByRole('button', { name: 'mark as the editor’s' }).click();
    await page.getByText('the editor’s own: The owner').waitFor();
    // Nothing when no edit is left that could be undone.
    const next = (): Promise<string[]> =>
      page.locator('#undo input[name="edit"]').evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value') ?? '')); // prettier-ignore
    for (let times = 0; times < 3; times++) {
      // While the panes are changed no button is there: a key pressed then would be lost.
      await expect.poll(async () => (await next()).length).toBe(1);
      const last = await next();
      await page.keyboard.press('u');
      await expect.poll(next).not.toEqual(last);
    }
    await expect.poll(() => sentences()).toEqual(before);
    await page.keyboard.press('U');
    await expect.poll(async () => (await sentences()).length).toBe(before.length + 1);
    await page.keyboard.press('u');
    await expect.poll(() => sentences()).toEqual(before);
  });

  it('undoes by keys what was last when its turn comes, however quickly they are pressed', async () => {
    const { troubles } = visitor;
    await page.goto(`/desk/issues/${site.draft.id}`);
    const before = await titlesOn(page);
    await open(page, before[1]!);
    const had = troubles.length;
    const answered: number[] = [];
    page.on('response', (answer) => void (answer.request().method() === 'POST' && answered.push(answer.status())));
    for (const key of ['x', 'x', 'u', 'u', 'U']) await page.keyboard.press(key);
    await expect.poll(() => answered).toEqual([303, 303, 303, 303, 303]);
    await expect.poll(() => titlesOn(page)).toEqual(before.filter((title) => title !== before[1]));
    await page.keyboard.press('u');
    await expect.poll(() => titlesOn(page)).toEqual(before);
    expect(troubles.slice(had)).toEqual([]);
  });

  it('writes a note by keys, of the story that was asked for', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    const [first, second] = await titlesOn(page);
    await open(page, first!);
    // Before the second one is there.
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    await page.getByRole('heading', { level: 1, name: second!, exact: true }).waitFor();
    const note = page.getByLabel('Note to readers');
    await expect.poll(() => note.evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.keyboard.type('Read it with the code.');
    await page.keyboard.press('Control+Enter');
    await page.getByText(`wrote the note of “${second!}`).waitFor();
    await note.press('Escape');
    await page.keyboard.press('u');
    await page.getByText(`wrote the note of “${second!}`).waitFor({ state: 'detached' });
  });

  it('translates a section: what is typed outlives the page, and is saved where it stands', async () => {
    const address = `/desk/issues/${site.draft.id}/editions/de`;
    await page.goto(address);
    const section = page.locator('section[id^="section-"]').nth(1);
    const headline = section.getByRole('textbox', { name: 'Headline in German' });
    await headline.fill('Eine Schlagzeile');
    await page.reload();
    expect(await headline.inputValue()).toBe('Eine Schlagzeile');
    await section.getByRole('button', { name: 'Save', exact: true }).click();
    await section.getByText(/^by The owner, /).waitFor();
    await page.reload();
    expect(await headline.inputValue()).toBe('Eine Schlagzeile');
    await page.goto(`/desk/issues/${site.draft.id}`);
    await page.getByRole('link', { name: 'German', exact: true }).waitFor();
  });

  it('sees the intro while it is typed', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`);
    const intro = page.getByRole('textbox', { name: 'Intro', exact: true });
    await intro.pressSequentially(' A *week*.');
    await expect.poll(() => page.locator('#intro-preview em').allTextContents()).toEqual(['week']);
    await page.getByRole('button', { name: 'Forget it' }).first().click();
  });

  it('reads the letter as somebody made up, with the reason of every pick, and sends it to herself', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`);
    await page.getByRole('textbox', { name: /^Interests of somebody made up/ }).fill('speech + diffusion');
    await page.getByRole('textbox', { name: /^Interests of somebody made up/ }).press('Enter');
    await letterOn(page)
      .getByText(/matches 'speech'/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Why', exact: true }).click();
    await letterOn(page).getByRole('heading', { name: 'Why each story is in it' }).waitFor();
    await page.getByRole('link', { name: 'Archive', exact: true }).click();
    await letterOn(page).getByRole('heading', { level: 1, name: site.draft.title }).waitFor();
    await page.getByRole('link', { name: 'Phone', exact: true }).click();
    await page.locator('.proof.is-phone').waitFor();
    await page.getByRole('link', { name: 'Dark', exact: true }).click();
    await page.locator('.proof.is-phone.is-dark').waitFor();
    await page.getByRole('button', { name: 'Send me this letter' }).click();
    await expect
      .poll(() => page.locator('.test-mail').textContent())
      .toMatch(/The test mail of .* to owner@desk.example/);
  });

  it('never meets an error, a dialog or another site on the way', () => {
    expect(visitor.troubles).toEqual([]);
  });
});
