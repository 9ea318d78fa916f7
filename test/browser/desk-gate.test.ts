// What an issue's page does by itself and what it keeps, in a browser: the gate that is still looking, opened parts, typed reasons, ticks.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve, openDesk, type BrowserDesk } from './at-the-desk.ts';
import { noBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import type { DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`the gate and the list in a browser${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let desk: BrowserDesk;
  let site: DemoSite;
  let browser: TestBrowser;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    desk = await openDesk('owner');
    ({ site, browser, visitor, page } = desk);
  });
  afterAll(() => desk?.close());

  it('tells what was not known yet without being loaded again, and keeps what is typed and opened meanwhile', async () => {
    // Not until the letter in its frame is there: that takes as long as what the gate waits for.
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    await page.evaluate('window.isSamePage = true');
    await page.getByText('What is not known yet comes up here by itself.').waitFor();
    const why = page.locator('.gate .why').first();
    await why.fill('Opened by hand.');
    await page.locator('#filters summary').click();
    await page.getByText('What is not known yet').waitFor({ state: 'detached' });
    expect(await page.locator('.gate .is-waiting').count()).toBe(0);
    expect(await page.getByText('axe-core finds nothing against the letter and its page').count()).toBe(1);
    expect(await page.evaluate('window.isSamePage')).toBe(true);
    expect(await why.inputValue()).toBe('Opened by hand.');
    expect(await page.locator('#filters').getAttribute('open')).not.toBeNull();
    // The link of the bar counts what the gate counts, which is closed until somebody opens it.
    const passing = await page.locator('.gate .is-ok').count();
    expect(await page.locator('#gate-count').textContent()).toContain(`${passing} of `);
    expect(await page.locator('.gate .is-ok').first().isVisible()).toBe(false);
    await page.getByText(`${passing} checks pass`).click();
    expect(await page.locator('.gate .is-ok').first().isVisible()).toBe(true);
  });

  it('approves nothing that somebody changed while the gate looked: what is approved is what the page showed', async () => {
    const [mine, other] = [page, await page.context().newPage()];
    await other.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    const change = async (subject: string): Promise<void> => {
      await other.getByLabel('Subject of the letter, title of the issue').fill(subject);
      await other.getByRole('button', { name: 'Save the subject and the intro' }).click();
      await other.getByRole('heading', { level: 1, name: subject }).waitFor();
    };
    await change('LoRA, looked at once');
    await mine.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    const hash = await mine.locator('#approve input[name="hash"]').inputValue();
    await change('LoRA, looked at twice');
    await mine.bringToFront();
    await mine.getByText('What is not known yet').waitFor({ state: 'detached' });
    expect(await mine.locator('#approve input[name="hash"]').inputValue()).toBe(hash);
    await other.close();
  });

  it('leads from what it found to the very field', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    await page.getByRole('textbox', { name: 'Preheader', exact: true }).fill('Too short');
    await page.getByRole('button', { name: 'Save the subject and the intro' }).click();
    const fix = page.locator('#fix-preheader');
    await fix.waitFor();
    await page.locator('.line[data-story] a').first().click();
    await page.locator('#role-of').waitFor();
    await fix.click();
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('preheader');
  });

  it('is a key away: what stops, else the reason it asks for', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    const stops = page.locator('.gate .is-red a');
    const field = (await stops.count()) > 0 ? stops.first() : page.locator('.gate .why').first();
    await field.waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('g');
    await expect.poll(() => field.evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('says that nothing is ticked and stays', async () => {
    await page.getByRole('button', { name: 'reject', exact: true }).click();
    await page.getByRole('alert').getByText('Tick the stories first').waitFor();
    expect(await page.locator('#issue').count()).toBe(1);
  });

  it('covers no line that is gone to, while something is ticked', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`);
    await page.locator('.line[data-story] input[type="checkbox"]').first().check();
    for (let step = 0; step < 14; step++) {
      await page.keyboard.press('j');
      const [line, bar, head] = await page.evaluate<[number, number][]>(`[document.activeElement.closest('.line'), document.querySelector('#bulk'), document.querySelector('.list-pane .pane-head')].map((one) => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom])`); // prettier-ignore
      expect(line![1]).toBeLessThanOrEqual(bar![0] + 1);
      expect(line![0]).toBeGreaterThanOrEqual(head![1] - 1);
    }
  });

  it('marks a part that has something in it, closed too', async () => {
    const first = await page.locator('.line[data-story]').first().getAttribute('data-story');
    await page.goto(`/desk/issues/${site.draft.id}?story=${first}`);
    const note = page.locator('details.note-of');
    await note.locator('summary').click();
    expect(await note.locator('summary').textContent()).not.toContain('note written');
    await page.getByLabel('Note to readers').fill('Read it with the talk.');
    await page.getByRole('button', { name: 'Save the note' }).click();
    await note.locator('summary').getByText('note written').waitFor();
    await page.locator('#rubric summary').click();
    for (const select of await page.locator('#rubric select').all()) await select.selectOption('4');
    await page.getByRole('button', { name: 'Score it' }).click();
    await page.locator('#rubric summary').getByText('1 given · by you').waitFor();
    expect(visitor.troubles).toEqual([]);
  });

  it('says what “Approve” waits for and approves when that is known, without being pressed again', async () => {
    await page.goto(`/desk/issues/${site.draft.id}`, { waitUntil: 'domcontentloaded' });
    await page.getByLabel('Subject of the letter, title of the issue').fill('LoRA, looked at for the last time');
    await page
      .getByRole('textbox', { name: 'Preheader', exact: true })
      .fill('Low-rank adaptation, and what a week brought beside it');
    await page.getByRole('button', { name: 'Save the subject and the intro' }).click();
    await page.getByRole('heading', { level: 1, name: 'LoRA, looked at for the last time' }).waitFor();
    // What the announcement says, as it comes: a reader of the screen hears each.
    await page.evaluate(`(() => {
      window.heard = [];
      new MutationObserver(() => { const words = document.querySelector('#approving')?.textContent; if (words) heard.push(words); })
        .observe(document.body, { subtree: true, childList: true, characterData: true });
    })()`);
    for (const why of await page.locator('.gate .why').all()) await why.fill('Made up for a test.');
    await page.getByRole('button', { name: 'Approve the issue' }).click();
    await page.getByText('approved by The owner').waitFor();
    const heard = await page.evaluate<string[]>('window.heard');
    expect(heard[0]).toMatch(/^To approve it, \d of 20 checks are waited for: .*axe-core/);
    expect(visitor.troubles).toEqual([]);
  });

  it('says it without a script, too, and approves when the button is pressed again', async () => {
    const { page: plain } = await browser.visit({ javaScriptEnabled: false, storageState: await page.context().storageState() }); // prettier-ignore
    await plain.goto(`/desk/issues/${site.draft.id}`);
    await plain.getByLabel('Subject of the letter, title of the issue').fill('LoRA, without a script');
    await plain.getByRole('button', { name: 'Save the subject and the intro' }).click();
    await plain.getByRole('button', { name: 'Change it, back to review' }).click();
    await approve(plain);
    await plain.getByText('checks are waited for').waitFor();
    await expect
      .poll(
        async () => {
          const again = plain.getByRole('button', { name: 'Look again' });
          if (await again.isVisible()) await again.click();
          return plain.getByText('approved by The owner').isVisible();
        },
        { interval: 2_000 },
      )
      .toBe(true);
  });
});
