// What a curator rejected: its page stays, and neither search engines nor feeds are told of it.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

async function openRejected() {
  const opened = await openApp();
  await seedSentIssue(opened.db);
  const get = (url: string) => opened.app.inject({ url });
  const isListed = async (story: number, path: string) => (await get(path)).body.includes(`/stories/${story}<`) || (await get(path)).body.includes(`/stories/${story}"`); // prettier-ignore
  return { ...opened, get, isListed };
}

const feeds = ['/sources/1/feed.xml', '/sources/1/feed.json', '/topics/1/feed.xml', '/search.xml?q=second', '/sitemap.xml']; // prettier-ignore

test('a rejected story has a page that search engines leave out, and stands in no feed', async () => {
  const { db, get, isListed } = await openRejected();
  for (const path of feeds.filter((one) => !one.includes('search'))) expect([path, await isListed(3, path)]).toEqual([path, true]); // prettier-ignore
  expect((await get('/stories/3')).body).not.toContain('noindex');
  await db.run(sql`update issue_stories set role = 'removed' where story_id = 3`);
  const page = await get('/stories/3');
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('<meta name="robots" content="noindex">');
  expect((await get('/stories/3.md')).headers['x-robots-tag']).toBe('noindex');
  expect((await get('/stories/1.md')).headers['x-robots-tag']).toBeUndefined();
  for (const path of feeds.filter((one) => one !== '/sitemap.xml')) expect([path, await isListed(3, path)]).toEqual([path, false]); // prettier-ignore
  expect(await isListed(3, '/topics/1')).toBe(true);
});

test('one that another issue has is no rejected one, nor is a link that was left out', async () => {
  const { db, get } = await openRejected();
  await db.run(sql`update issue_stories set role = 'removed' where story_id = 3`);
  await db.run(
    sql`insert into issues (number, slug, week, title) values (2, '2026-w48', '2026-11-23', 'Attention again')`,
  );
  await db.run(sql`insert into issue_stories (issue_id, story_id, section, position, role) values (2, 3, 'publications', 1, 'pool')`); // prettier-ignore
  expect((await get('/stories/3')).body).not.toContain('noindex');
  await db.run(sql`delete from issue_stories where issue_id = 2`);
  await db.run(sql`update issue_stories set left_out_at = now() where story_id = 3`);
  expect((await get('/stories/3')).body).not.toContain('noindex');
});
