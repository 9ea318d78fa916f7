// `npm run screenshots`: runs the demo and takes the pictures of README.md in a real browser.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const docs = new URL('../docs/', import.meta.url).pathname;
const directory = mkdtempSync(join(tmpdir(), 'courant-pictures-'));
const command = [process.execPath, '--import', 'tsx', 'services/cli/main.ts', 'demo', '--data', directory];
const demo = spawn('env', ['PORT=3417', ...command]);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const addresses = await addressesOf(demo);
  await pictureLetter(browser, addresses.get('Outbox')!);
  await pictureDesk(browser, addresses.get('Desk')!);
} finally {
  await browser.close();
  demo.kill();
  rmSync(directory, { recursive: true, force: true });
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

async function pictureLetter(chrome: Browser, outbox: string): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 375, height: 760 }, deviceScaleFactor: 2 });
  await page.goto(outbox);
  await page.locator('main a').first().click();
  const letter = await page.locator('iframe').getAttribute('src');
  await page.goto(new URL(letter!, outbox).href);
  await page.screenshot({ path: `${docs}letter.png` });
}

async function pictureDesk(chrome: Browser, link: string): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(link);
  await page.locator('main button').first().click();
  await page.locator('main a[href*="/desk/issues/"]').first().click();
  await page.locator('.line[data-story] a').nth(1).click();
  await page.locator('.sentence').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${docs}desk.png` });
}
