// The pages of an issue in other languages: what stands in which, who said it, and how the languages name each other.
import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, testNow } from '../open-app.ts';
import { markSent, seedIssue } from '../seed-issue.ts';
import { openSent } from './sent-edition.ts';

const page = '/issues/2026-w47';

test('an edition has its texts with who said them, and the rest in the original with its language', async () => {
  const { get } = await openSent();
  const { body, headers } = await get(`${page}/de`, { 'accept-language': 'fr' });
  expect([/<html lang="([^"]+)"/.exec(body)![1], headers['content-language']]).toEqual(['de', 'de']);
  expect(body).toContain('Auf Deutsch Attention pays');
  expect(body).toContain('maschinell übersetzt, geprüft von Olga');
  expect(body).toContain('maschineller Entwurf');
  expect(body).toContain('<h1 lang="en">Issue 1: attention</h1>');
  expect(body).toContain('<div class="standfirst" lang="en">');
  expect(body).toMatch(/<h3 lang="en"><a href="[^"]*">Second paper</);
  expect(body).toContain('<span lang="en">Read this.</span>');
  expect(body).toContain('Auf Deutsch Read this.');
  expect(body).not.toMatch(/lang="en"[^>]*>(<a[^>]*>)?Auf Deutsch/);
  expect(body).toContain('href="/issues/2026-w47/de#story-1"');
  expect(body).not.toContain('<script>alert');
});

test('a section that is behind is in the original, without saying who translated it, while the others stay', async () => {
  const { get } = await openSent({ behind: [1] });
  const { body } = await get(`${page}/de`);
  // What a curator checked was said of story 1.
  expect(body).not.toContain('geprüft von Olga');
  expect(body).not.toContain('Auf Deutsch Attention pays');
  expect(body).toMatch(/<h2 dir="auto" lang="en"><a href="[^"]*">Attention pays</);
  expect(body).toContain('<p class="standfirst" dir="auto" lang="en">Newer words.</p>');
  expect(body).toContain('maschineller Entwurf');
  expect((await get('/stories/1?lang=de')).body).toContain('<h1 dir="auto" lang="en">Attention pays</h1>');
});

test('the opening of an edition is its own where somebody said it', async () => {
  const { get } = await openSent({ opening: true });
  const { body } = await get(`${page}/de`);
  expect(body).toContain('<h1>Auf Deutsch Issue 1: attention</h1>');
  expect(body).toContain('<p>Auf Deutsch First paragraph.</p>');
});

test('the original stays as it was, and each language names the others and itself', async () => {
  const { get } = await openSent();
  const [original, german] = [(await get(page)).body, (await get(`${page}/de`)).body];
  expect(original).not.toContain('Auf Deutsch');
  for (const body of [original, german]) {
    for (const [lang, href] of [['x-default', page], ['en', page], ['de', `${page}/de`]])
      expect(body).toContain(`<link rel="alternate" hreflang="${lang}" href="http://courant.test${href}">`);
  }
  expect(original).toContain('<link rel="canonical" href="http://courant.test/issues/2026-w47">');
  expect(german).toContain('<link rel="canonical" href="http://courant.test/issues/2026-w47/de">');
  expect(original).toContain(`<a href="${page}/de" hreflang="de" lang="de">Deutsch</a>`);
  expect(german).toContain(`<a href="${page}" hreflang="en" lang="en">English</a>`);
  const { body: map } = await get('/sitemap.xml');
  expect(XMLValidator.validate(map)).toBe(true);
  expect(map).toContain('<loc>http://courant.test/issues/2026-w47/de</loc>');
  expect(map.split('<xhtml:link rel="alternate" hreflang="de"')).toHaveLength(3);
}); // prettier-ignore

test('a reader’s own list of the issue is in their language, with who said what', async () => {
  const { db, get } = await openSent();
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 5 }], wording: 'test', at: testNow });
  const reader = await db.row<{ token: string }>(sql`update readers set lang = 'de' returning token`);
  const { body } = await get(`/read/${reader!.token}/2026-w47`);
  expect(body).toContain('Auf Deutsch Attention pays');
  expect(body).toContain('maschinell übersetzt, geprüft von Olga');
  expect(body).toMatch(/<h3 lang="en">(<a[^>]*>)?Second paper/);
}); // prettier-ignore

test('an issue without editions names none, and a language that it is not in is no page', async () => {
  const { app, db } = await openApp();
  await markSent(db, await seedIssue(db));
  expect((await app.inject(page)).body).not.toContain('hreflang');
  for (const lang of ['de', 'tlh', 'en']) expect((await app.inject(`${page}/${lang}`)).statusCode).toBe(404);
  const statuses = await Promise.all(
    ['rest', 'map'].map(async (name) => (await app.inject(`${page}/${name}`)).statusCode),
  );
  expect(statuses).toEqual([404, 200]);
});
