// What a curator does at the end, in a browser: gives the gate its reasons, and approves.
import type { Page } from 'playwright-core';

/** Fills in whatever the gate asks a reason for, and presses the button. */
export async function approve(page: Page): Promise<void> {
  for (const why of await page.locator('.gate .why').all()) await why.fill('Made up for a test.');
  await page.getByRole('button', { name: 'Approve the issue' }).click();
}
