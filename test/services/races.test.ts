// What only a server with several sessions can prove: requests that come at the same moment are answered as if one after another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { openDatabase, sql, type Database } from '../../core/db.ts';
import { hashContent } from '../../core/content-hash.ts';
import { addCurator, listAudit, listCurators } from '../../core/store/curators.ts';
import { addInterests, listInterests } from '../../core/store/interests.ts';
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { approveIssue, issueById } from '../../core/store/issues.ts';
import { addReaders } from '../../core/store/readers.ts';
import { addRule, listRules, maxRules } from '../../core/store/rules.ts';
import { recordRequest } from '../../core/store/subscriptions.ts';
import { recordSignal } from '../../core/store/signals.ts';
import { splitStory } from '../../core/store/story-decisions.ts';
import { createSetupLink } from '../../services/admin/curators/setup-link.ts';
import { createSignInLink } from '../../core/desk/sign-in-link.ts';
import { buildApp } from '../../services/app.ts';
import { postgresServer } from '../servers.ts';
import { openBrowser } from './admin/open-desk.ts';
import { everyReason } from './admin/every-reason.ts';
import { post } from './open-app.ts';
import { seedIssue } from './seed-issue.ts';
import { testHouse } from './mailer/sending-fixture.ts';

const postgres = await postgresServer();
const at = new Date('2026-11-21T07:00:00Z');
let db: Database;
let app: FastifyInstance;
beforeAll(async () => {
  if (!postgres) return;
  db = await openDatabase({ url: postgres.url });
  app = await buildApp(testHouse(db, {}).house, { rooms: ['web', 'admin'] });
});
afterAll(async () => {
  await app?.close();
  await db?.close();
  await postgres?.stop();
});

const eight = Array.from({ length: 8 }, (_, index) => index);
/** The work of eight at the same moment; those that were refused with an error are left out. */
const atOnce = <T>(work: (index: number) => Promise<T>) =>
  Promise.allSettled(eight.map(work)).then((done) =>
    done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
  );

/** A browser in which this owner has signed in. */
async function signIn(name: string) {
  const { id } = await addCurator(db, { email: `${name}@desk.example`, name, role: 'owner' });
  const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now: at, minutes: 15 });
  // An address of their own: so many sign-ins from one are refused.
  const browser = openBrowser(app, {}, `192.0.2.${id % 250}`);
  await browser.sendFrom(link, link);
  return { id, ...browser };
}

async function onlyReader(): Promise<number> {
  await db.run(sql`delete from readers`);
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'test', at });
  return (await db.row<{ id: number }>(sql`select id from readers`))!.id;
}

/** A draft, and the form that an owner has open in front of them. */
async function openIssue() {
  await db.pool.query('truncate sources, stories, issues, topics, audit, curators restart identity cascade');
  const issueId = await seedIssue(db);
  const olga = await signIn('olga');
  const page = `/desk/issues/${issueId}`;
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await olga.get(page)).body)![1]!;
  return {
    issueId,
    page,
    hash: hashContent(await loadIssueContent(db, issueId)),
    sendNow: (url: string, fields: Record<string, string>) =>
      app.inject(post(url, { _csrf: csrf, ...fields }, { cookie: olga.cookie() })),
    actions: async () => (await listAudit(db, `issue ${issueId}`)).map(({ action }) => action),
  };
}

