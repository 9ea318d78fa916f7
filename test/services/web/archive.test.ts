// The archive as the public sees it: only what was sent, nothing hostile, valid Atom.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders, readerByToken } from '../../../core/store/readers.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { openApp, post, testNow } from '../open-app.ts';
import { markSent, seedIssue, seedSentIssue, stateOf } from '../seed-issue.ts';

/** Elsewhere `/outbox` only leads to the desk. */
const onThisMachine = { PUBLIC_URL: 'http://127.0.0.1:3000' };

const hostile = /<script>alert|href="javascript:|<b>Blog/;

describe('the archive', () => {
  test('shows an issue that was sent, section by section, each story with its permalink', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    const page = await app.inject('/issues/2026-w47');
    expect(page.statusCode).toBe(200);
    for (const words of [
      'Issue 1: attention',
      '3 stories',
      'id="story-1"',
      '<a class="chip" href="https://video.example/watch?v=1">talk on Talks</a>',
      'We attend. It pays.',
      'approved by Olga',
      'href="/issues/2026-w47#story-1"',
    ]) {
      expect(page.body).toContain(words);
    }
    expect(page.body).not.toMatch(hostile);
    expect(page.body).toContain('&lt;script&gt;');
  });

  test('says of a paper that was taken back since that it is withdrawn, and keeps what was approved', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    expect((await app.inject('/issues/2026-w47')).body).not.toContain('withdrawn');
    await db.run(sql`update items set withdrawn = true where id = 1`);
    const page = (await app.inject('/issues/2026-w47')).body;
    expect(page).toContain('<strong>withdrawn</strong>');
    expect(page).toContain('We attend. It pays.');
    expect((await app.inject('/stories/1')).body).toContain('<strong>Withdrawn</strong> by its authors');
  });

  test.each(['draft', 'in_review', 'approved', 'scheduled'])('hides an issue that is %s', async (status) => {
    const { app, db } = await openApp();
    if (status === 'draft' || status === 'in_review') await seedIssue(db);
    else await seedSentIssue(db);
    await db.run(sql`update issues set status = ${status}`);
    expect((await app.inject('/issues/2026-w47')).statusCode).toBe(404);
    for (const path of ['/issues', '/feed.xml', '/']) {
      expect((await app.inject(path)).body).not.toContain('Issue 1: attention');
    }
  });

  test('a story page has every item, and a talk its moments', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    const { body } = await app.inject('/stories/1');
    expect(body).toContain('2 sources');
    expect(body).toContain('href="https://video.example/watch?v=1&amp;t=760s">12:40</a>');
    expect(body).toContain('What is said, and when');
    await db.run(sql`update segments set start_s = null`);
    const untimed = (await app.inject('/stories/1')).body;
    expect(untimed).toContain('<summary>What is said</summary>');
    expect(untimed).not.toContain('t=760s');
    expect((await app.inject('/stories/2')).body).not.toMatch(hostile);
  });

  test('a story page says what was updated since, and what it was called before', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    expect((await app.inject('/stories/1')).body).not.toContain('Updated');
    await db.run(sql`update items set version = 2, updated_at = '2026-11-19', created_at = '2026-11-18' where id = 1`);
    await db.run(sql`
      insert into item_history (item_id, at, version, title, text, content_hash)
      values (1, '2026-11-19', 1, 'A <i>first</i> try', 'Words', 'one')`);
    const { body } = await app.inject('/stories/1');
    expect(body).toContain(
      '<strong>Updated</strong> Thu 19 Nov 2026, version 2; before: “A &lt;i&gt;first&lt;/i&gt; try”',
    );
  });

  test('a card says what is cross-listed and what was updated before the issue; another way to tell the same is no update', async () => {
    const { app, db } = await openApp();
    const issueId = await seedIssue(db);
    await db.pool.query(`
      update items set version = 2, announced = 'replace' where guid = 'p1';
      update items set announced = 'cross', updated_at = '2030-01-01' where guid = 'p2';
      insert into item_history (item_id, at, version, title, text, content_hash) values
        (1, '2026-11-19', 1, 'Attention pays', 'We attend. Whether it pays was not measured.', 'one'),
        (3, '2026-11-19', null, (select title from items where id = 3), (select text from items where id = 3), 'three')`);
    await markSent(db, issueId);
    const { body } = await app.inject('/issues/2026-w47');
    expect(body.match(/<strong>[^<]*<\/strong>/g)).toEqual([
      '<strong>updated to version 2</strong>',
      '<strong>cross-listed</strong>',
    ]);
    expect((await app.inject('/stories/1')).body).toContain('replaced on arXiv');
    expect((await app.inject('/stories/3')).body).toContain('cross-listed');
    expect((await app.inject('/stories/3')).body).not.toContain('Updated');
  });

  test('a map links its points to the stories, by mouse, by key and as a list, and is that of the issue', async () => {
    const { app, db } = await openApp();
    const issueId = await seedIssue(db);
    expect((await app.inject('/map')).body).toContain('No map yet.');
    await db.run(sql`update issue_stories set map_x = story_id * .1, map_y = 0 where story_id <> 3`);
    await markSent(db, issueId);
    const page = (await app.inject('/issues/2026-w47')).body;
    expect(page.match(/<a class="point[^>]*href="#story-[12]"><title>/g)).toHaveLength(2);
    const own = (await app.inject('/issues/2026-w47/map')).body;
    expect((await app.inject('/map')).body).toBe(own);
    expect(own.match(/Names and counts as of \w{3} \d+ Nov 2026/g)).toHaveLength(1);
    expect(own.match(/href="\/issues\/2026-w47#story-1"/g)).toHaveLength(2);
    expect(own).not.toContain('<script>alert');
    expect((await app.inject('/issues/2020-w01/map')).statusCode).toBe(404);
  });

  test('a formula in a title is MathML on pages and text in the feed', async () => {
    const { app, db } = await openApp();
    const issueId = await seedIssue(db);
    await db.run(sql`update items set title = ${String.raw`Noise $\epsilon_\theta$ & <b>`} where id = 1`);
    await markSent(db, issueId);
    const math = 'Noise <math><msub><mi>ϵ</mi><mi>θ</mi></msub></math> &amp; &lt;b&gt;';
    expect((await app.inject('/issues/2026-w47')).body).toContain(`>${math}</a></h2>`);
    expect((await app.inject('/stories/1')).body).toContain(`<h1 dir="auto">${math}</h1>`);
    expect((await app.inject('/feed.xml')).body).toContain('Noise ε_θ');
  });

  test('what a machine wrote says so on the page and in the feed', async () => {
    const { app, db } = await openApp();
    const issueId = await seedIssue(db);
    const sentence = {
      text: 'It attends.',
      by: 'model',
      model: 'tiny-1',
      quote: 'We attend.',
      itemId: 1,
      segment: 0,
      start: 0,
      end: 10,
    };
    await db.run(sql`
      update issue_stories set summary = '{It attends.}', sentences = ${JSON.stringify([sentence])}::jsonb where story_id = 1`);
    await markSent(db, issueId);
    const marked = 'It attends. (Written by a machine, tiny-1, and checked against the source.)';
    for (const path of ['/issues/2026-w47', '/feed.xml']) expect((await app.inject(path)).body).toContain(marked);
  });

  test('topics have counts and their stories', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    expect((await app.inject('/topics')).body).toContain('2 stories');
    expect((await app.inject('/topics/1')).body).toContain('Second paper');
  });

  test.each([
    '/issues/2020-w01',
    '/issues/%00',
    '/stories/99',
    '/stories/x',
    '/stories/99999999999',
    '/topics/99',
    '/nothing',
    '/outbox/x.eml',
    '/outbox/..%2f..%2fetc%2fpasswd',
    '/assets/../package.json',
  ])('%s is the 404 page with a way on', async (path) => {
    const { app } = await openApp(onThisMachine);
    const answer = await app.inject(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toMatch(/There is n|not here any more/);
  });

  test('every page says a next step while nothing is there yet', async () => {
    const { app, db } = await openApp(onThisMachine);
    expect((await app.inject('/')).body).toContain('This installation is new.');
    await saveSettings(db, { setUp: true });
    expect((await app.inject('/')).body).toContain('No issue yet. The first is planned for Sat 21 Nov 2026.');
    expect((await app.inject('/issues')).body).toContain('No issue was sent yet.');
    expect((await app.inject('/topics')).body).toContain('No topics yet.');
    expect((await app.inject('/outbox')).body).toContain('No mail yet.');
  });

  test('answers with headers that forbid scripts and frames from elsewhere', async () => {
    const { app } = await openApp();
    const { headers } = await app.inject('/');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('the Atom feed', () => {
  test('is well-formed with absolute links, its HTML escaped, whatever a title holds', async () => {
    const { app, db } = await openApp();
    const issueId = await seedIssue(db);
    await db.run(sql`update items set title = ${'Bell \u0007 & <i>'} where id = 4`);
    await markSent(db, issueId);
    const { body, headers } = await app.inject('/feed.xml');
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(XMLValidator.validate(body)).toBe(true);
    expect(body).not.toContain('\u0007');
    const { feed } = new XMLParser({ ignoreAttributes: false, htmlEntities: true }).parse(body) as {
      feed: {
        id: string;
        updated: string;
        entry: { id: string; content: { '#text': string; '@_type': string }; link: { '@_href': string } };
      };
    };
    expect(feed.updated).toBe('2026-11-20T11:05:00.000Z');
    expect(feed.entry.id).toBe('http://courant.test/issues/2026-w47');
    expect(feed.entry.content['@_type']).toBe('html');
    expect(feed.entry.content['#text']).toContain('href="http://courant.test/stories/1"');
    expect(feed.entry.content['#text']).not.toMatch(hostile);
  });

  test('is valid before the first issue', async () => {
    const { app } = await openApp();
    expect(XMLValidator.validate((await app.inject('/feed.xml')).body)).toBe(true);
  });
});

describe('signals', () => {
  test('a link from the mail shows a button; the button counts once, the opposite takes it back, undo removes it', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    await addReaders(db, {
      readers: [{ email: 'a@b.example', interests: [], length: 12 }],
      wording: 'test',
      at: testNow,
    });
    const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
    const kinds = async () =>
      (await db.rows<{ kind: string }>(sql`select kind from signals order by kind`)).map(({ kind }) => kind);

    const before = await stateOf(db);
    for (const kind of ['like', 'dislike', 'save']) {
      expect((await app.inject(`/signal/${token}/2/${kind}`)).body).not.toMatch(hostile);
    }
    expect(await stateOf(db)).toBe(before);

    await app.inject(post(`/signal/${token}/1/like`));
    await app.inject(post(`/signal/${token}/1/like`));
    await app.inject(post(`/signal/${token}/1/save`));
    expect(await kinds()).toEqual(['like', 'save']);
    expect((await app.inject(`/signal/${token}/1/like`)).body).toContain('Noted: more like this.');
    await app.inject(post(`/signal/${token}/1/dislike`));
    expect(await kinds()).toEqual(['dislike', 'save']);
    await app.inject(post(`/signal/${token}/1/dislike/undo`));
    expect(await kinds()).toEqual(['save']);
    expect(await readerByToken(db, token)).toMatchObject({ status: 'active' });
    for (const path of [`/signal/${token}/99/like`, `/signal/${token}/1/click`, '/signal/abcdefghijkl/1/like']) {
      expect((await app.inject(path)).statusCode).toBe(404);
      expect((await app.inject(post(path))).statusCode).toBe(404);
    }
  });
});

describe('the outbox', () => {
  const mail = [
    'From: Courant <news@example.org>',
    'To: ada@readers.example',
    'Subject: =?utf-8?q?Issue_1_=E2=80=93_<b>?=',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><head><title>x</title></head><body><p>Hello</p><script>alert(1)</script></body></html>',
  ].join('\r\n');

  test('lists mails and shows one in a frame where no script runs', async () => {
    const { app, dataDir } = await openApp(onThisMachine);
    mkdirSync(join(dataDir, 'outbox'));
    writeFileSync(join(dataDir, 'outbox', 'delivery-1.eml'), mail);
    const list = await app.inject('/outbox');
    expect(list.body).toContain('Issue 1 – &lt;b&gt;');
    expect(list.body).toContain('To ada@readers.example');
    expect((await app.inject('/outbox/delivery-1.eml')).body).toContain('sandbox="allow-popups');
    const framed = await app.inject('/outbox/delivery-1.eml/html');
    expect(framed.body).toContain('<p>Hello</p>');
    expect(framed.headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox/);
  });
});
