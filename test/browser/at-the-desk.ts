// What a curator does in a browser, whichever test it is for: comes in, looks at the list, takes a story in hand, approves.
import type { FrameLocator, Page } from 'playwright-core';
import { openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';
import { openDemoSite, type DemoSite } from './open-demo-site.ts';

export interface BrowserDesk {
  site: DemoSite;
  browser: TestBrowser;
  visitor: Visitor;
  page: Page;
  close: () => Promise<void>;
}

/** A demo site of its own and a browser with a wide screen, in which a curator of this role has signed in. */
export async function openDesk(role: Parameters<DemoSite['signInLink']>[0]): Promise<BrowserDesk> {
  const site = await openDemoSite();
  let browser: TestBrowser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await site.stop();
  };
  try {
    browser = await openBrowser(site.url);
    const visitor = await browser.visit({ viewport: { width: 1440, height: 900 } });
    await enter(visitor.page, await site.signInLink(role));
    return { site, browser, visitor, page: visitor.page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Signs in by a link that works once. */
export async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Go to the desk' }).click();
  await page.getByRole('heading', { level: 1, name: 'Issues' }).waitFor();
  await isWhole(page);
}

/**
 * Waits until all of the page is there and its scripts have run: its head is seen before, what is counted or pressed by a key may not
 * be.
 */
export async function isWhole(page: Page): Promise<void> {
  await page.waitForLoadState('domcontentloaded');
}

/** Waits until nothing is asked for and what came is in its place: scroll and focus are set a moment after the words are there. */
export async function isSettled(page: Page): Promise<void> {
  await isWhole(page);
  await page.locator('.htmx-request, .htmx-swapping, .htmx-settling').first().waitFor({ state: 'detached' });
}

/** The picks, in order. */
export function titlesOn(page: Page): Promise<string[]> {
  return page.locator('.line[data-role="pick"] .headline').allTextContents();
}

/** Takes a story of the list in hand. */
export async function open(page: Page, title: string): Promise<void> {
  await page.locator('.line[data-story] a').filter({ hasText: title }).first().click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await isWhole(page);
}

/** The letter beside the list. */
export function letterOn(page: Page): FrameLocator {
  return page.frameLocator('iframe');
}

/** Fills in whatever the gate asks a reason for, and presses the button. */
export async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve the issue' }).waitFor();
  await isWhole(page);
  for (const why of await page.locator('.gate .why').all()) await why.fill('Made up for a test.');
  await page.getByRole('button', { name: 'Approve the issue' }).click();
}
