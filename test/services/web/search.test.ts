// The search of the site, asked as a browser asks: words, names with a slip, meaning, filters, talks at their minute, and bad input.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { createSearchIndex } from '../../../core/search/search-index.ts';
import { search as findStories } from '../../../core/search/search.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { openApp, type TestApp } from '../open-app.ts';

const stop = new AbortController().signal;

const items = [
  { title: 'Sparse attention for long documents', kind: 'paper', authors: ['Ada Vaswani'], text: 'We study attention. Only the nearest tokens are compared, so that memory grows slowly.', at: '2026-11-17', lang: 'en' },
  { title: 'A talk on protein folding', kind: 'video', authors: [], text: 'A lecture.', at: '2025-03-01', lang: 'en' },
  { title: 'Die Häuser der Forschung', kind: 'post', authors: ['Jürgen Schmidhuber'], text: 'Ein Bericht über Häuser, in denen geforscht wird.', at: '2026-11-18', lang: 'de' },
  { title: '大语言模型的推理能力', kind: 'post', authors: [], text: '我们研究推理。', at: '2026-11-18', lang: 'zh' },
  { title: 'Links of the week', kind: 'digest', authors: [], text: 'Sparse matters.', at: '2026-11-18', lang: 'en' },
]; // prettier-ignore

async function seed(db: Database): Promise<void> {
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Made-up Feed', 'https://a.example/feed')`);
  for (const [at, { title, kind, authors, text, at: day, lang }] of items.entries()) {
    await db.run(sql`
      insert into items (source_id, guid, kind, url, title, authors, text, lang, published_at, content_hash)
      values (1, ${title}, ${kind}, ${`https://a.example/${at + 1}`}, ${title}, ${authors}::text[], ${text}, ${lang}, ${day}, ${title})`);
  }
  await db.run(sql`
    insert into segments (item_id, position, start_s, text)
    values (2, 1, 0, 'Welcome to everybody.'), (2, 2, 760, 'Here alphafold predicts the structure of proteins.')`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at)
    select id, published_at, published_at from items where kind <> 'digest' order by id`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select headline_item_id, id, 'first' from stories`);
}

async function openSearch(): Promise<
  TestApp & { index: () => Promise<void>; search: (query: string) => Promise<string> }
> {
  const opened = await openApp();
  await seed(opened.db);
  const index = async (): Promise<void> => {
    const handlers = embedHandlers(opened.house);
    await handlers['items.embed']!({}, stop);
    await handlers['search.index']!({}, stop);
  };
  await index();
  const search = async (query: string): Promise<string> => {
    const { body, statusCode } = await opened.app.inject(`/search?${query}`);
    expect(statusCode).toBe(200);
    return body;
  };
  return { ...opened, index, search };
}

