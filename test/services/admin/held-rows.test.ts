// Two requests of which the order is given: a row is held until both wait for it, or one was answered.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { openDatabase, sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import {
  keepAddressChangeHash,
  confirmAddressChange,
  requestAddressChange,
} from '../../../core/store/address-changes.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { issueById } from '../../../core/store/issues.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { hashToken } from '../../../core/crypto/one-time-token.ts';
import { buildApp } from '../../../services/app.ts';
import { postgresServer } from '../../servers.ts';
import { testHouse } from '../mailer/sending-fixture.ts';
import { post } from '../open-app.ts';
import { seedIssue } from '../seed-issue.ts';
import { everyReason } from './every-reason.ts';
import { openBrowser } from './open-desk.ts';

const postgres = await postgresServer();
const now = new Date('2026-11-21T07:00:00Z');
let db: Database;
let app: FastifyInstance;
let send: (url: string, fields: Record<string, string>) => Promise<{ statusCode: number }>;

beforeAll(async () => {
  if (!postgres) return;
  db = await openDatabase({ url: postgres.url });
  app = await buildApp(testHouse(db, { SPAMASSASSIN: 'no' }).house, { rooms: ['web', 'admin'] });
  const { id } = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
  const link = await createSignInLink(db, { curatorId: id, deskUrl: '', now, minutes: 15 });
  const browser = openBrowser(app);
  await browser.sendFrom(link, link);
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/desk')).body)![1]!;
  send = (url, fields) => app.inject(post(url, { _csrf: csrf, ...fields }, { cookie: browser.cookie() }));
});
afterAll(async () => {
  await app?.close();
  await db?.close();
  await postgres?.stop();
});

/** Resolves when so many sessions wait for a lock, or when `over` is. */
async function untilWaiting(count: number, over: Promise<unknown> = new Promise(() => undefined)): Promise<void> {
  const isOver = over.then(() => true, () => true); // prettier-ignore
  for (;;) {
    const row = await db.row<{ waiting: number }>(sql`
      select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    if (row!.waiting >= count || (await Promise.race([isOver, sleep(10, false)]))) return;
  }
}

/** Runs the first, then the second once that one waits, while the rows of `held` are held; then lets go. */
async function inOrder<A, B>(held: ReturnType<typeof sql>, first: () => Promise<A>, second: () => Promise<B>) {
  let both: [Promise<A>, Promise<B>] | undefined;
  await db.transaction(async (tx) => {
    await tx.rows(held);
    const one = first();
    await untilWaiting(1, one);
    const two = second();
    await untilWaiting(2, two);
    both = [one, two];
  });
  return Promise.all(both!);
}

test.skipIf(!postgres)(
  'an undo between the look of the gate and that of the store brings back nothing that is approved unchecked',
  async () => {
    const id = await seedIssue(db);
    const page = `/desk/issues/${id}`;
    // Red, whatever reason is given: what the curator sees cannot be approved.
    await db.run(sql`insert into link_checks values ('https://arxiv.example/1', 'broken', 'answered 404', now())`);
    const hash = hashContent(await loadIssueContent(db, id));
    expect((await send(`${page}/approve`, { hash, ...everyReason })).statusCode).toBe(409);
    // Another one takes it out, and back.
    expect((await send(`${page}/stories/1`, { change: 'role', role: 'removed' })).statusCode).toBe(303);
    const { id: edit } = (await db.row<{ id: number }>(sql`select max(id) as id from issue_edits`))!;
    const [undone, approved] = await inOrder(
      sql`select 1 from issues where id = ${id} for update`,
      () => send(`${page}/undo`, { edit: String(edit) }),
      () => send(`${page}/approve`, { hash, ...everyReason }),
    );
    expect([undone.statusCode, approved.statusCode]).toEqual([303, 409]);
    expect(hashContent(await loadIssueContent(db, id))).toBe(hash);
    expect((await issueById(db, id))?.status).toBe('in_review');
  },
);

test.skipIf(!postgres)(
  'of two readers who move to one address at the same moment one has it, and the other hears why not',
  async () => {
    const readers = ['ada', 'bea'].map((name) => ({ email: `${name}@readers.example`, interests: [], length: 5 }));
    await addReaders(db, { readers, wording: 'test', at: now });
    const ids = (await db.rows<{ id: number }>(sql`select id from readers order by id`)).map(({ id }) => id);
    const email = 'new@readers.example';
    for (const readerId of ids) {
      await requestAddressChange(db, { readerId, email, at: now });
      await keepAddressChangeHash(db, { readerId, email, side: 'new', tokenHash: hashToken(`token of ${readerId}`) });
      await db.run(sql`update address_changes set old_at = ${now} where reader_id = ${readerId}`);
    }
    const confirm = (readerId: number) => () =>
      confirmAddressChange(db, { token: `token of ${readerId}`, wording: 'test', address: null, at: now });
    const came = await inOrder(sql`select 1 from readers order by id for update`, confirm(ids[0]!), confirm(ids[1]!));
    expect(came.toSorted()).toEqual(['moved', 'taken']);
  },
);
