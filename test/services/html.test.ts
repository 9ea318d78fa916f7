// Every page of site and desk by html-validate's recommended rules, as the server sends it: no browser is asked.
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { sql } from '../../core/db.ts';
import { allRoutes } from './admin/desk-routes.ts';
import { openDesk, type Desk } from './admin/open-desk.ts';
import { post } from './open-app.ts';
import { everyPage, seedEveryPage } from './web/every-page.ts';

const validate = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  elements: ['html5'],
  rules: {
    // Written as HTML allows (13.1.1, 13.1.2, 4.10.5, 4.10.6): what a browser makes of them is the same, and prettier writes them so.
    'doctype-style': 'off',
    'void-style': 'off',
    'no-implicit-input-type': 'off',
    'no-implicit-button-type': 'off',
    // Templates leave spaces where a condition stood, and rows stand in the body that every parser puts round them (13.2.6.4.9).
    'no-trailing-whitespace': 'off',
    'prefer-tbody': 'off',
    // A label round its field names it for some programs by voice only when it says so, too.
    'no-redundant-for': 'off',
    // Lists have names here: where an issue stands, where a story is told.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // Fields of one name are several answers to one question (4.10.21.4).
    'form-dup-name': 'off',
    // A page is called what its paper or talk is called.
    'long-title': 'off',
  },
});

/** A letter is written for mail programs, which know tables, align and styles in place, and no more. */
const isLetter = (url: string): boolean => url.split('?')[0]!.endsWith('/letter') || url.endsWith('/html');

/** Every rule an answer breaks, with the line it stands in. */
async function faultsOf(url: string, html: string): Promise<string[]> {
  const whole = html.includes('<html') ? html : `<!doctype html><html lang="en"><head><title>Piece</title></head><body>${html}</body></html>`; // prettier-ignore
  const { results } = await validate.validateString(whole);
  const lines = whole.split('\n');
  return results.flatMap(
    ({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${url}: ${ruleId}: ${message}: ${lines[line - 1]!.slice(Math.max(0, column - 60), column + 80)}`), // prettier-ignore
  );
}

async function expectValid(get: Desk['get'], urls: readonly string[]): Promise<number> {
  const faults: string[] = [];
  let pages = 0;
  for (const url of [...new Set(urls)].filter((one) => !isLetter(one))) {
    const { body, headers } = await get(url);
    if (!String(headers['content-type']).startsWith('text/html')) continue;
    pages += 1;
    faults.push(...(await faultsOf(url, body)));
  }
  expect([...new Set(faults)]).toEqual([]);
  return pages;
}

test('the pages of the site', async () => {
  const { app, db } = await openDesk('owner');
  expect((await app.inject('/')).statusCode).toBe(200);
  const before = ['/', '/subscribe', '/issues', '/map', '/topics', '/boards'];
  const get = (url: string) => app.inject(url);
  await expectValid(get, before);
  const token = await seedEveryPage(db);
  await app.inject(post(`/preferences/${token}/feed`));
  const more = ['/nowhere', '/search', '/search?q=zzzz', '/stories/2', '/outbox', `/preferences/${token}?effect=never&words=speech`, `/signal/${token}/1/like`]; // prettier-ignore
  expect(await expectValid(get, [...Object.values(everyPage(token)), ...more])).toBeGreaterThan(35);
  const failed = await app.inject(post('/subscribe', { email: 'nobody', interests: ['attention', '"x" <b>'] }));
  expect(await faultsOf('a failed /subscribe', failed.body)).toEqual([]);
  await db.run(sql`update readers set status = 'unsubscribed'`);
  await expectValid(get, [`/preferences/${token}`, `/confirm/${token}`, `/unsubscribe/${token}`]);
});

test('the pages of the desk', async () => {
  const { app, db, get } = await openDesk('owner');
  await seedEveryPage(db);
  const routes = allRoutes(app, 'GET').filter((route) => route.startsWith('/desk') && !route.endsWith('.opml'));
  const urls = routes.map((route) => route.replaceAll(/:\w+/g, '1'));
  await expectValid(get, urls);
  // The same issue while it is open, with what the parts of its page show.
  await db.run(sql`update issues set status = 'in_review', content = null, content_hash = null, approved_hash = null, approved_by = null, sent_at = null, send_at = null`); // prettier-ignore
  const issue = '/desk/issues/1';
  const parts = ['?story=1', '?story=1&part=summary', '?story=1&part=sources', '?story=1&part=history', '?show=week', '?look=map&pane=letter', '?as=speech&look=why&pane=letter', '/letter', '/archive']; // prettier-ignore
  expect(await expectValid(get, [...urls, ...parts.map((part) => issue + part)])).toBeGreaterThan(25);
});
