// `/desk/curators`: owners add curators, change their role, remove them; the desk is never without an owner.
import { describe, expect, test } from 'vitest';
import { addCurator, curatorById, listAudit, listCurators, type Role } from '../../../../core/store/curators.ts';
import { createSignInLink } from '../../../../core/desk/sign-in-link.ts';
import { testNow } from '../../open-app.ts';
import { stateOf } from '../../seed-issue.ts';
import { openBrowser, openDesk } from '../open-desk.ts';

const rita = { name: 'Rita', email: 'Rita@desk.example', role: 'editor' };

/** A desk with a second curator, who is signed in too. */
async function openWith(role: Role, own: Role = 'owner') {
  const desk = await openDesk(own);
  const other = await addCurator(desk.db, { name: 'Rita', email: 'rita@desk.example', role });
  const link = await createSignInLink(desk.db, { curatorId: other.id, deskUrl: '', now: testNow, minutes: 15 });
  const browser = openBrowser(desk.app);
  await browser.sendFrom(link, link);
  return { ...desk, other, browser };
}

describe('an owner', () => {
  test('adds a curator, who then signs in by asking for a link', async () => {
    const { app, send, get, db, enqueued } = await openDesk('owner');
    expect((await send('/desk/curators', rita)).headers.location).toBe('/desk/curators?said=added');
    expect(await enqueued()).toEqual([]);
    expect((await listCurators(db)).map(({ name, email, role }) => [name, email, role])).toEqual([
      ['Olga', 'olga@desk.example', 'owner'],
      ['Rita', 'rita@desk.example', 'editor'],
    ]);
    await openBrowser(app).sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'rita@desk.example' });
    expect(await enqueued()).toEqual(['notices.send {}']);
    const { body } = await get('/desk/curators?said=added');
    expect(body).toContain('They sign in by asking for a link');
    expect(body).toContain('Olga, add Rita');
    const [entry] = await listAudit(db, 'curators');
    expect(entry).toMatchObject({ actor: 'Olga', after: { id: 2, name: 'Rita', role: 'editor' } });
    expect(JSON.stringify(entry)).not.toContain('@');
  });

  test('changes a role: sessions and links of the old one end, and the next sign-in has the new one', async () => {
    const { app, send, db, other, browser } = await openWith('reviewer');
    const old = await createSignInLink(db, { curatorId: other.id, deskUrl: '', now: testNow, minutes: 15 });
    expect((await browser.sendFrom('/desk', '/desk/draft')).statusCode).toBe(403);
    expect((await send(`/desk/curators/${other.id}/role`, { role: 'editor' })).headers.location).toContain('changed');
    expect((await browser.get('/desk')).headers.location).toBe('/desk/sign-in');
    expect((await openBrowser(app).get(old)).statusCode).toBe(404);
    const link = await createSignInLink(db, { curatorId: other.id, deskUrl: '', now: testNow, minutes: 15 });
    await browser.sendFrom(link, link);
    expect((await browser.sendFrom('/desk', '/desk/draft')).statusCode).toBe(303);
    expect((await listAudit(db, 'curators'))[0]).toMatchObject({
      actor: 'Olga',
      action: 'make Rita an editor',
      before: { role: 'reviewer' },
      after: { role: 'editor' },
    });
  });

  test('removes a curator, whose session and links end at once, and whose name stays in the audit', async () => {
    const { app, send, get, db, other, browser } = await openWith('editor');
    await browser.sendFrom('/desk', '/desk/curators');
    await browser.sendFrom('/desk', '/desk/draft');
    const link = await createSignInLink(db, { curatorId: other.id, deskUrl: '', now: testNow, minutes: 15 });
    const form = await browser.get('/desk');
    expect((await send(`/desk/curators/${other.id}/remove`)).headers.location).toBe('/desk/curators?said=removed');
    const before = await stateOf(db);
    expect((await browser.get('/desk')).headers.location).toBe('/desk/sign-in');
    const token = /name="_csrf" value="([^"]+)"/.exec(form.body)![1]!;
    const late = await browser.sendFrom('/desk/sign-in', '/desk/draft', { _csrf: token });
    expect(late.headers.location).toBe('/desk/sign-in');
    expect((await openBrowser(app).sendFrom('/desk/sign-in', link)).statusCode).toBe(404);
    expect(await stateOf(db)).toBe(before);
    expect((await get('/desk/curators')).body).toContain('Olga, remove Rita');
    expect((await listAudit(db, 'issues'))[0]).toMatchObject({ actor: 'Rita', action: 'ask for a draft' });
  });

  test('may leave when another owner stays', async () => {
    const { send, get, db, curator } = await openWith('owner');
    await send(`/desk/curators/${curator.id}/remove`);
    expect((await get('/desk')).headers.location).toBe('/desk/sign-in');
    expect((await listCurators(db)).map(({ name }) => name)).toEqual(['Rita']);
  });
});

