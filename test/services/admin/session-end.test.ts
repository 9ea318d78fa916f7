// The end of a session: whatever form was sent, who signs in again is on the page it stands on.
import { expect, test } from 'vitest';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import { testNow } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { deskRoutes } from './desk-routes.ts';
import { openBrowser, openDesk } from './open-desk.ts';

/** Signs in anew after a form was sent without a session; where that leads. */
async function openEnded() {
  const desk = await openDesk('owner');
  await seedSentIssue(desk.db);
  const comeBack = async (form: string, address = '10.0.0.1'): Promise<string> => {
    // Each from another address: signing in has a limit.
    const browser = openBrowser(desk.app, {}, address);
    await browser.sendFrom('/desk/sign-in', form);
    const link = await createSignInLink(desk.db, {
      curatorId: desk.curator.id,
      deskUrl: '',
      now: testNow,
      minutes: 15,
    });
    return String((await browser.sendFrom(link, link)).headers.location);
  };
  return { ...desk, comeBack };
}

test.each([
  ['/desk/issues/1/stories/1/note?story=1&pane=story', '/desk/issues/1?story=1&pane=story'],
  ['/desk/settings/accent', '/desk/settings'],
  ['/desk/figures/1/correct', '/desk/figures/1'],
  ['/desk/readers/import', '/desk/readers'],
  ['/desk/inbox/promote?kind=paper&page=2', '/desk/inbox?kind=paper&page=2'],
  ['/desk/nowhere/at/all', '/desk'],
])('%s leads back to %s', async (form, page) => {
  const { comeBack } = await openEnded();
  expect(await comeBack(form)).toBe(page);
});

test('no form of the desk leads back to a page that is none', async () => {
  const { app, comeBack } = await openEnded();
  const forms = deskRoutes(app, 'POST').filter((route) => !/^\/desk\/(?:setup|sign-|enter|code)/.test(route));
  expect(forms.length).toBeGreaterThan(40);
  const pages = deskRoutes(app, 'GET').filter((route) => !route.endsWith('*')).map((route) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`)); // prettier-ignore
  for (const [at, form] of forms.entries()) {
    const to = await comeBack(form.replaceAll(/:\w+/g, '1'), `10.0.1.${at}`);
    expect(
      pages.some((page) => page.test(to)),
      `${form} led to ${to}`,
    ).toBe(true);
  }
}, 120_000);
