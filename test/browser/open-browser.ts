// A real Chromium that people click in, and what a quiet page never does: errors, dialogs, requests elsewhere.
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumPath } from '../servers.ts';

const executablePath = chromiumPath();

/** Why a file that needs a browser is skipped; empty when there is one. */
export const noBrowser = executablePath ? '' : 'Chromium is not installed';

export interface Visitor {
  page: Page;
  /** One line for each error on the console, dialog, failed script or request that left the site. */
  troubles: string[];
}

export interface TestBrowser {
  /** A person with cookies of their own. */
  visit: (options?: BrowserContextOptions) => Promise<Visitor>;
  close: () => Promise<void>;
}

/** Launches Chromium for the site at `siteUrl`; relative addresses are the site's, and no other host is found. */
export async function openBrowser(siteUrl: string): Promise<TestBrowser> {
  const { origin, hostname } = new URL(siteUrl);
  const browser = await chromium.launch({
    executablePath: executablePath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${hostname}`,
    ],
  });
  const visit = async (options: BrowserContextOptions = {}): Promise<Visitor> => {
    const context = await browser.newContext({ baseURL: origin, ...options });
    // As long as a poll: on a machine that does other things, too, a letter in its frame takes ten seconds, the checks of a gate more.
    context.setDefaultTimeout(180_000);
    const troubles: string[] = [];
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.origin !== origin) troubles.push(`left the site: ${url.href}`);
    });
    context.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => troubles.push(`script: ${error.error().message}`));
    context.on('dialog', (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return { page: await context.newPage(), troubles };
  };
  return { visit, close: () => browser.close() };
}