describe.skipIf(!postgres)('eight at the same moment', () => {
  test('with the link to the first run: one becomes owner', async () => {
    const link = await createSetupLink(db, { deskUrl: '' });
    const browsers = eight.map(() => openBrowser(app));
    const answers = await atOnce((index) =>
      browsers[index]!.sendFrom(link, link, {
        name: `Owner ${index}`,
        email: `owner${index}@desk.example`,
        publication: 'Weekly',
        mailFrom: 'news@example.org',
        sources: [],
      }),
    );
    const codes = answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);
    expect(codes).toEqual([303, 404, 404, 404, 404, 404, 404, 404]);
    expect(await listCurators(db)).toHaveLength(1);
    await db.run(sql`delete from curators`);
  });

  test('with one sign-in link: one is let in', async () => {
    const { id } = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now: at, minutes: 15 });
    await db.run(sql`delete from audit`);
    await atOnce(async () => openBrowser(app).sendFrom('/desk/sign-in', link));
    expect(await db.rows(sql`select 1 from audit where action = 'sign in'`)).toHaveLength(1);
    await db.run(sql`delete from curators`);
  });

  test('adding a curator of the same name: there is one of them', async () => {
    const olga = await signIn('olga');
    await atOnce((index) =>
      olga.sendFrom('/desk/curators', '/desk/curators', {
        name: 'Rita',
        email: `r${index}@desk.example`,
        role: 'editor',
      }),
    );
    expect((await listCurators(db)).map(({ name }) => name)).toEqual(['olga', 'Rita']);
    await db.run(sql`delete from curators`);
  });

  test('owners who remove each other: one stays, and who was removed first has removed nobody', async () => {
    const owners = await Promise.all(eight.map((index) => signIn(`owner${index}`)));
    const answers = await atOnce((index) =>
      owners[index]!.sendFrom('/desk/curators', `/desk/curators/${owners[(index + 1) % 8]!.id}/remove`),
    );
    const done = answers.filter(
      (answer) => 'statusCode' in answer && answer.headers.location?.includes('said=removed'),
    );
    const left = await listCurators(db);
    expect(left.length).toBeGreaterThanOrEqual(1);
    expect(left).toHaveLength(8 - done.length);
    const removals = await listAudit(db, 'curators');
    // In the order they happened, nobody acts after being removed.
    const gone = new Set<string>();
    for (const { actor, action } of removals.toReversed().filter((one) => one.action.startsWith('remove owner'))) {
      expect(gone.has(actor)).toBe(false);
      gone.add(action.replace('remove ', ''));
    }
    await db.run(sql`delete from curators`);
  });

  test('confirming by one link: one consent is on record', async () => {
    await db.run(sql`delete from readers`);
    await recordRequest(db, { email: 'ada@readers.example', interests: ['ice'], wording: 'test', address: null, at });
    const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
    const answers = await atOnce(async () => app.inject(post(`/confirm/${token}`)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(eight.map(() => 303));
    expect(answers.filter(({ headers }) => headers.location?.endsWith('said=awaited'))).toHaveLength(1);
    expect(await db.rows(sql`select event from consents order by id`)).toEqual([
      { event: 'asked' },
      { event: 'confirmed' },
    ]);
    expect(await db.rows(sql`select status from readers`)).toEqual([{ status: 'active' }]);
  });

  test('owners who make each other reviewers: one stays an owner', async () => {
    const owners = await Promise.all(eight.map((index) => signIn(`owner${index}`)));
    await atOnce((index) =>
      owners[index]!.sendFrom('/desk/curators', `/desk/curators/${owners[(index + 1) % 8]!.id}/role`, {
        role: 'reviewer',
      }),
    );
    const left = await listCurators(db);
    expect(left).toHaveLength(8);
    expect(left.filter(({ role }) => role === 'owner').length).toBeGreaterThanOrEqual(1);
    await db.run(sql`delete from curators`);
  });

  test('approving an issue: it is done once', async () => {
    const { page, sendNow, hash, actions } = await openIssue();
    const answers = await atOnce(() => sendNow(`${page}/approve`, { hash, ...everyReason }));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, ...Array.from({ length: 7 }, () => 409)]); // prettier-ignore
    expect(await actions()).toEqual(['approve']);
  });

  test('approving, scheduling and editing an issue: what waits to go out is what was approved', async () => {
    for (let time = 0; time < 4; time++) {
      const { issueId, page, sendNow, hash } = await openIssue();
      const forms = [
        () => sendNow(`${page}/approve`, { hash, ...everyReason }),
        () => sendNow(`${page}/schedule`, { when: 'now' }),
        () => sendNow(`${page}/intro`, { intro: 'Other words.' }),
      ];
      const answers = await atOnce((index) => forms[(index + time) % 3]!());
      expect(answers.every(({ statusCode }) => statusCode < 500)).toBe(true);
      const issue = (await db.row<{ status: string; approvedHash: string | null; intro: string }>(
        sql`select status, approved_hash, intro from issues`,
      ))!;
      const stands = hashContent(await loadIssueContent(db, issueId));
      const waits = ['approved', 'scheduled'].includes(issue.status);
      expect(issue.approvedHash).toBe(waits ? stands : null);
    }
  });

  test('interests and rules stop at what fits', async () => {
    const readerId = await onlyReader();
    await atOnce((index) =>
      addInterests(
        db,
        readerId,
        Array.from({ length: 5 }, (_, one) => `words ${index} ${one}`),
      ),
    );
    expect(await listInterests(db, readerId)).toHaveLength(20);
    await db.run(sql`
      insert into rules (reader_id, effect, field, words) select ${readerId}, 'never', 'word', 'w' || n
      from generate_series(1, ${maxRules - 1}) as n`);
    await atOnce((index) =>
      addRule(db, { readerId, rule: { effect: 'never', field: 'word', words: `x ${index}` }, at }),
    );
    expect(await listRules(db, readerId)).toHaveLength(maxRules);
  });

  test('a like and a dislike: one of them stands', async () => {
    const readerId = await onlyReader();
    const story = await db.row<{ id: number }>(sql`
      insert into stories (first_seen, changed_at) values (${at}, ${at}) returning id`);
    await atOnce((index) =>
      recordSignal(db, { readerId, storyId: story!.id, kind: index % 2 ? 'like' : 'dislike', at }),
    );
    expect(await db.rows(sql`select 1 from signals where reader_id = ${readerId}`)).toHaveLength(1);
    await db.run(sql`delete from stories`);
  });
});

test.skipIf(!postgres)('an approval and a split of one of its stories: never both', async () => {
  await db.pool.query('truncate sources, stories, issues, topics restart identity cascade');
  const issueId = await seedIssue(db);
  const seenHash = hashContent(await loadIssueContent(db, issueId));
  let began = (): void => undefined;
  const splitting = new Promise<void>((resolve) => (began = resolve));
  const split = splitStory(db, {
    storyId: 1,
    itemIds: [2],
    by: 'Olga',
    at,
    // It has looked at the issue and changed the story; the approval comes before it is done.
    record: async () => {
      began();
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
  });
  await splitting;
  const approved = approveIssue(db, { issueId, seenHash, approvedBy: 'Olga', at });
  await split;
  await expect(approved).rejects.toThrow('changed since you opened it');
  expect((await issueById(db, issueId))?.status).toBe('draft');
});
