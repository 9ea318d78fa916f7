// The top of a story's page: what the issue said of it with the place of each sentence, its number on arXiv, files to cite it, the map.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, post, testNow } from '../open-app.ts';
import { markSent, seedIssue, seedSentIssue } from '../seed-issue.ts';

const quoted = (itemId: number, start: number, end: number) => ({ text: 'x', by: 'source', quote: 'x', itemId, segment: 0, start, end }); // prettier-ignore

test('a story that went out shows its summary, and each sentence leads to its place in its source', async () => {
  const { app, db } = await openApp();
  const issueId = await seedIssue(db);
  const spoken = { ...quoted(2, 0, 6), segment: 1, startS: 760 };
  await db.run(sql`
    update issue_stories set summary = '{"We attend.","It pays.","Here <it> starts."}',
      sentences = ${JSON.stringify([quoted(1, 0, 10), quoted(1, 11, 19), spoken])}
    where story_id = 1`);
  expect((await app.inject('/stories/1')).body).not.toContain('<sup>');
  await markSent(db, issueId);
  const { body } = await app.inject('/stories/1');
  expect(body).toContain('We attend.<sup><a href="/stories/1?quote=1.0.10#quote"');
  expect(body).toContain('It pays.<sup><a href="/stories/1?quote=1.11.19#quote"');
  expect(body).toContain('Here &lt;it&gt; starts.<sup><a href="https://video.example/watch?v=1&amp;t=760s"');
  // Once for each source.
  expect(body).toContain('>a</a>, <a href="/stories/1?quote=1.11.19#quote">b</a>, arXiv cs.CL; ');
  expect(body).toContain('>c</a>, Talks at 12:40</p>');
  // What its items say begins closed, but where a sentence was looked up.
  expect(body).toContain('<details><summary>How it begins</summary>');
  const looked = (await app.inject('/stories/1?quote=1.0.10')).body;
  expect(looked).toMatch(/<details open><summary>How it begins<\/summary><p [^>]*><mark id="quote">We attend\./);
});

test('a sentence that an editor wrote leads nowhere, and one of a source that was deleted neither', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const typed = { text: 'We attend.', by: 'editor', writer: 'olga@courant.example' };
  await db.run(sql`
    update issue_stories set sentences = ${JSON.stringify([typed, quoted(99, 0, 4)])} where story_id = 1`);
  const { body } = await app.inject('/stories/1');
  expect(body).toContain('We attend. It pays.');
  expect(body).not.toContain('<sup>');
  expect(body).not.toContain('olga@');
});

test('a paper says its number on arXiv, and is cited by two files', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`update items set keys = '{doi:10.1/x,arxiv:2106.09685}' where id = 1`);
  const { body } = await app.inject('/stories/1');
  expect(body).toContain('arXiv:2106.09685');
  expect(body).toContain('href="/stories/1.bib"');
  const bib = await app.inject('/stories/1.bib');
  expect(bib.headers['content-type']).toContain('application/x-bibtex');
  expect(bib.body).toContain('eprint = {2106.09685}');
  expect((await app.inject('/stories/1.ris')).body).toContain('AN  - arXiv:2106.09685');
  expect((await app.inject('/stories/99.bib')).statusCode).toBe(404);
  expect((await app.inject('/stories/2')).body).not.toContain('.bib"');
});

test('a story stands out on the map of its issue, and one without a place shows none', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  expect((await app.inject('/stories/1')).body).not.toContain('class="sketch"');
  await db.run(sql`update issue_stories set map_x = story_id / 4.0, map_y = 0 where story_id <> 2`);
  const { body } = await app.inject('/stories/1');
  expect(body).toContain('aria-label="Where this story lies on the map of No 1"');
  expect(body.match(/class="is-pick" transform="translate\(394 135\) scale\(2\.2\)"/g)).toHaveLength(1);
  expect(body.match(/<path[^>]*transform="translate/g)).toHaveLength(2);
  expect((await app.inject('/stories/2')).body).not.toContain('class="sketch"');
});

test('who comes from their mail has the buttons of the letter beside the story, and what was pressed says so', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'test', at: testNow }); // prettier-ignore
  const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
  const own = `/read/${token}/stories/1`;
  const page = await app.inject(own);
  expect(page.body).toContain(`formaction="/signal/${token}/1/save" aria-pressed="false">Save</button>`);
  expect(page.headers['cache-control']).toBe('no-store');
  const saved = await app.inject(post(`/signal/${token}/1/save`, { back: 'story' }));
  expect([saved.statusCode, saved.headers.location]).toEqual([303, own]);
  expect((await app.inject(own)).body).toContain(`/1/save/undo" aria-pressed="true">Saved</button>`);
  for (const lost of [`/read/${token}/stories/99`, '/read/nobodys/stories/1']) expect((await app.inject(lost)).statusCode).toBe(404); // prettier-ignore
  expect((await app.inject('/stories/1')).body).not.toContain('formaction');
});
