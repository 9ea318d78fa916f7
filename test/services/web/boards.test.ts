import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { boardSpans, countBoard } from '../../../core/store/boards.ts';
import type { Database } from '../../../core/db.ts';
import { openApp, testNow } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

async function count(db: Database): Promise<void> {
  for (const span of boardSpans) await countBoard(db, span, testNow);
}

test('a board orders by the formula it shows, each source once, the muted never', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(
    sql`insert into readers (email, token) select n || '@readers.example', 'token-' || n from generate_series(1, 7) as n`,
  );
  const order = async (url: string) => [...(await app.inject(url)).body.matchAll(/<h3[^>]*><a href="\/stories\/(\d+)"/g)].map(([, id]) => Number(id)); // prettier-ignore
  await count(db);
  // Story 1 has two sources; 2 is a day fresher than 3.
  expect(await order('/boards')).toEqual([1, 2, 3]);
  // Seven saves: half of log2(8) is more than a second source and a second kind.
  await db.run(sql`insert into signals select id, 3, 'save', now() from readers`);
  await count(db);
  const { body, headers } = await app.inject('/boards/week');
  expect(body).toContain(
    'worth = log2(sources, each by its weight, + ½ for each newsletter that mentions it, + ½ log10(1 + a community’s points))',
  );
  expect(body).toContain('paper, arXiv cs.CL · 1 source · 7 saves · Wed 18 Nov 2026 · worth 2.38');
  expect(headers['cache-control']).toBe('public, max-age=60');
  expect(await order('/boards/month')).toEqual([3, 1, 2]);
  await db.run(sql`update sources set muted = true where id = 3`);
  expect(await order('/boards/year')).toEqual([3, 1]);
  // A source that is muted is gone at once, before the board is counted again.
  await count(db);
  expect(await order('/boards/year')).toEqual([3, 1]);
  await db.run(sql`update items set published_at = '2026-11-10' where id = 4`);
  await count(db);
  expect(await order('/boards/3-days')).toEqual([1]);
  expect(await order('/boards/3-days-and-more')).toEqual([1]);
});

test('a paper that a feed announces by its number is one source with the list of arXiv', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const sources = async () => {
    await count(db);
    return /· (\d) sources? · [^·]*·[^·]*worth ([\d.]+)/.exec((await app.inject('/boards/week')).body)?.slice(1);
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
  const before = await told('/boards/year');
  await db.run(sql`insert into story_items (story_id, item_id, why) values (1, ${other!.itemId}, 'link')`);
  expect([before, await told('/boards/year'), await told('/stories/1')]).toEqual(['1', '2', '2']);
});
