import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { beginNotices, leaseNotices, planNotice } from '../../../core/store/notices.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer, type Manners } from '../../mail-server.ts';
import { sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serverAndHouse(db: Database, manners?: Manners) {
  const server = await startMailServer(manners);
  stops.push(server.stop);
  return { server, ...testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'Courant <news@example.org>' }) };
}

/** A mail to confirm a subscription, for a reader who asked. */
async function planConfirm(db: Database, email = 'ada@example.org'): Promise<void> {
  await db.run(sql`insert into readers (email, token) values (${email}, ${`token-of-${email.split('@')[0]}`})`);
  await planNotice(db, { kind: 'confirm', email, at: sendAt });
}

const states = (db: Database) => db.rows(sql`select state, attempts from notices order by id`);

test('a notice goes out once, with what was planned, and says that a machine wrote it', async () => {
  const db = await testDatabase();
  await planConfirm(db);
  const { server, house } = await serverAndHouse(db);
  await sendNotices(house, never);
  await sendNotices(house, never);
  expect(server.taken.map(({ to }) => to)).toEqual(['ada@example.org']);
  const mail = await PostalMime.parse(server.taken[0]!.raw);
  expect(mail.subject).toBe('Confirm your subscription to Courant');
  expect(mail.text).toContain('Confirm the subscription:\nhttps://news.example.org/confirm/token-of-ada?lang=en');
  expect(mail.html).toContain('href="https://news.example.org/confirm/token-of-ada?lang=en"');
  // Broken within the name of a font, a style would end there: the name of the publication would be plain and small.
  expect(mail.html).toMatch(
    /class="ink rule name"\s+style="[^"\n]*font-family:Georgia,'Times New Roman',serif;font-size:36px/,
  );
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  expect(mail.headers.some(({ key }) => key.startsWith('list-'))).toBe(false);
  expect(await states(db)).toEqual([{ state: 'submitted', attempts: 1 }]);
});

test('a deferred notice waits a minute, a refused one fails, one with an impossible address fails', async () => {
  const db = await testDatabase();
  for (const email of ['slow@example.org', 'gone@example.org', 'ü@example.org']) await planConfirm(db, email);
  const codes: Record<string, number> = { 'slow@example.org': 450, 'gone@example.org': 550 };
  const { house, clock } = await serverAndHouse(db, (to) => (codes[to] ? { code: codes[to] } : {}));
  await sendNotices(house, never);
  const failed = { state: 'failed', attempts: 1 };
  expect(await states(db)).toEqual([{ state: 'planned', attempts: 1 }, failed, failed]);
  delete codes['slow@example.org'];
  await sendNotices(house, never);
  expect((await states(db))[0]).toEqual({ state: 'planned', attempts: 1 });
  clock.now = new Date(sendAt.getTime() + 61_000);
  await sendNotices(house, never);
  expect((await states(db))[0]).toEqual({ state: 'submitted', attempts: 2 });
});

test.each([
  ['begun: it is unknown and stays unsent', true, [{ state: 'unknown', attempts: 0 }], 0],
  ['not begun: it goes out', false, [{ state: 'submitted', attempts: 1 }], 1],
])('a notice that a dead process had taken and %s', async (_what, isBegun, ...[after, taken]) => {
  const db = await testDatabase();
  await planConfirm(db);
  const [notice] = await leaseNotices(db, { now: sendAt, limit: 20, holder: 'dead' });
  if (isBegun) await beginNotices(db, { ids: [notice!.id], holder: 'dead' });
  const { server, house } = await serverAndHouse(db);
  await sendNotices(house, never);
  expect(await states(db)).toEqual([{ state: 'leased', attempts: 0 }]);
  await db.run(sql`update notices set lease_until = clock_timestamp() - interval '1 second'`);
  await sendNotices(house, never);
  expect(await states(db)).toEqual(after);
  expect(server.taken).toHaveLength(taken);
});

test('without a mail server a notice is a file in the outbox', async () => {
  const db = await testDatabase();
  await planConfirm(db);
  const directory = mkdtempSync(join(tmpdir(), 'mail-'));
  await sendNotices(testHouse(db, { DATA_DIR: directory }).house, never);
  const mail = await PostalMime.parse(readFileSync(join(directory, 'outbox', 'confirm-1.eml')));
  expect(mail.to).toEqual([{ name: '', address: 'ada@example.org' }]);
});

test('a notice to a reader or curator who is gone by then fails, and nothing is sent', async () => {
  const db = await testDatabase();
  await planConfirm(db);
  await planNotice(db, { kind: 'sign-in', email: 'olga@desk.example', at: sendAt });
  await db.run(sql`delete from readers`);
  const { server, house } = await serverAndHouse(db);
  await sendNotices(house, never);
  expect(server.taken).toEqual([]);
  expect(await states(db)).toEqual([
    { state: 'failed', attempts: 1 },
    { state: 'failed', attempts: 1 },
  ]);
});

test('a deferred sign-in mail brings a new link, and the one before it opens nothing', async () => {
  const db = await testDatabase();
  const { id } = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
  await planNotice(db, { kind: 'sign-in', email: 'olga@desk.example', at: sendAt });
  let isBusy = true;
  const { server, house, clock } = await serverAndHouse(db, () => (isBusy ? { code: 450 } : {}));
  await sendNotices(house, never);
  const before = await db.row<{ tokenHash: string }>(sql`select token_hash from sign_ins`);
  isBusy = false;
  clock.now = new Date(sendAt.getTime() + 61_000);
  await sendNotices(house, never);
  expect(server.taken).toHaveLength(1);
  const links = await db.rows<{ tokenHash: string; curatorId: number }>(
    sql`select token_hash, curator_id from sign_ins`,
  );
  expect(links).toEqual([{ tokenHash: expect.not.stringMatching(before!.tokenHash), curatorId: id }]);
});

test('no table holds a link or a token of a mail that was sent', async () => {
  const db = await testDatabase();
  await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
  await planNotice(db, { kind: 'sign-in', email: 'olga@desk.example', at: sendAt });
  const { server, house } = await serverAndHouse(db);
  await sendNotices(house, never);
  const { text = '' } = await PostalMime.parse(server.taken[0]!.raw);
  const token = /\/desk\/enter\/([\w-]+)/.exec(text)![1]!;
  const tables = await db.rows<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`);
  for (const { name } of tables) {
    const { rows } = await db.pool.query(`select to_jsonb(t) as row from ${name} as t`);
    expect(JSON.stringify(rows), name).not.toContain(token);
  }
});
