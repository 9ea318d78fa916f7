import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { allBoards, countBoard } from '../../../core/store/boards.ts';
import type { Database } from '../../../core/db.ts';
import { openApp, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

async function count(db: Database): Promise<void> {
  for (const board of allBoards) await countBoard(db, board, testNow);
}

async function order(app: TestApp['app'], url: string): Promise<number[]> {
  return [...(await app.inject(url)).body.matchAll(/<h3[^>]*><a href="\/stories\/(\d+)"/g)].map(([, id]) => Number(id));
}

async function addReaders(db: Database, howMany: number): Promise<void> {
  await db.run(
    sql`insert into readers (email, token) select n || '@readers.example', 'token-' || n from generate_series(1, ${howMany}::int) as n`,
  );
}

test('a board orders by the formula it shows, each source once, the muted never', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(
    sql`insert into readers (email, token) select n || '@readers.example', 'token-' || n from generate_series(1, 7) as n`,
  );
  await count(db);
  // Story 1 has two sources; 2 is a day fresher than 3.
  expect(await order(app, '/boards')).toEqual([1, 2, 3]);
  // Seven saves: half of log2(8) is more than a second source and a second kind.
  await db.run(sql`insert into signals select id, 3, 'save', now() from readers`);
  await count(db);
  const { body, headers } = await app.inject('/boards/hype/week');
  expect(body).toContain(
    'worth = log2(sources, each by its weight, + ½ for each newsletter that mentions it, + ½ log10(1 + a community’s points))',
  );
  expect(body).toContain('paper, arXiv cs.CL · 1 source · 7 saves · Wed 18 Nov 2026 · worth 2.38');
  expect(headers['cache-control']).toBe('public, max-age=60');
  expect(await order(app, '/boards/hype/month')).toEqual([3, 1, 2]);
  await db.run(sql`update sources set muted = true where id = 3`);
  expect(await order(app, '/boards/hype/year')).toEqual([3, 1]);
  // A source that is muted is gone at once, before the board is counted again.
  await count(db);
  expect(await order(app, '/boards/hype/year')).toEqual([3, 1]);
  await db.run(sql`update items set published_at = '2026-11-10' where id = 4`);
  await count(db);
  expect(await order(app, '/boards/hype/3-days')).toEqual([1]);
});

test('the board of what was saved is in the order of how many readers saved it, as they have it saved now', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await addReaders(db, 3);
  await count(db);
  const empty = await app.inject('/boards/saved/week');
  expect(empty.body).toContain('No reader has saved a story of this time yet.');
  expect(empty.body).toContain('order = number of readers who saved it, then when its newest item was published');
  // Story 3 by all, 2 and 1 by one each: 1 has the talk of the day on which 2 came out, and the lower number.
  await db.run(sql`insert into signals select id, 3, 'save', now() from readers`);
  await db.run(sql`insert into signals select min(id), 2, 'save', now() from readers`);
  await db.run(sql`insert into signals select max(id), 1, 'save', now() from readers`);
  await db.run(sql`insert into signals select id, 2, 'like', now() from readers`);
  await count(db);
  expect(await order(app, '/boards/saved/week')).toEqual([3, 1, 2]);
  expect((await app.inject('/boards/saved/week')).body).toContain('1 source · 3 saves · Wed 18 Nov 2026<');
  // What was taken back counts no longer, before the board is counted again.
  await db.run(sql`delete from signals where story_id = 3 and reader_id <> (select min(id) from readers)`);
  await db.run(sql`delete from signals where story_id = 1`);
  expect(await order(app, '/boards/saved/week')).toEqual([2, 3]);
});

test('a span holds what was published in it, and the one without an end holds all', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await addReaders(db, 1);
  await db.run(sql`insert into signals select id, 3, 'save', now() from readers`);
  await db.run(sql`update items set published_at = '2019-03-01' where id = 4`);
  await count(db);
  for (const board of ['recent', 'hype', 'saved']) {
    expect(await order(app, `/boards/${board}/year`)).not.toContain(3);
    expect((await order(app, `/boards/${board}/all`)).at(-1)).toBe(3);
  }
});

