// `/desk/sources` and `/desk/sources/7`: how sources fare, and what a curator sets for one.
import { describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../../core/db.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { followMove } from '../../../../core/store/source-moves.ts';
import { addSources, sourceById } from '../../../../core/store/sources.ts';
import { testNow } from '../../open-app.ts';
import { stateOf } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

/** The row itself, secret included. */
const stored = (db: Database) => db.row<Record<string, unknown>>(sql`select * from sources where id = 1`);

const path = '/desk/sources/1';
const url = 'https://notes.example/feed';
const filled = {
  title: 'Notes',
  address: url,
  section: 'posts',
  language: 'EN',
  weight: '2.5',
  interval: '360',
  userAgent: 'Mine/1',
  headers: 'X-Plan: gold\r\n\r\nX-Two: a: b',
  secretHeader: 'Authorization',
  secret: 'Bearer s3cret-token',
};

async function openSource(role: 'editor' | 'reviewer' = 'editor') {
  const desk = await openDesk(role);
  await addSources(desk.db, [
    { kind: 'feed', title: 'Field Notes', url },
    { kind: 'feed', title: 'Other', url: 'https://other.example/' },
  ]);
  return desk;
}

/** Items of source 1, this many days ago. */
async function publish(db: Database, daysAgo: number[]): Promise<void> {
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash)
    select 1, days, 'post', 'https://x.example/', 'T', ${testNow}::timestamptz - days::int * interval '1 day', 'h'
    from jsonb_array_elements_text(${JSON.stringify(daysAgo)}::jsonb) as days`);
}

describe('the health page', () => {
  test('tells a late source from a quiet one, with its weeks, trouble first', async () => {
    const { db, get } = await openSource();
    await publish(db, [20, 22, 24, 27, 29, 31, 34, 36, 38, 41, 43, 45, 48, 50, 52, 55, 57, 59, 80]);
    await db.run(sql`update sources set health = case id when 1 then 'late' else 'quiet' end`);
    const { body } = await get('/desk/sources');
    expect(body).toContain('2 sources: 1 late, 1 quiet.');
    expect(body).toContain('>late</strong><br>usually 2 a week, none for 20 days');
    expect(body).toContain('>quiet</strong><br>nothing published so far');
    expect(body).toContain('at the end: 1, 0, 0, 2, 3, 3, 3, 3, 3, 1, 0, 0.');
    expect(body.indexOf('Field Notes')).toBeLessThan(body.indexOf('>Other<'));
  });
});

describe('the settings of a source', () => {
  test('are saved, stand in the audit, and never show the secret', async () => {
    const { db, get, send } = await openSource();
    await db.run(sql`update sources set etag = '"x"'`);
    expect((await send(path, { ...filled, muted: 'yes' })).headers.location).toBe(`${path}?said=saved`);
    expect(await stored(db)).toMatchObject({
      title: 'Notes',
      section: 'posts',
      language: 'en',
      muted: true,
      weight: 2.5,
      intervalMinutes: 360,
      userAgent: 'Mine/1',
      headers: { 'x-plan': 'gold', 'x-two': 'a: b' },
      secretHeader: 'authorization',
      secret: 'Bearer s3cret-token',
      etag: null,
    });
    const { body } = await get(path);
    expect(body).toContain('One is set.');
    expect(body).toContain('it is read and kept out of drafts');
    const [entry] = await listAudit(db, 'source 1');
    expect(entry).toMatchObject({
      actor: 'Olga',
      before: { hasSecret: false },
      after: { hasSecret: true, weight: 2.5 },
    });
    const pages = [
      body,
      (await get('/desk/sources')).body,
      JSON.stringify(entry),
      JSON.stringify(await sourceById(db, 1)),
    ];
    for (const page of pages) expect(page).not.toContain('s3cret');
  });

  test('the old address is used again when a curator says so, once and in the audit', async () => {
    const { db, get, send } = await openSource();
    expect((await get(path)).body).not.toContain('Use the old address again');
    await followMove(db, { sourceId: 1, to: 'https://ads.example/feed', by: 'redirect', at: testNow });
    expect((await get(path)).body).toContain('Use the old address again');
    expect((await send(`${path}/old-address`)).headers.location).toBe(`${path}?said=moved`);
    expect(await stored(db)).toMatchObject({ url, etag: null });
    expect((await get(path)).body).toContain('It is not moved to https://ads.example/feed'.slice(3));
    expect((await listAudit(db, 'source 1'))[0]).toMatchObject({ actor: 'Olga', after: { url } });
    expect((await send(`${path}/old-address`)).statusCode).toBe(409);
  });

  test('a secret is kept when none is typed, and goes when it is told to or the address leaves its host', async () => {
    const { db, send } = await openSource();
    const secretNow = async () => (await stored(db))?.['secret'];
    const again = { ...filled, secret: '' };
    await send(path, filled);
    await send(path, { ...again, address: 'https://notes.example/new' });
    expect(await secretNow()).toBe('Bearer s3cret-token');
    await send(path, { ...again, dropSecret: 'yes' });
    expect(await secretNow()).toBeNull();
    await send(path, filled);
    await send(path, { ...again, address: 'https://mine.example/steal' });
    expect(await stored(db)).toMatchObject({
      url: 'https://mine.example/steal',
      secret: null,
      secretHeader: null,
    });
  });

  test.each([
    ['title', '', 'Type the name.'],
    ['address', 'file:///etc', 'is not an address'],
    ['address', 'https://other.example/', 'Another source has this address'],
    ['section', 'sports', 'Choose a section.'],
    ['language', 'english', 'two letters'],
    ['weight', '0', 'mute it'],
    ['weight', 'much', 'a number from 0.1 to 10'],
    ['interval', 'soon', 'Choose how often'],
    ['userAgent', 'a\r\nb: c', 'ASCII only'],
    ['headers', 'no colon', 'A header is a line'],
    ['headers', 'Host: inside', 'set by Courant itself'],
    ['headers', 'Cookie: a=b', 'holds a secret'],
    ['headers', 'X: \u00fc', 'signs that no header may'],
    ['secretHeader', 'two words', 'A header is a line'],
    ['secret', 'a\nb', 'ASCII only'],
  ])('a wrong %s (%j) is named and nothing is changed', async (field, value, words) => {
    const { db, send } = await openSource();
    const before = await stateOf(db);
    const { statusCode, body } = await send(path, { ...filled, [field]: value });
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(body).toContain(words);
    expect(await stateOf(db)).toBe(before);
  });

  test('a directory keeps its address', async () => {
    const { db, get, send } = await openDesk();
    await addSources(db, [{ kind: 'folder', title: 'Inbox', url: 'file:///srv/inbox' }]);
    expect((await get(path)).body).not.toContain('name="address"');
    await send(path, { ...filled, address: 'file:///etc' });
    expect((await sourceById(db, 1))?.url).toBe('file:///srv/inbox');
  });

  test('a source is paused and resumed, and read at once', async () => {
    const { db, get, send, enqueued } = await openSource();
    await send(`${path}/status`, { status: 'paused' });
    expect((await get(path)).body).toContain('>Resume</button>');
    await db.run(sql`update sources set status = 'gone', failures = 9, last_error = 'gone' where id = 1`);
    expect((await get('/desk/sources')).body).toContain('>ended</strong><br>gone');
    expect((await send(`${path}/status`, { status: 'active' })).headers.location).toBe(`${path}?said=resumed`);
    expect(await sourceById(db, 1)).toMatchObject({
      status: 'active',
      failures: 0,
      lastError: null,
      nextCheckAt: testNow,
    });
    expect(await enqueued()).toContain('source.check {"sourceId":1}');
    expect((await listAudit(db, 'source 1')).map(({ action }) => action)).toEqual(['resume', 'pause']);
  });

  test('a reviewer looks and changes nothing', async () => {
    const { db, get, send } = await openSource('reviewer');
    const { body } = await get(path);
    expect(body).toContain('<fieldset disabled>');
    expect(body).not.toMatch(/>(Save|Pause|Read now)<\/button>/);
    const before = await stateOf(db);
    expect((await send(path, filled)).statusCode).toBe(403);
    expect((await send(`${path}/status`, { status: 'paused' })).statusCode).toBe(403);
    expect(await stateOf(db)).toBe(before);
  });

  test.each(['/desk/sources/99', '/desk/sources/abc', '/desk/sources/99999999999'])(
    '%s leads nowhere',
    async (nowhere) => {
      const { get } = await openSource();
      const { statusCode, body } = await get(nowhere);
      expect([400, 404]).toContain(statusCode);
      expect(body).toContain('There is no such');
    },
  );
});

describe('deleting a source', () => {
  test('is asked for first, can be taken back, and stands in the audit', async () => {
    const { db, get, send, enqueued } = await openSource();
    await publish(db, [1, 2]);
    expect((await get(path)).body).toContain(`href="${path}/delete"`);
    const asked = (await get(`${path}/delete`)).body;
    expect(asked).toContain('Delete Field Notes?');
    expect(asked).toContain('2 items are kept until then, 0 of them for good');
    expect((await send(`${path}/delete`)).headers.location).toBe('/desk/sources?said=deleted#deleted');
    const list = (await get('/desk/sources')).body;
    expect(list).toContain('1 source:');
    expect(list).toContain('aria-label="Bring back: Field Notes"');
    const page = (await get(path)).body;
    expect(page).toContain('>deleted</strong>');
    expect(page).not.toContain('name="secret"');
    for (const address of [path, `${path}/status`, `${path}/delete`]) expect((await send(address, { ...filled, status: 'paused' })).statusCode).toBe(404); // prettier-ignore
    expect((await send(`${path}/restore`)).headers.location).toBe(`${path}?said=restored`);
    expect((await send(`${path}/restore`)).statusCode).toBe(404);
    expect(await enqueued()).toEqual(['source.check {"sourceId":1}']);
    expect((await get('/desk/sources')).body).not.toContain('Bring back');
    expect((await listAudit(db, 'source 1')).map(({ action }) => action)).toEqual(['bring the source back', 'delete the source']); // prettier-ignore
  });

  test('is not for a reviewer', async () => {
    const { db, get, send } = await openSource('reviewer');
    expect((await get(path)).body).not.toContain(`${path}/delete`);
    expect((await get(`${path}/delete`)).statusCode).toBe(403);
    expect((await send(`${path}/delete`)).statusCode).toBe(403);
    expect((await sourceById(db, 1))?.deletedAt).toBe(null);
  });
});
