// The form of those who subscribe, as one sees it: labels of one style with air, and the zone the browser is in.
import { describe, expect, it, onTestFinished } from 'vitest';
import { sql } from '../../core/db.ts';
import { openApp, type TestApp } from '../services/open-app.ts';
import { seedEveryPage } from '../services/web/every-page.ts';
import { noBrowser, openBrowser, type Visitor } from './open-browser.ts';

/** Of each label of the form: how it is written, and how far below the field before it stands. */
const labelsOf = (
  form: string,
): string => `[...document.querySelectorAll('form[action$="${form}"] :is(legend, label:not(.chip, .trap label))')].map((label) => {
  const { fontSize, fontWeight, color } = getComputedStyle(label);
  const before = (label.closest('fieldset, .inline') ?? label).previousElementSibling;
  return {
    style: [fontSize, fontWeight, color].join(' '),
    air: before && label.getBoundingClientRect().top - before.getBoundingClientRect().bottom,
  };
})`;
interface Label {
  style: string;
  air: number | null;
}

describe.skipIf(noBrowser)(`a form to subscribe${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  async function visit(timezoneId: string): Promise<Visitor & TestApp & { token: string }> {
    const open = await openApp();
    const token = await seedEveryPage(open.db);
    const browser = await openBrowser(await open.app.listen({ host: '127.0.0.1', port: 0 }));
    onTestFinished(() => browser.close());
    return { ...open, token, ...(await browser.visit({ timezoneId })) };
  }

  it.each(['/subscribe', '/subscribe?lang=de'])('has labels of one style, with air above each, on %s', async (path) => {
    const { page } = await visit('UTC');
    await page.goto(path);
    const labels = await page.evaluate<Label[]>(labelsOf('/subscribe'));
    expect(labels.length).toBeGreaterThan(5);
    expect(new Set(labels.map(({ style }) => style)).size).toBe(1);
    const air = labels.flatMap((label) => label.air ?? []);
    expect(Math.min(...air)).toBeGreaterThanOrEqual(16);
    expect(Math.max(...air) - Math.min(...air)).toBeLessThanOrEqual(8);
  });

  it('has the same labels on the page of a reader', async () => {
    const { page, token } = await visit('UTC');
    await page.goto(`/preferences/${token}`);
    const labels = await page.evaluate<Label[]>(labelsOf('/amount'));
    expect(labels.length).toBe(4);
    expect(new Set(labels.map(({ style }) => style)).size).toBe(1);
    expect(Math.min(...labels.flatMap((label) => label.air ?? []))).toBeGreaterThanOrEqual(16);
  });

  it('proposes the zone the browser is in, where one sees it and may choose another', async () => {
    const { page } = await visit('Asia/Kathmandu');
    await page.goto('/subscribe');
    const zone = page.getByLabel('Your time zone');
    expect(await zone.inputValue()).toMatch(/^Asia\/(Kathmandu|Katmandu)$/);
    // A browser thinks it an address, we do not: what was typed stays.
    await page.getByLabel('E-mail address').fill('nobody@nowhere');
    await zone.selectOption('Europe/Oslo');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('alert').waitFor();
    expect(await zone.inputValue()).toBe('Europe/Oslo');
  });

  it('takes the zone along from the short form beside an issue', async () => {
    const { page, db } = await visit('Asia/Tokyo');
    await page.goto('/issues/2026-w47');
    await page.getByPlaceholder('you@example.org').fill('new@readers.example');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
    const asked = await db.row<{ ask: string }>(sql`select asks::text as ask from asks order by id desc limit 1`);
    expect(asked?.ask).toContain('Asia/Tokyo');
  });

  it('shows deadlines in the zone the browser is in, unless another was asked for', async () => {
    const { page } = await visit('Asia/Tokyo');
    await page.goto('/deadlines');
    await page.getByText('Times in Asia/Tokyo').waitFor();
    expect(await page.locator('main').textContent()).toContain('Thu 24 Dec 2026, 21:00');
    await page.goto('/deadlines?zone=UTC');
    expect(await page.locator('main').textContent()).toContain('Thu 24 Dec 2026, 12:00');
  });
});
