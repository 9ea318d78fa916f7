// The pages in every language: who chooses it, and that nothing English is left on them but what was published in English.

import { beforeEach, describe, expect, test } from 'vitest';
import { saveSettings } from '../../../core/store/settings.ts';
import { wordsLangs } from '../../../core/words-langs.ts';
import { buildApp } from '../../../services/app.ts';
import { openApp, post, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { everyPage, seedEveryPage } from './every-page.ts';
import { leftovers } from './visible-strings.ts';

const others = wordsLangs.filter((lang) => lang !== 'en');
let open: TestApp;
let token: string;

beforeEach(async () => {
  open = await openApp();
  token = await seedEveryPage(open.db);
});

const inLang = (url: string, lang: string) => open.app.inject({ url, headers: { 'accept-language': lang } });

/** Names and words that are the same in every language, and what the seeded week says. */
// prettier-ignore
const content = new Set([
  'Courant', 'Atom', 'JSON', 'API', 'BibTeX', 'RIS', 'OpenAPI #.#', 'ICML #', 'arXiv:#.#', 'English', 'Español', 'Deutsch', 'Français',
  'arXiv cs.CL', 'Talks', 'Evil <b>Blog</b>', 'Attention pays', 'Attention, the talk', 'Second paper', 'We attend. It pays.', 'A talk.', 'Text.',
  'Issue #: attention', 'First paragraph.', 'Second <i>paragraph</i>.', 'attention', 'transformer', 'Ada L.', 'knitting', 'Here the proof starts …',
  `<script>alert("x")</script> & 'quotes'`, 'ada@readers.example', 'you@example.org',
]);

/** Words that a language shares with English. */
const shared: Record<string, readonly string[]> = {
  de: ['Feed', 'Essays', 'Permalink', 'Name'],
  es: ['Feed', 'feeds'],
  fr: ['Sources', 'Publications', '# sources'],
  zh: [],
};
const sameIn = (lang: string): Set<string> =>
  new Set([...content, ...shared[lang]!, 'UTC', 'Asia/Kolkata', ...Intl.supportedValuesOf('timeZone')]);

describe('nothing English is left on', () => {
  const pages = () => everyPage(token);
  /** What is no page: files, feeds and forwardings. */
  const isFile = (url: string): boolean =>
    /\.(xml|json|md|ics|txt|zip|bib|ris|ico)$|^\/(accent|assets|fonts|pictures|go|api|mcp|hooks|private)\b|^\/boards\/:board$/.test(
      url,
    ) && url !== '/api/docs';

  test('a page that this list forgets', async () => {
    const routes: string[] = [];
    const app = await buildApp(open.house, { rooms: ['web'], onRoute: ({ url, method }) => void (String(method).includes('GET') && routes.push(url)) }); // prettier-ignore
    await app.close();
    expect(Object.keys(pages()).toSorted()).toEqual([...new Set(routes)].filter((url) => !isFile(url)).toSorted());
  });

  test.each(others)('any page in %s', async (lang) => {
    const left: Record<string, string[]> = {};
    for (const url of Object.values(pages())) {
      const [own, inEnglish] = [await inLang(url, lang), await inLang(url, 'en')];
      expect([url, own.statusCode]).toEqual([url, inEnglish.statusCode]);
      expect([url, own.body.includes(`lang="${lang}"`) || !own.body.includes('<html')]).toEqual([url, true]);
      const found = leftovers(own.body, inEnglish.body, sameIn(lang));
      if (found.length > 0) left[url] = found;
    }
    expect(left).toEqual({});
  });

  test.each(others)('what a form answers in %s', async (lang) => {
    const send = (path: string, fields: Record<string, string>, accepted: string) =>
      open.app.inject(post(path, fields, { 'accept-language': accepted }));
    for (const [path, fields] of [
      ['/subscribe', { email: 'nobody' }],
      ['/subscribe', { email: 'a@b.example', length: '99' }],
      [`/preferences/${token}/interests`, { words: '' }],
      [`/preferences/${token}/rules`, { effect: 'never', field: 'word', words: '' }],
      [`/preferences/${token}/pause`, { until: '2020-01-01' }],
      [`/preferences/${token}/amount`, { timezone: 'Atlantis' }],
      [`/preferences/${token}/voices`, { effect: 'always', name: '…' }],
      [`/preferences/${token}/address`, { email: 'ada@readers.example' }],
      [`/preferences/${token}/bring`, { text: 'arXiv:2401.00001' }],
    ] as const) {
      const [own, inEnglish] = [await send(path, fields, lang), await send(path, fields, 'en')];
      expect([path, own.statusCode]).toEqual([path, inEnglish.statusCode]);
      expect([path, leftovers(own.body, inEnglish.body, sameIn(lang))]).toEqual([path, []]);
    }
  });
});

describe('the language of a page is', () => {
  const langOf = (html: string): string => /<html lang="([^"]+)"/.exec(html)![1]!;

  test.each([
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['zh-CN,zh;q=0.9', 'zh'],
    ['zh-TW', 'zh'],
    ['fr-CA, en;q=0.9', 'fr'],
    ['it, es;q=0.4, de;q=0.2', 'es'],
    ['it', 'en'],
    ['en;q=0, it', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;;,q=,,', 'en'],
    [`de${',x'.repeat(400)}`, 'en'],
  ])('for a browser that asks for %j %s', async (asked, lang) => {
    const { headers, body } = await inLang('/issues', asked);
    expect(langOf(body)).toBe(lang);
    expect(headers['content-language']).toBe(lang);
    expect(String(headers.vary)).toMatch(/accept-language/i);
  });

  test('that of the publication, where the browser asks for none that there is', async () => {
    open = await openApp({ SITE_LANGUAGE: 'fr' });
    await seedSentIssue(open.db);
    expect(langOf((await inLang('/issues', 'it')).body)).toBe('fr');
    expect(langOf((await open.app.inject('/issues')).body)).toBe('fr');
    expect(langOf((await inLang('/issues', 'de')).body)).toBe('de');
  });

  test('that of its address, for pieces a script puts into a page', async () => {
    const { body } = await inLang('/subscribe/peek?lang=de&interests=attention', 'en');
    expect(body).toContain('weil Sie attention verfolgen');
  });

  test('English at the desk', async () => {
    expect(langOf((await inLang('/desk/sign-in', 'de')).body)).toBe('en');
  });

  test('one for each who asks, also of pages that are kept', async () => {
    for (const [lang, said] of [['de', 'Empfehlungen'], ['en', 'Picks'], ['zh', '编辑精选'], ['de', 'Empfehlungen']] as const) {
      expect((await inLang('/issues/2026-w47', lang)).body).toContain(`>${said}<`);
    }
  }); // prettier-ignore
});

test('the line under the name is said in it until somebody writes one', async () => {
  expect((await inLang('/', 'de')).body).toContain('Die Woche in einem Dutzend Meldungen, die für Sie zählen');
  await saveSettings(open.db, { tagline: 'Our own line' });
  expect((await inLang('/', 'de')).body).toContain('Our own line');
});

test('a title keeps its language where the page has another', async () => {
  const headline = (html: string): string => /<h1[^>]*>/.exec(html)![0];
  expect(headline((await inLang('/stories/1', 'de')).body)).toContain('lang="en"');
  expect(headline((await inLang('/stories/1', 'en')).body)).not.toContain('lang=');
});
