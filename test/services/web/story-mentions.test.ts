// What newsletters say of a story, on its page: each paragraph with its source, counted once a source, and harmless.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

test('a story says in how many newsletters it is mentioned, and with which words', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  expect((await app.inject('/stories/1')).body).not.toContain('newsletter');
  await db.run(sql`update items set keys = '{"url:papers.example/attention"}' where id = 1`);
  await db.run(sql`
    insert into sources (kind, title, url)
    values ('feed', 'Letter one', 'https://one.example/feed'), ('feed', 'Letter two', 'https://two.example/feed')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select sources.id, sources.title || n, 'digest', sources.url || n, 'Links, week ' || n, '', '2026-11-19', n
    from sources cross join generate_series(1, 2) as n where sources.title like 'Letter %'`);
  await db.run(sql`
    insert into mentions (item_id, position, key, url, paragraph)
    select id, 1, 'url:papers.example/attention', 'https://papers.example/attention', 'Read <b>this</b> first.'
    from items where kind = 'digest'`);
  const { body } = await app.inject('/stories/1');
  expect(body).toContain('<h3>2 newsletters</h3>');
  expect(body.match(/Read &lt;b&gt;this&lt;\/b&gt; first\./g)).toHaveLength(4);
  expect(body).toContain('Letter one, <a href="https://one.example/feed1">Links, week 1</a>');
});
