// The rest of the week at the desk, and a draft that is made again.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { issueById } from '../../../../core/store/issues.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

describe('the pool', () => {
  async function openPool(role?: Parameters<typeof openDesk>[0]) {
    const desk = await openDesk(role);
    const opened = { ...desk, id: await seedIssue(desk.db) };
    await opened.db.run(sql`
      insert into issue_pool (issue_id, story_id, position, section, card, hash)
      select ${opened.id}, story_id, story_id, 'publications', card, md5(card::text) from (
        select 100 + n as story_id, jsonb_build_object('storyId', 100 + n, 'title', 'Pooled <' || n || '>', 'url', 'javascript:x',
          'source', 'arXiv', 'kind', 'paper', 'lang', 'en', 'summary', '[]'::jsonb) as card from generate_series(1, 120) as n) as made`);
    await opened.db.run(sql`update issues set pool = '{"count": 120, "hash": "x", "sections": ["publications"]}'`);
    return opened;
  }

  test('is read page by page, found by words, and stays usable whatever its size', async () => {
    const { get, id } = await openPool();
    expect((await get(`/desk/issues/${id}`)).body).toContain('Rest of the week 120</a>');
    expect((await get(`/desk/issues/${id}/pool?q=a`)).headers.location).toBe(`/desk/issues/${id}?show=week&q=a`);
    const page = async (query: string) => (await get(`/desk/issues/${id}?show=week${query}`)).body;
    const first = await page('');
    expect(first).toContain('page 1 of 3');
    expect(first).toContain('Pooled &lt;40&gt;');
    expect(first).not.toContain('Pooled &lt;41&gt;');
    expect(first).not.toContain('javascript:');
    expect(await page('&page=3')).toContain('Pooled &lt;120&gt;');
    const found = await page(`&q=${encodeURIComponent('<7')}`);
    expect(found).toContain('11 stories found');
    expect(await page('&page=x&q=nothing')).toContain('0 stories found');
    // Beside the issue, where none of its own is like that, too.
    expect((await get(`/desk/issues/${id}?q=${encodeURIComponent('<7')}`)).body).toContain('11 stories found');
    expect((await get('/desk/issues/99?show=week')).statusCode).toBe(404);
  });

  test('is searched as the stories before the curator are: by what they say, too', async () => {
    const { get, id, db } = await openPool();
    await db.run(
      sql`update issue_pool set card = card || '{"summary": ["Nobody measured owls."]}' where story_id = 107`,
    );
    await db.run(sql`update issue_stories set summary = '{"Few measured owls at night."}' where position = 1`);
    const found = async (words: string) => (await get(`/desk/issues/${id}?q=${encodeURIComponent(words)}`)).body;
    expect(await found('owls')).toContain('2 stories found');
    expect(await found('OWLS pooled')).toContain('1 story found');
    expect(await found('night owls')).toContain('1 story found');
    expect(await found('owls by day')).toContain('0 stories found');
  });

  test('is looked at by a reviewer, who takes nothing from it', async () => {
    const { get, send, id } = await openPool('reviewer');
    expect((await get(`/desk/issues/${id}?show=week&story=101`)).body).not.toContain('Pick it for everybody');
    expect((await send(`/desk/issues/${id}/stories/101`, { change: 'role', role: 'pick' })).statusCode).toBe(403);
  });
});

describe('drafting again', () => {
  test('is asked for at the desk, and enqueued', async () => {
    const { send, get, enqueued, db } = await openDesk();
    const id = await seedIssue(db);
    const answer = await send(`/desk/issues/${id}/redraft`);
    expect(answer.headers.location).toBe(`/desk/issues/${id}?said=again`);
    expect((await issueById(db, id))?.redraftAskedAt).toEqual(testNow);
    expect(await enqueued()).toContain(`issue.redraft {"issueId":${id}}`);
    expect((await listAudit(db, `issue ${id}`))[0]).toMatchObject({ actor: 'Olga', action: 'draft again' });
    const missing = { sources: ['A <b>', 'B'], due: 2, unembedded: 7, unplaced: true };
    await db.run(sql`update issues set missing = ${JSON.stringify(missing)}::jsonb`);
    expect((await get(`/desk/issues/${id}`)).body).toContain(
      'without all of the week: 2 sources to be checked (A &lt;b&gt;, B), 7 items to be read through, stories to be found.',
    );
  });
});
