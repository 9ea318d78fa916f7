// What a curator does in a browser, whichever test it is for: comes in, looks at the list, takes a story in hand, approves.
import type { FrameLocator, Page } from 'playwright-core';

/** Signs in by a link that works once. */
export async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Go to the desk' }).click();
  await page.getByRole('heading', { level: 1, name: 'Issues' }).waitFor();
}

/** The picks, in order. */
export function titlesOn(page: Page): Promise<string[]> {
  return page.locator('.line[data-role="pick"] .headline').allTextContents();
}

/** Takes a story of the list in hand. */
export async function open(page: Page, title: string): Promise<void> {
  await page.locator('.line[data-story] a').filter({ hasText: title }).first().click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** The letter beside the list. */
export function letterOn(page: Page): FrameLocator {
  return page.frameLocator('iframe');
}

/** Fills in whatever the gate asks a reason for, and presses the button. */
export async function approve(page: Page): Promise<void> {
  for (const why of await page.locator('.gate .why').all()) await why.fill('Made up for a test.');
  await page.getByRole('button', { name: 'Approve the issue' }).click();
}
