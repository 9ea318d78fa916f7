// A second factor in a browser: set up with the secret that is shown, asked for, worn out, unlocked by an owner, taken away.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../core/desk/sign-in-link.ts';
import { addCurator, type Role } from '../../core/store/curators.ts';
import { saveSettings } from '../../core/store/settings.ts';
import { openDemoHouse, type DemoHouse } from '../demo-house.ts';
import { isWhole } from './at-the-desk.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';

describe.skipIf(noBrowser)(`a second factor${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let demo: DemoHouse;
  let browser: TestBrowser;
  let editor: Visitor;
  let owner: Visitor;
  let secret = '';
  let codes: string[] = [];
  beforeAll(async () => {
    demo = await openDemoHouse();
    await saveSettings(demo.house.db, { setUp: true });
    browser = await openBrowser(demo.house.config.PUBLIC_URL);
    editor = await browser.visit({ viewport: { width: 375, height: 700 } });
    owner = await browser.visit();
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('is set up with the secret that the page shows', async () => {
    const { page } = editor;
    await arrive(page, 'editor');
    await page.goto('/desk/sessions');
    await page.getByRole('link', { name: /second factor/i }).click();
    await page.getByRole('button', { name: 'Set it up' }).click();
    secret = (await page.locator('figure.secret code').textContent())!.replaceAll(' ', '');
    const code = page.getByLabel('The six digits that it shows now');
    await code.fill('000000');
    await page.getByRole('button', { name: 'That is it' }).click();
    await page.getByRole('alert').getByText('This code is not right').waitFor();
    // The secret is the same after a wrong code.
    expect((await page.locator('figure.secret code').textContent())!.replaceAll(' ', '')).toBe(secret);
    await code.fill(codeNow(0));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    await isWhole(page);
    codes = await page.locator('.codes code').allTextContents();
    expect(codes).toHaveLength(10);
    await page.getByRole('link', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes are left.').waitFor();
  });

  it('asks for a code behind the link, and takes each once', async () => {
    const { page } = editor;
    await signOut(page);
    await arrive(page, 'editor');
    await tell(page, '123456');
    await page.getByRole('alert').getByText('This code is not right').waitFor();
    // The code of the next half minute: that of this one was used when it was set up.
    await tell(page, codeNow(30));
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await signOut(page);
    await arrive(page, 'editor');
    await tell(page, codes[0]!);
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await signOut(page);
    await arrive(page, 'editor');
    await tell(page, codes[0]!);
    expect(await page.getByRole('alert').textContent()).toContain('used already');
  });

  it('is locked by five wrong codes, which is told with its end, in a mail too, until an owner unlocks it', async () => {
    const { page } = editor;
    for (let time = 0; time < 4; time++) await tell(page, `11111${time}`);
    await page
      .getByRole('alert')
      .getByText(/Try again after .+ \(UTC\)/)
      .waitFor();
    await tell(page, codes[1]!);
    await page.getByRole('alert').getByText('Too many codes were wrong').waitFor();
    await expect.poll(() => mails().filter((mail) => mail.includes('No code is taken for a while')).length).toBe(1);
    await arrive(owner.page, 'owner');
    await owner.page.goto('/desk/curators');
    await owner.page.getByText(/no code until/).waitFor();
    await owner.page.getByRole('button', { name: 'Let The editor try codes again' }).click();
    await owner.page.getByText('They may try a code again at once.').waitFor();
    await tell(page, codes[1]!);
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
  });

  it('is taken away with a code, and the link alone signs in again', async () => {
    const { page } = editor;
    await page.goto('/desk/second-factor');
    await page.getByText('8 recovery codes are left.').waitFor();
    await page.getByLabel('A code of your app, or a recovery code').fill(codes[2]!);
    await page.getByRole('button', { name: 'Take the second factor away' }).click();
    await page.getByRole('button', { name: 'Set it up' }).waitFor();
    await signOut(page);
    await arrive(page, 'editor');
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/desk');
  });

  function codeNow(aheadSeconds: number): string {
    return new TOTP({ secret }).generate({ timestamp: demo.house.now().getTime() + aheadSeconds * 1000 });
  }

  async function arrive(page: Page, role: Role): Promise<void> {
    const { house } = demo;
    const { id } = await addCurator(house.db, { email: `${role}@desk.example`, name: `The ${role}`, role });
    await page.goto(await createSignInLink(house.db, { curatorId: id, deskUrl: house.config.DESK_URL, now: house.now(), minutes: 15 })); // prettier-ignore
    await page.getByRole('button', { name: 'Go to the desk' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/desk/enter'));
  }

  function mails(): string[] {
    const outbox = join(demo.directory, 'outbox');
    return readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8'));
  }
});

async function tell(page: Page, code: string): Promise<void> {
  await page.getByLabel('The six digits that your app shows now').fill(code);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Go to the desk' }).click();
  await answer;
  await page.waitForLoadState();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Sign out/ }).click();
  await page.waitForURL('**/desk/sign-in');
}