describe('the last owner', () => {
  test.each([
    ['removed', 'remove', {}],
    ['made an editor', 'role', { role: 'editor' }],
    ['made a reviewer', 'role', { role: 'reviewer' }],
  ])('cannot be %s', async (_what, path, fields) => {
    const { send, db, curator } = await openWith('editor');
    const before = await stateOf(db);
    const answer = await send(`/desk/curators/${curator.id}/${path}`, fields);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('Olga is the only owner, and a desk needs one; make another curator an owner first.');
    expect(await stateOf(db)).toBe(before);
  });

  test('stays when two owners remove each other at the same moment', async () => {
    const { send, db, curator, other, browser } = await openWith('owner');
    const answers = await Promise.all([
      send(`/desk/curators/${other.id}/remove`),
      browser.sendFrom('/desk', `/desk/curators/${curator.id}/remove`),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toContain(303);
    expect(await listCurators(db)).toHaveLength(1);
  });

  test('may be made an owner again, which changes nothing', async () => {
    const { send, db, curator } = await openDesk('owner');
    expect((await send(`/desk/curators/${curator.id}/role`, { role: 'owner' })).statusCode).toBe(303);
    expect((await curatorById(db, curator.id))?.role).toBe('owner');
  });
});

describe('what is refused', () => {
  test.each([
    [{ name: ' ' }, 'Type their name.'],
    [{ name: 'rita@desk.example' }, 'Type a name, not an address.'],
    [{ name: 'olga' }, 'There is a curator called olga already.'],
    [{ email: 'rita' }, 'Their e-mail address should read like name@example.org.'],
    [{ email: 'OLGA@desk.example' }, 'This address has a login already.'],
    [{ role: 'king' }, 'Choose a role: owner, editor or reviewer.'],
  ])('a form with %j', async (fields, words) => {
    const { send, db } = await openDesk('owner');
    const before = await stateOf(db);
    const answer = await send('/desk/curators', { ...rita, ...fields });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(await stateOf(db)).toBe(before);
  });

  test.each(['/desk/curators/99/role', '/desk/curators/99/remove'])('%s, which is nobody', async (path) => {
    const { send } = await openDesk('owner');
    expect((await send(path, { role: 'editor' })).statusCode).toBe(404);
    expect((await send(path.replace('99', 'x'), { role: 'editor' })).statusCode).toBe(404);
  });

  test.each(['editor', 'reviewer'] as const)('every change by a curator who is %s', async (own) => {
    const { send, get, db, other } = await openWith('reviewer', own);
    const { body } = await get('/desk/curators');
    expect(body).toContain('Rita');
    expect(body).not.toContain('Add the curator');
    expect(body).not.toContain('>Remove</button>');
    const before = await stateOf(db);
    for (const answer of [
      await send('/desk/curators', { ...rita, email: 'eve@desk.example', name: 'Eve' }),
      await send(`/desk/curators/${other.id}/role`, { role: 'owner' }),
      await send(`/desk/curators/${other.id}/remove`),
    ]) {
      expect(answer.statusCode).toBe(403);
    }
    expect(await stateOf(db)).toBe(before);
  });

  test('markup in a name: it is shown as text', async () => {
    const { send, get } = await openDesk('owner');
    await send('/desk/curators', { ...rita, name: `"><script>x</script>` });
    const { body } = await get('/desk/curators');
    expect(body).toContain('&#34;&gt;&lt;script&gt;');
    expect(body).not.toContain('<script>x');
  });
});
