// A list of sources that a person chooses from a disk, in the encodings that other readers write.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../core/db.ts';
import { enter, isWhole } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

/** Characters that each encoding writes differently, on three lines; the address on the last cannot be read. */
const listOf = (declared: string, place: string) => `<?xml version="1.0"${declared}?>
<opml version="2.0"><body><outline text="Müllers Überblick – “Café €”" xmlUrl="https://${place}.example/feed"/>
<outline text="Größe ohne Adresse" xmlUrl="ftp://${place}.example/"/></body></opml>`;

const windows1252: Record<string, number> = { '€': 0x80, '“': 0x93, '”': 0x94, '–': 0x96 };
const inWindows1252 = (text: string) =>
  Buffer.from(Array.from(text, (sign) => windows1252[sign] ?? sign.charCodeAt(0)));
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe.skipIf(noBrowser)(`a list of sources in a browser${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let site: DemoSite;
  let browser: TestBrowser;
  let page: Page;
  let troubles: string[];
  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser(site.url);
    ({ page, troubles } = await browser.visit());
    await enter(page, await site.signInLink('editor'));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  it.each<[string, string, Buffer]>([
    ['UTF-16 with a mark', 'marked', Buffer.from(`\ufeff${listOf(' encoding="UTF-16"', 'marked')}`, 'utf16le')],
    ['UTF-16 without one', 'bare', Buffer.from(listOf('', 'bare'), 'utf16le')],
    ['big-endian UTF-16', 'big', bigEndian(`\ufeff${listOf(' encoding="utf-16"', 'big')}`)],
    ['windows-1252', 'western', inWindows1252(listOf(' encoding="windows-1252"', 'western'))],
    ['windows-1252 that says nothing', 'silent', inWindows1252(listOf('', 'silent'))],
    ['windows-1252 that calls itself UTF-8', 'wrong', inWindows1252(listOf(' encoding="UTF-8"', 'wrong'))],
    ['UTF-8', 'plain', Buffer.from(listOf('', 'plain'))],
  ])('in %s keeps its names, and says what was left out and on which line', async (_name, place, buffer) => {
    await page.goto('/desk/sources');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('#file').click()]);
    await chooser.setFiles({ name: 'list.opml', mimeType: 'text/x-opml', buffer });
    await expect.poll(() => page.locator('#opml').inputValue()).toContain('Müllers Überblick – “Café €”');
    await page.locator('form:has(#opml) button').click();
    await page.getByRole('heading', { level: 1, name: 'Sources imported' }).waitFor();
    await isWhole(page);
    expect(await page.getByRole('status').textContent()).toContain('1 added, 0 here already, 1 left out.');
    expect(await page.locator('ul.plain.rows li').allTextContents()).toEqual(['Größe ohne Adresse line 3']);
    const stored = await site.house.db.row(
      sql`select title from sources where url = ${`https://${place}.example/feed`}`,
    );
    expect(stored).toEqual({ title: 'Müllers Überblick – “Café €”' });
    await page.goto('/desk/sources');
    expect(await page.getByText('Müllers Überblick – “Café €”').first().isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });
});
