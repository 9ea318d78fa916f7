// `npm run screenshots [-- DIRECTORY]`: runs the demo and takes pictures in a real browser: the two of README.md, or 50 into DIRECTORY to look at.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { freePort } from '../core/network/free-port.ts';

/** On a machine that has other things to do a page may take longer than the 30 s of Playwright. */
const patienceMs = 120_000;
const docs = 'docs/';
const wanted = process.argv[2];
const data = mkdtempSync(join(tmpdir(), 'courant-pictures-'));
const command = [process.execPath, 'dist/services/cli/main.js', 'demo', '--data', data];
// Two may take pictures at a time.
const demo = spawn('env', [`PORT=${await freePort()}`, ...command]);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const addresses = await addressesOf(demo);
  const [outbox, desk] = [addresses.get('Outbox')!, addresses.get('Desk')!];
  if (wanted === undefined) {
    await pictureLetter(browser, outbox);
    await pictureDesk(browser, desk);
  } else await pictureAll(browser, { outbox, desk, into: wanted });
} finally {
  await browser.close();
  demo.kill();
  rmSync(data, { recursive: true, force: true });
}

/** Waits for the lines "Site  http://..." that the demo ends with. */
async function addressesOf({ stdout }: ChildProcess): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const chunk of stdout!) {
    for (const [, name, url] of String(chunk).matchAll(/^ {2}(\w+) +(http\S+)$/gm)) found.set(name!, url!);
    if (found.has('Desk')) return found;
  }
  throw new Error('the demo ended before it printed its addresses');
}

/** The address of the newest mail of the outbox, alone. */
async function openLetter(page: Page, outbox: string): Promise<string> {
  await page.goto(outbox);
  await page.locator('main a').first().click();
  const letter = await page.locator('iframe').getAttribute('src');
  return new URL(letter!, outbox).href;
}

async function pictureLetter(chrome: Browser, outbox: string): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 375, height: 760 }, deviceScaleFactor: 2 });
  await page.goto(await openLetter(page, outbox));
  await page.screenshot({ path: `${docs}letter.png` });
}

/** Signs in, and opens the issue with its second story. */
async function openIssue(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator('main button').first().click();
  await page.locator('main a[href*="/desk/issues/"]').first().click();
  await page.locator('.line[data-story] a').nth(1).click();
  await page.locator('.sentence').first().waitFor();
  await page.waitForLoadState('networkidle');
}

async function pictureDesk(chrome: Browser, link: string): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 } });
  await openIssue(page, link);
  await page.screenshot({ path: `${docs}desk.png` });
}

/** Ten pages, each on five screens, in turn light and dark, whole; one that fails costs no other, and is named at the end. */
async function pictureAll(
  chrome: Browser,
  { outbox, desk, into }: { outbox: string; desk: string; into: string },
): Promise<void> {
  mkdirSync(into, { recursive: true });
  const page = await chrome.newPage();
  page.setDefaultTimeout(patienceMs);
  await openIssue(page, desk);
  const issue = page.url();
  const letter = await openLetter(page, outbox);
  const site = (path: string): string => new URL(path, outbox).href;
  await page.goto(site('/issues'));
  const newest = await page.locator('main a[href*="/issues/"]').first().getAttribute('href');
  await page.goto(site('/'));
  const story = await page.locator('main a[href*="/stories/"]').first().getAttribute('href');
  const pages: Record<string, string> = { front: site('/'), issue: site(newest!), story: site(story!), topics: site('/topics'), boards: site('/boards'), search: site('/search?q=attention'), deadlines: site('/deadlines'), subscribe: site('/subscribe'), letter, desk: issue }; // prettier-ignore
  const failed: string[] = [];
  let count = 0;
  for (const [name, address] of Object.entries(pages)) {
    for (const width of [320, 375, 768, 1440, 1920]) {
      const colorScheme = count++ % 2 === 0 ? 'light' : 'dark';
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      try {
        await page.goto(address, { waitUntil: 'networkidle' });
        await page.screenshot({ path: join(into, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      } catch (error) {
        failed.push(`${name} at ${width}: ${String(error).split('\n')[0]}`);
      }
    }
  }
  console.log(`${count - failed.length} pictures in ${into}`);
  if (failed.length > 0) throw new Error(`not taken: ${failed.join('; ')}`);
}
