// What each role may do, held against every route there is: a reviewer changes nothing and sees no reader's address.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { testNow } from '../open-app.ts';
import { seedIssue, stateOf } from '../seed-issue.ts';
import { deskRoutes } from './desk-routes.ts';
import { openDesk } from './open-desk.ts';

/** What stands in front of the door, is of the curator's own sessions or second factor, or is their own score or comment. */
const beforeTheDoor =
  /^\/desk\/(setup|sign-in|enter|code|sign-out|sessions\/|second-factor)|\/scores$|\/comments(\/|$)/;
const asOne = (route: string): string => route.replace(/:\w+/g, '1');
const addresses = ['ada@readers.example', 'bob@readers.example'];

async function seedReaders(db: Database): Promise<void> {
  await seedIssue(db);
  const readers = addresses.map((email) => ({ email, interests: ['speech'], length: 5 }));
  await addReaders(db, { readers, wording: 'test', at: testNow });
}

test('the routes are found', async () => {
  const { app } = await openDesk('reviewer');
  expect(deskRoutes(app, 'GET')).toContain('/desk/issues/:id/letter');
  expect(deskRoutes(app, 'POST')).toContain('/desk/curators/:id/remove');
});

test('no page that a reviewer opens shows the address of a reader', async () => {
  const { app, get, db } = await openDesk('reviewer');
  await seedReaders(db);
  for (const route of deskRoutes(app, 'GET').filter((one) => !beforeTheDoor.test(one))) {
    for (const path of [asOne(route), `${asOne(route)}?reader=1`, `${asOne(route)}?reader=2`]) {
      const { body } = await get(path);
      for (const address of addresses) expect(body, path).not.toContain(address);
    }
  }
  expect((await get('/desk/issues/1')).body).toContain('reader 1');
  expect((await get('/desk/issues/1/letter?reader=1')).body).toContain('Attention pays');
});

test('an editor, who answers the mails of readers, sees whose letter a proof is', async () => {
  const { get, db } = await openDesk('editor');
  await seedReaders(db);
  expect((await get('/desk/issues/1')).body).toContain('ada@readers.example');
  expect((await get('/desk/issues/1/letter?reader=1')).body).toContain('ada@readers.example');
});

test('every form of the desk is refused to a reviewer, whatever it holds, and changes nothing', async () => {
  const { app, send, db } = await openDesk('reviewer');
  await seedReaders(db);
  const before = await stateOf(db);
  const forms = deskRoutes(app, 'POST').filter((route) => !beforeTheDoor.test(route));
  expect(forms.length).toBeGreaterThan(20);
  for (const route of forms) {
    const answer = await send(asOne(route));
    expect([route, answer.statusCode]).toEqual([route, 403]);
    expect(answer.body).toContain('A reviewer may look at everything and change nothing');
  }
  expect(await stateOf(db)).toBe(before);
});

test('settings and curators are refused to an editor, everything else is not', async () => {
  const { app, send, db } = await openDesk('editor');
  await seedReaders(db);
  const refused: string[] = [];
  for (const route of deskRoutes(app, 'POST').filter((one) => !beforeTheDoor.test(one))) {
    if ((await send(asOne(route))).statusCode === 403) refused.push(route);
  }
  expect(refused.toSorted()).toEqual([
    '/desk/curators',
    '/desk/curators/:id/remove',
    '/desk/curators/:id/role',
    '/desk/curators/:id/second-factor/remove',
    '/desk/curators/:id/second-factor/unlock',
    '/desk/settings',
    '/desk/settings/accent',
    '/desk/settings/logo',
    '/desk/settings/logo/remove',
    '/desk/settings/schedule',
    '/desk/settings/sections',
    '/desk/settings/signing-in',
  ]);
  expect(await db.rows(sql`select 1 from curators`)).toHaveLength(1);
});