/** The titles that were found, in their order. */
function titlesIn(body: string): string[] {
  return [...body.matchAll(/<h2[^>]*><a href="[^"]*">([^<]*)</g)].map(([, title]) => title!);
}

test('words are found whatever their ending, with the sentence that has them', async () => {
  const { search } = await openSearch();
  const body = await search('q=compare+token');
  expect(titlesIn(body)[0]).toBe('Sparse attention for long documents');
  expect(body).toContain('Only the nearest <mark>tokens</mark> are <mark>compared</mark>, so that');
});

test('each language loses its own endings, and Chinese is found by its characters', async () => {
  const { search } = await openSearch();
  expect(titlesIn(await search('q=Haus'))[0]).toBe('Die Häuser der Forschung');
  expect(titlesIn(await search(`q=${encodeURIComponent('推理')}`))[0]).toBe('大语言模型的推理能力');
});

test('a name with a slip is found, and the page says what it was taken for', async () => {
  const { search } = await openSearch();
  for (const [typed, name] of [
    ['vasvani', 'vaswani'],
    ['schmidhubre', 'schmidhuber'],
    ['shmidhuber', 'schmidhuber'],
  ] as const) {
    const body = await search(`q=${typed}`);
    expect(body).toContain(`Nothing here has “${typed}”. These have <strong>${name}</strong>.`);
    expect(titlesIn(body)[0]).toBe(
      name === 'vaswani' ? 'Sparse attention for long documents' : 'Die Häuser der Forschung',
    );
  }
});

test('a talk is found at the second at which it is said', async () => {
  const { search } = await openSearch();
  const body = await search('q=alphafold');
  expect(titlesIn(body)).toEqual(['A talk on protein folding']);
  expect(body).toContain('<a href="https://a.example/2?t=760s">at 12:40</a>');
});

test('a newsletter, which is in no story, leads to where it stands', async () => {
  const { search } = await openSearch();
  expect(await search('q=sparse+matters&kind=digest')).toContain('<a href="https://a.example/5">Links of the week</a>');
});

test('filters leave what they name, and can be taken back', async () => {
  const { search } = await openSearch();
  expect(titlesIn(await search('q=sparse&kind=paper'))).toEqual(['Sparse attention for long documents']);
  const body = await search('q=proteins&year=2025');
  expect(titlesIn(body)).toEqual(['A talk on protein folding']);
  expect(body).toContain('href="/search?q=proteins" aria-current="true">2025</a>');
});

test('filters that leave thousands hide nothing that is near in meaning, however old it is', async () => {
  const { db, house, search } = await openSearch();
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash)
    select 1, 'filler ' || n, 'paper', 'https://a.example/filler/' || n, 'Filler', '2026-11-19', n
    from generate_series(1, 5200) as n`);
  await db.run(sql`
    insert into search_texts (item_id, segment, config, model, signs)
    select items.id, 0, 'english', known.model, decode(repeat('00', length(known.signs)), 'hex')
    from items, (select model, signs from search_texts limit 1) as known where title = 'Filler'`);
  await db.run(sql`
    insert into search_words (item_id, segment, kind, source_id, year, names, words)
    select items.id, 0, kind, source_id, 2026, '', '' from items where title = 'Filler'`);
  const asked = { text: 'attention for documents that are long', filters: { kind: 'paper' as const } };
  const { stories } = await findStories(house, createSearchIndex(), { ...asked, by: 'meaning' });
  expect(stories.map(({ itemId }) => itemId)).toEqual([1]);
  expect(titlesIn(await search('q=attention&kind=paper'))).toEqual(['Sparse attention for long documents']);
});

test('topic and section hold for what is near in meaning and for what has the words; a text that moved to another year is found there', async () => {
  const { db, house, search, index } = await openSearch();
  await db.run(sql`insert into topics (name) values ('Attention')`);
  await db.run(sql`update stories set topic_id = 1 where headline_item_id = 1`);
  await db.run(sql`insert into issues (number, slug, week, title) values (1, 'one', '2026-11-16', 'One')`);
  await db.run(
    sql`insert into issue_stories (issue_id, story_id, section, position, role) values (1, 1, 'publications', 1, 'pick')`,
  );
  const asked = 'attention for documents that are long';
  for (const filters of [
    { topicId: 1 },
    { section: 'publications' },
    { kind: 'paper' as const },
    { year: 2026, sourceId: 1 },
  ])
    for (const by of ['words', 'meaning'] as const) {
      const { stories } = await findStories(house, createSearchIndex(), { text: asked, filters, by });
      expect([filters, by, stories[0]?.itemId]).toEqual([filters, by, 1]);
    }
  for (const filters of [
    { topicId: 2 },
    { section: 'talks' },
    { kind: 'digest' as const },
    { year: 2019 },
    { sourceId: 2 },
  ])
    for (const by of ['words', 'meaning'] as const) {
      const { stories } = await findStories(house, createSearchIndex(), { text: 'attention', filters, by });
      expect([filters, by, stories.map(({ itemId }) => itemId).filter((id) => id === 1)]).toEqual([filters, by, []]);
    }
  await db.run(sql`update items set published_at = '2024-05-01' where id = 1`);
  await index();
  expect(titlesIn(await search('q=attention&year=2024'))[0]).toBe('Sparse attention for long documents');
  expect(titlesIn(await search('q=sparse+attention&year=2026'))).not.toContain('Sparse attention for long documents');
});

test('several words with a slip are each taken for the nearest', async () => {
  const { search } = await openSearch();
  const body = await search('q=spase+atention+vasvani');
  for (const [typed, name] of [
    ['spase', 'sparse'],
    ['atention', 'attention'],
    ['vasvani', 'vaswani'],
  ] as const)
    expect(body).toContain(`“${typed}”. These have <strong>${name}</strong>`);
  expect(titlesIn(body)[0]).toBe('Sparse attention for long documents');
});

test('a text that changed is found by its new words only', async () => {
  const { db, search, index } = await openSearch();
  await db.run(sql`update items set title = 'Gliding over ice', text = 'Skates.', content_hash = 'new' where id = 1`);
  await db.run(sql`delete from vectors where item_id = 1`);
  expect(titlesIn(await search('q=documents'))).not.toContain('Sparse attention for long documents');
  await index();
  expect(titlesIn(await search('q=skates'))).toEqual(['Gliding over ice']);
});

test('what is gone or muted is not found', async () => {
  const { db, search } = await openSearch();
  await db.run(sql`update items set gone_at = '2026-11-19' where id = 1`);
  expect(titlesIn(await search('q=attention'))).not.toContain('Sparse attention for long documents');
  await db.run(sql`update sources set muted = true`);
  expect(await search('q=protein')).toContain('Nothing was found');
});

test('signs, quotes, operators and emptiness are words or nothing, never an error', async () => {
  const { search, app } = await openSearch();
  for (const typed of [
    "' & !",
    '\\',
    "it's (a) <b>",
    ':*',
    '|||',
    '!!a & ( b',
    '🙂',
    'a'.repeat(200),
    '%00'.slice(0, 1),
    'the of and',
  ])
    await search(`q=${encodeURIComponent(typed)}`);
  expect(await search('q=%3Cscript%3E')).not.toContain('<script>');
  expect(await search('')).toContain('Search in everything that was read');
  for (const query of ['kind=all', 'year=abc', 'source=99999999999', 'page=-1', 'section=none'])
    await search(`q=attention&${query}`);
  expect((await app.inject(`/search?q=${'a'.repeat(201)}`)).statusCode).toBe(400);
  expect((await app.inject('/search?q=a&q=b')).statusCode).toBe(400);
});

test('a search is a feed, newest first', async () => {
  const { app } = await openSearch();
  const { body, headers } = await app.inject('/search.xml?q=attention+or+protein');
  expect(headers['content-type']).toContain('application/atom+xml');
  expect(body.indexOf('Sparse attention')).toBeGreaterThan(0);
  expect(body).toContain('<id>http://courant.test/search?q=attention+or+protein</id>');
});

test('a story goes by its headline, whichever of its items answers, and that item is named', async () => {
  const { db, app, search } = await openSearch();
  // The German post is about the paper.
  await db.run(sql`update story_items set story_id = 1 where item_id = 3`);
  const body = await search('q=Schmidhuber');
  expect(titlesIn(body)).toEqual(['Sparse attention for long documents']);
  expect(body).toContain('<a href="/stories/1">');
  expect(body).toContain('Found in the post “Die Häuser der Forschung”');
  // What stands under the headline is of the headline: a paper is no post.
  expect(/<p class="meta">([^<]*)/.exec(body.slice(body.indexOf('<h2')))![1]).toMatch(/^paper · /);
  expect(body).not.toMatch(/<h2 lang="de"/);
  expect(await search('q=nearest+tokens')).not.toContain('Found in');
  const { stories } = (await app.inject('/api/search?q=Schmidhuber')).json<{ stories: { title: string }[] }>();
  expect(stories[0]!.title).toBe('Sparse attention for long documents');
  const feed = (await app.inject('/search.xml?q=Schmidhuber')).body;
  expect(feed).toContain('Found in the post “Die Häuser der Forschung”');
});

test.each([
  ['2004.04906', 'arxiv:2004.04906'],
  ['arXiv:2004.04906v2', 'arxiv:2004.04906'],
  ['arxiv 2004.04906', 'arxiv:2004.04906'],
  ['https://arxiv.org/abs/2004.04906', 'arxiv:2004.04906'],
  ['arxiv.org/pdf/2004.04906', 'arxiv:2004.04906'],
  ['cs/0112017', 'arxiv:cs/0112017'],
  ['10.1000/LOOMS', 'doi:10.1000/looms'],
  ['doi:10.1000/looms', 'doi:10.1000/looms'],
  ['https://doi.org/10.1000/looms', 'doi:10.1000/looms'],
  ['dx.doi.org/10.1000/looms', 'doi:10.1000/looms'],
  ['https://journal.example/doi/full/10.1000/looms?x=1', 'doi:10.1000/looms'],
  ['https://a.example/2', 'url:a.example/2'],
])('"%s" finds what goes by it first, on the page, in the feed and in the API', async (typed, key) => {
  const { db, app, search, index } = await openSearch();
  // Newer, with every word that was typed, and the paper as it is of another kind.
  await db.run(sql`update items set title = ${`On ${typed}`}, content_hash = 'new' where id in (1, 3)`);
  await db.run(sql`update items set keys = array[${key}] where id = 2`);
  await index();
  const q = encodeURIComponent(typed);
  const body = await search(`q=${q}`);
  expect(titlesIn(body)[0]).toBe('A talk on protein folding');
  expect(body).not.toContain('Nothing here has');
  const { stories } = (await app.inject(`/api/search?q=${q}`)).json<{ stories: { title: string }[] }>();
  expect(stories[0]!.title).toBe('A talk on protein folding');
  const feed = (await app.inject(`/search.xml?q=${q}`)).body;
  expect(/<entry>[^]*?<title[^>]*>([^<]*)/.exec(feed)?.[1]).toBe('A talk on protein folding');
  expect(titlesIn(await search(`q=${q}&kind=paper`))).not.toContain('A talk on protein folding');
});

test('of two that go by one number the paper is first, and what is gone is not found by it', async () => {
  const { db, search } = await openSearch();
  await db.run(sql`update items set keys = array['arxiv:2004.04906'] where id in (1, 3)`);
  expect(titlesIn(await search('q=2004.04906')).slice(0, 2)).toEqual(['Sparse attention for long documents', 'Die Häuser der Forschung']); // prettier-ignore
  await db.run(sql`update items set gone_at = '2026-11-19' where id = 1`);
  expect(titlesIn(await search('q=2004.04906'))).toEqual(['Die Häuser der Forschung']);
});