test('the newest come first, a page after the other, each once', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash)
    select 1, 'more-' || n, 'paper', 'https://more.example/' || n, 'More ' || n, ${testNow}::timestamptz - interval '1 hour' * (n / 2), 'x'
    from generate_series(2, 71) as n`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, now(), now() from items where title like 'More%' order by id`);
  await db.run(sql`
    insert into story_items (item_id, story_id, why) select headline_item_id, id, 'first' from stories where id > 3`);
  // Told again an hour before anything else, and by an item whose source dates it a month ahead.
  await db.run(sql`update items set published_at = ${testNow}::timestamptz - interval '1 minute' where id = 1`);
  await db.run(sql`update items set published_at = ${testNow}::timestamptz + interval '30 days' where id = 4`);
  const seen: number[] = [];
  let pages = 0;
  for (let url: string | undefined = '/boards/recent/all'; url; pages++) {
    seen.push(...(await order(app, url)));
    url = /rel="next" href="([^"]+)"/.exec((await app.inject(url)).body)?.[1];
  }
  expect(pages).toBe(3);
  // Two of an hour stand in the order of their numbers.
  expect(seen).toEqual([1, ...Array.from({ length: 70 }, (_, at) => 4 + at), 2]);
  await db.run(sql`update sources set muted = true where id = 1`);
  expect(await order(app, '/boards/recent/all')).toEqual([2]);
});

test('what a muted source published since does not keep a page of the newest from being filled', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(
    sql`insert into sources (kind, title, url, muted) values ('feed', 'Loud', 'https://loud.example/', true)`,
  );
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash)
    select 4, 'loud-' || n, 'post', 'https://loud.example/' || n, 'Loud ' || n, ${testNow}::timestamptz - interval '1 second' * n, 'x'
    from generate_series(1, 600) as n`);
  expect(await order(app, '/boards/recent/week')).toEqual([1, 2, 3]);
});

test('an address of the time when there was one board leads to it', async () => {
  const { app } = await openApp();
  const { statusCode, headers } = await app.inject('/boards/month');
  expect([statusCode, headers.location]).toEqual([301, '/boards/hype/month']);
  expect((await app.inject('/boards/recent/all?before=9-9999999999999')).statusCode).toBe(200);
});

test.each(['0-1', '99999999999999-1', '253402300800000-1', '999999999999999-1', '999999999999999999-1'])(
  'a page behind %s is a page, whatever year that is',
  async (before) => {
    const { app } = await openApp();
    expect((await app.inject(`/boards/recent/all?before=${before}`)).statusCode).toBe(200);
  },
);

test('each language says the formula with the same numbers', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await count(db);
  const said = async (lang: string) => /<code>(.*)<\/code>/.exec((await app.inject(`/boards?lang=${lang}`)).body)![1]!;
  const formulas = await Promise.all(['en', 'de', 'es', 'fr', 'zh'].map(said));
  expect(new Set(formulas).size).toBe(5);
  const numbers = (formula: string) =>
    formula
      .match(/log\d*|[\d½¼]+/g)!
      .toSorted()
      .join(' ');
  expect(new Set(formulas.map(numbers)).size).toBe(1);
});

test('a paper that a feed announces by its number is one source with the list of arXiv', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const sources = async () => {
    await count(db);
    return /· (\d) sources? · [^·]*·[^·]*worth ([\d.]+)/.exec((await app.inject('/boards/hype/week')).body)?.slice(1);
  };
  await db.run(sql`delete from story_items where story_id <> 3`);
  await db.run(
    sql`update items set keys = '{arxiv:2611.00003}' where id in (select item_id from story_items where story_id = 3)`,
  );
  expect((await sources())?.[0]).toBe('1');
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, keys)
    values (3, 'again', 'paper', 'https://again.example/', 'Again', '2026-11-18', 'x', '{arxiv:2611.00003}')`);
  await db.run(
    sql`insert into story_items (story_id, item_id, why) select 3, id, 'link' from items where title = 'Again'`,
  );
  expect((await sources())?.[0]).toBe('1');
  await db.run(sql`update items set kind = 'post' where title = 'Again'`);
  expect((await sources())?.[0]).toBe('2');
});

test.each(['/boards', '/topics/1'])('formulas in titles are formulas on %s, and markup is text', async (url) => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`update items set title = 'A bound of $n^2$ for <b>graphs</b>' where id = 1`);
  await count(db);
  const { body } = await app.inject(url);
  expect(body).toMatch(/A bound of <math.*<\/math> for &lt;b&gt;graphs/);
});

test('an empty board says so', async () => {
  const { app } = await openApp();
  expect((await app.inject('/boards')).body).toContain('nothing was read yet');
});

test('a board tells as many sources of a story as its own page does, also of one that joined since it was counted', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const other = await db.row<{ itemId: number }>(sql`
    delete from story_items where item_id = (select max(item_id) from story_items where story_id = 1) returning item_id`);
  await count(db);
  const told = async (path: string): Promise<string | undefined> =>
    /Attention pays[^]*?(\d) sources?/.exec((await app.inject(path)).body)?.[1];
  const before = await told('/boards/hype/year');
  await db.run(sql`insert into story_items (story_id, item_id, why) values (1, ${other!.itemId}, 'link')`);
  expect([before, await told('/boards/hype/year'), await told('/stories/1')]).toEqual(['1', '2', '2']);
});
