// The pages of an issue in other languages: what stands in which, who said it, and how the languages name each other.
import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { editionSections } from '../../../core/editions/edition-sections.ts';
import { saveDrafts } from '../../../core/store/edition-texts.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, testNow } from '../open-app.ts';
import { markSent, seedIssue } from '../seed-issue.ts';

const page = '/issues/2026-w47';

/** The small issue sent with a German edition: of story 3 and of the opening nobody said anything. */
async function openSent({ opening = false } = {}) {
  const opened = await openApp();
  const { db } = opened;
  const id = await seedIssue(db);
  await db.run(sql`update issue_stories set note = 'Read this.' where story_id in (1, 3)`);
  await translate(db, id, opening ? [0, 1, 2] : [1, 2]);
  await markSent(db, id);
  return {
    ...opened,
    get: async (url: string, headers: Record<string, string> = {}) => opened.app.inject({ url, headers }),
  };
}

async function translate(db: Database, issueId: number, storyIds: readonly number[]): Promise<void> {
  const sections = editionSections(await loadIssueContent(db, issueId)).filter(({ storyId }) =>
    storyIds.includes(storyId),
  );
  const drafts = sections.map(({ storyId, hash, words }) => ({
    storyId,
    sourceHash: hash,
    words: Object.fromEntries(Object.entries(words).map(([field, text]) => [field, `Auf Deutsch ${text}`])),
    refused: null,
  }));
  await saveDrafts(db, { issueId, lang: 'de', name: 'tiny', at: testNow, drafts });
  await db.run(sql`update edition_texts set checked_by = 'Olga', checked_at = now() where story_id = 1`);
}

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
