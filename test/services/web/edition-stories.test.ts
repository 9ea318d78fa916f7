// Pages and feeds that are of no issue, in the language of an edition: what was said in it, and the rest in the original with its language.
import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { testNow } from '../open-app.ts';
import { openSent } from './sent-edition.ts';

const story = 'http://courant.test/stories/1';

test('a story is read as its edition says it, with who said it, and names its languages', async () => {
  const { get } = await openSent();
  for (const [url, headers] of [
    ['/stories/1?lang=de', {}],
    ['/stories/1', { 'accept-language': 'de' }],
  ] as const) {
    const { body } = await get(url, headers);
    expect(body).toContain('<h1 dir="auto">Auf Deutsch Attention pays</h1>');
    expect(body).toContain('<title>Auf Deutsch Attention pays · ');
    expect(body).toContain('maschinell übersetzt, geprüft von Olga');
    // What it was made of stays as it was published.
    expect(body).toMatch(/<h3 dir="auto" lang="en"><a href="[^"]*">Attention pays</);
    expect(body).toContain(`<a href="${story}?lang=en" hreflang="en" lang="en">English</a>`);
    expect(body).toContain(`<link rel="canonical" href="${url.includes('lang') ? `${story}?lang=de` : story}">`);
    for (const [lang, href] of [
      ['x-default', story],
      ['en', `${story}?lang=en`],
      ['de', `${story}?lang=de`],
    ])
      expect(body).toContain(`<link rel="alternate" hreflang="${lang}" href="${href}">`);
  }
  const original = (await get('/stories/1')).body;
  expect(original).not.toContain('Auf Deutsch');
  expect(original).toContain(`<a href="${story}?lang=de" hreflang="de" lang="de">Deutsch</a>`);
  // A language it is not in.
  expect((await get('/stories/1?lang=fr')).body).toContain('<h1 dir="auto" lang="en">Attention pays</h1>');
});

test('a story that nobody said, and one that no issue has, fall back to the original in its language', async () => {
  const { db, get } = await openSent();
  expect((await get('/stories/3?lang=de')).body).toContain('<h1 dir="auto" lang="en">Second paper</h1>');
  await db.run(sql`update issue_stories set role = 'removed' where story_id = 1`);
  const { body } = await get('/stories/1?lang=de');
  expect(body).toContain('<h1 dir="auto" lang="en">Attention pays</h1>');
  expect(body).not.toContain('hreflang');
});

test('a topic lists its stories as the edition says them', async () => {
  const { db, get } = await openSent();
  await db.run(sql`update stories set topic_id = 1`);
  const { body } = await get('/topics/1?lang=de');
  expect(body).toContain('<a href="/stories/1" dir="auto">Auf Deutsch Attention pays</a>');
  expect(body).toContain('<a href="/stories/3" dir="auto" lang="en">Second paper</a>');
  expect(body).toContain('<link rel="alternate" hreflang="de" href="http://courant.test/topics/1?lang=de">');
  expect(body).toContain('href="/topics/1/feed.xml?lang=de"');
  expect((await get('/topics/1')).body).not.toContain('Auf Deutsch');
});

interface JsonFeed {
  language: string;
  items: { title: string; language?: string; url: string }[];
}

async function feedsOf(path: string) {
  const { db, get } = await openSent();
  await db.run(sql`update stories set topic_id = 1`);
  const xml = (await get(`${path}.xml?lang=de`, { 'accept-language': 'fr' })).body;
  const json = (await get(`${path}.json?lang=de`)).json<JsonFeed>();
  // What a browser would rather read says nothing about a feed.
  const plain = (await get(`${path}.xml`, { 'accept-language': 'de' })).body;
  expect([XMLValidator.validate(xml), json.language, plain.includes('Auf Deutsch')]).toEqual([true, 'de', false]);
  expect(xml).toContain('xml:lang="de">');
  expect(xml).toContain(`<link rel="self" type="application/atom+xml" href="http://courant.test${path}.xml?lang=de"/>`);
  return { xml, json };
}

test('the feed of a topic in another language says of each entry that nobody said in it which language it is in', async () => {
  const { xml, json } = await feedsOf('/topics/1/feed');
  expect(xml).toContain('<title>Auf Deutsch Attention pays</title>');
  expect(xml).toContain('<title xml:lang="en">Second paper</title>');
  const titles = json.items.map(({ title, language }) => [title, language]);
  expect(titles).toContainEqual(['Auf Deutsch Attention pays', undefined]);
  expect(titles).toContainEqual(['Second paper', 'en']);
});

test('the feed of issues in another language has the edition, and what nobody said in the original', async () => {
  const { xml, json } = await feedsOf('/feed');
  expect(xml).toContain('Auf Deutsch Attention pays');
  // Nobody said the opening.
  expect(xml).toContain('<title xml:lang="en">Issue 1: attention</title>');
  expect(xml).toContain('&lt;div lang=&#34;en&#34;&gt;');
  expect(xml).toMatch(/&lt;h3 lang=&#34;en&#34;&gt;\d\. .*Second paper/);
  expect(json.items[0]!.url).toBe('http://courant.test/issues/2026-w47/de');
});

test('the private feeds of a reader are in their language', async () => {
  const { db, get } = await openSent();
  await addReaders(db, {
    readers: [{ email: 'ada@readers.example', interests: [], length: 5 }],
    wording: 't',
    at: testNow,
  });
  await db.run(sql`update readers set lang = 'de', feed_token = 'feed-token-of-ada'`);
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, story_ids, whys, ranker)
    select id, 1, content_hash, '{1,3}', '{0,0}', 'r' from issues`);
  for (const storyId of [1, 3]) await db.run(sql`insert into signals values (1, ${storyId}, 'save', ${testNow})`);
  for (const name of ['feed', 'saved']) {
    const { body } = await get(`/private/feed-token-of-ada/${name}.xml`);
    expect(XMLValidator.validate(body)).toBe(true);
    expect([name, body.includes('xml:lang="de">')]).toEqual([name, true]);
    expect(body).toContain('<title>Auf Deutsch Attention pays</title>');
    expect(body).toContain('<title xml:lang="en">Second paper</title>');
  }
  await db.run(sql`update readers set lang = null`);
  expect((await get('/private/feed-token-of-ada/feed.xml')).body).not.toContain('Auf Deutsch');
});
