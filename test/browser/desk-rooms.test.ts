// The rooms around the issue in a browser: readers, settings and the log; by mouse on a wide screen, by keys on a phone.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

describe.skipIf(noBrowser)(`the rooms around the issue${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let wide: Visitor;
  let phone: Visitor;
  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser(site.url);
    wide = await browser.visit({ viewport: { width: 1440, height: 900 } });
    phone = await browser.visit({ viewport: { width: 375, height: 700 } });
    for (const { page } of [wide, phone]) {
      await enter(page, await site.signInLink('owner'));
    }
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  it('a list is chosen, looked at, imported, and what was imported is found and paused', async () => {
    const { page } = wide;
    await page.goto('/desk/readers');
    const list = 'email,status,attributes\nnew@example.org,enabled,{}\nwrong,enabled,{}\n';
    await page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await expect.poll(() => page.getByLabel('What it says').inputValue()).toContain('new@example.org');
    await page.getByLabel('How they agreed to get mail').fill('Confirmed at our former letter');
    await page.getByRole('button', { name: 'Look at the list' }).click();
    await page.getByText('Line 3: “wrong” is no address').waitFor();
    await page.getByRole('button', { name: 'Import 1' }).click();
    await page.getByText('Imported.').waitFor();
    await page.getByLabel('A part of an address, or an interest').fill('new@');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: 'new@example.org' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused. They get nothing until it goes on.').waitFor();
    const download = page.waitForEvent('download');
    await page.goto('/desk/readers');
    await page.getByRole('button', { name: 'Download all readers as CSV' }).click();
    const saved = await (await download).path();
    expect(readFileSync(saved, 'utf8')).toContain('new@example.org,paused,');
  });

  it('a reader is added and deleted by keys alone on a phone', async () => {
    const { page } = phone;
    await page.goto('/desk/readers');
    await page.getByLabel('E-mail address').focus();
    await page.keyboard.type('keys@example.org');
    await page.keyboard.press('Tab');
    await page.keyboard.type('speech');
    await page.keyboard.press('Enter');
    await page.getByText('A mail asks them to confirm.').waitFor();
    await page.getByRole('link', { name: 'keys@example.org' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'keys@example.org' }).waitFor();
    await expectNothingSideways(page);
    await page.getByRole('button', { name: 'Delete everything about them' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete them' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Deleted, with everything that was kept about them.').waitFor();
  });

  it('a wrong setting is told at its field with what was typed, and the right one stands in the log', async () => {
    const { page } = phone;
    await page.goto('/desk/settings');
    const zone = page.getByLabel('Time zone');
    await zone.fill('Mars/Olympus');
    await page.getByRole('button', { name: 'Save the schedule' }).click();
    await page.getByText('is no time zone; one reads like Europe/Berlin.').last().waitFor();
    expect(await zone.inputValue()).toBe('Mars/Olympus');
    expect(await zone.getAttribute('aria-invalid')).toBe('true');
    await expectNothingSideways(page);
    await zone.fill('europe/berlin');
    await page.getByRole('button', { name: 'Save the schedule' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    expect(await zone.inputValue()).toBe('Europe/Berlin');
    await page.goto('/desk/log');
    await page.getByText('change the schedule').first().waitFor();
    await expectNothingSideways(page);
  });

  it('nothing is on the console but what was refused', () => {
    for (const { troubles } of [wide, phone]) expect(troubles.filter((line) => !/ (400|409) /.test(line))).toEqual([]);
  });
});

async function expectNothingSideways(page: Page): Promise<void> {
  const width = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
  const [scrolled, seen] = width as [number, number];
  expect(scrolled).toBeLessThanOrEqual(seen);
}
