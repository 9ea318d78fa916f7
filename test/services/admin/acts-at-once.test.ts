// Every form of the desk, pressed by two curators in four windows at the same moment on a real server, and by one alone: nothing
// fails, what is done once stands once in the audit, and each press is one commit, so that a process that dies leaves all or nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { openDatabase, sql, type Database } from '../../../core/db.ts';
import { departedHash } from '../../../core/crypto/departed-hash.ts';
import type { House } from '../../../core/house.ts';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { buildApp } from '../../../services/app.ts';
import { testHouse } from '../mailer/sending-fixture.ts';
import { post } from '../open-app.ts';
import { seedIssue } from '../seed-issue.ts';
import { postgresServer } from '../../servers.ts';
import { watchDatabase } from '../../watch-database.ts';
import { deskActs, furtherActs, type DeskAct } from './desk-acts.ts';
import { deskRoutes } from './desk-routes.ts';
import { openBrowser } from './open-desk.ts';

/** Forms that change who is signed in, by what: they are attacked in `races.test.ts` and `curators/*.test.ts`. */
const aboutSessions = /^\/desk\/(sign-in|sign-out|enter|code|setup|sessions|second-factor|curators\/:id)/;
/** It brings a file, which is read before; its picture is kept by the hash of its bytes. */
const withFile = ['/desk/settings/logo'];

const postgres = await postgresServer();
const now = new Date('2026-11-21T07:00:00Z');
let db: Database;
let app: FastifyInstance;
let house: House;
let owners: { cookie: string; csrf: string }[];
/** What each commit since the last press wrote first. */
let commits: string[] = [];

beforeAll(async () => {
  if (!postgres) return;
  db = await openDatabase({ url: postgres.url });
  const watched = watchDatabase(db, { committed: ([first]) => void commits.push(first!.trim().split('\n')[0]!) });
  ({ house } = testHouse(watched, { SPAMASSASSIN: 'no', EDITIONS: 'de' }));
  app = await buildApp(house, { rooms: ['web', 'admin'] });
  owners = await Promise.all(['olga', 'otto'].map(signIn));
});
afterAll(async () => {
  await app?.close();
  await db?.close();
  await postgres?.stop();
});

async function signIn(name: string) {
  const { id } = await addCurator(db, { email: `${name}@desk.example`, name, role: 'owner' });
  const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now, minutes: 15 });
  const browser = openBrowser(app);
  await browser.sendFrom(link, link);
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/desk')).body)![1]!;
  return { cookie: browser.cookie(), csrf };
}

/** The issue anew, and what has to be so before; returns a press of the form. */
async function setUp(route: string, { path = route.replaceAll(/:\w+/g, '1'), fields = {}, given }: DeskAct) {
  await db.pool.query(`truncate sources, stories, issues, topics, audit, readers, muted_words, settings, notices,
    suppressions, reader_imports, departed_readers restart identity cascade`);
  await db.run(sql`delete from curators where name not in ('olga', 'otto')`);
  await seedIssue(db);
  await given?.(db);
  // The key is made with the first thing that needs it.
  await departedHash(house);
  const typed = typeof fields === 'function' ? await fields(db) : fields;
  commits = [];
  return ({ cookie, csrf }: { cookie: string; csrf: string }) =>
    app.inject(post(path, { _csrf: csrf, ...typed }, { cookie }));
}

const acts: [string, DeskAct & { route: string }][] = [
  ...Object.entries(deskActs).map(([route, act]): [string, DeskAct & { route: string }] => [route, { ...act, route }]),
  ...Object.entries(furtherActs).map(([what, act]): [string, DeskAct & { route: string }] => [what, { ...act, route: act.path }]), // prettier-ignore
];

describe.skipIf(!postgres)('every form of the desk', () => {
  test('is in the table', () => {
    // What leads nowhere is no form.
    const forms = deskRoutes(app, 'POST').filter(
      (route) => !aboutSessions.test(route) && ![...withFile, '/desk/*'].includes(route),
    );
    expect(
      Object.keys(deskActs)
        .filter((route) => !aboutSessions.test(route))
        .toSorted(),
    ).toEqual(forms.toSorted());
  });

  test.each(acts)('%s: one press is one commit at most', async (_what, { route, commits: most = 1, ...act }) => {
    const press = await setUp(route, act);
    const { statusCode, body } = await press(owners[0]!);
    expect([statusCode, /<h1[^]*?<\/main>/.exec(body)?.[0]?.slice(0, statusCode < 400 ? 0 : 600) ?? '']).toEqual([statusCode < 400 ? statusCode : 200, '']); // prettier-ignore
    expect(commits.length, commits.join('\n')).toBeLessThanOrEqual(most);
  });

  test.each(acts)('%s: two curators in four windows at once', async (_what, { route, audited, ...act }) => {
    const press = await setUp(route, act);
    const answers = await Promise.all([...owners, ...owners].map(press));
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(statuses.some((status) => status < 400)).toBe(true);
    if (audited === undefined) return;
    const lines = await db.rows<{ action: string }>(sql`select action from audit`);
    expect(lines.map(({ action }) => action)).toHaveLength(audited);
  });
});
