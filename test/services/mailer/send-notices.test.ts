import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { leaseNotices, planNotice } from '../../../core/store/notices.ts';
import { openTemplates } from '../../../core/templates.ts';
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

async function planSignIn(db: Database, email = 'curator@example.org'): Promise<void> {
  const subject = 'Sign in to Courant – now';
  const html = await openTemplates().mail('notice', {
    subject,
    publication: 'Courant',
    home: 'https://news.example.org/',
    note: 'It works once, for 15 minutes.',
    lines: ['Somebody, we hope you, asked to sign in.'],
    action: { label: 'Sign in', href: 'https://news.example.org/desk/sign-in/secret' },
  });
  await planNotice(db, {
    kind: 'sign-in',
    email,
    subject,
    html,
    text: '.Sign in:\nhttps://news.example.org/desk/sign-in/secret\n',
  });
}

const states = (db: Database) => db.rows(sql`select state, attempts from notices order by id`);

test('a notice goes out once, with what was planned, and says that a machine wrote it', async () => {
  const db = await testDatabase();
  await planSignIn(db);
  const { server, house } = await serverAndHouse(db);
  await sendNotices(house, never);
  await sendNotices(house, never);
  expect(server.taken.map(({ to }) => to)).toEqual(['curator@example.org']);
  const mail = await PostalMime.parse(server.taken[0]!.raw);
  expect(mail.subject).toBe('Sign in to Courant – now');
  expect(mail.text).toContain('.Sign in:\nhttps://news.example.org/desk/sign-in/secret');
  expect(mail.html).toContain('href="https://news.example.org/desk/sign-in/secret"');
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  expect(mail.headers.some(({ key }) => key.startsWith('list-'))).toBe(false);
  expect(await states(db)).toEqual([{ state: 'submitted', attempts: 1 }]);
});

test('a deferred notice waits a minute, a refused one fails, one with an impossible address fails', async () => {
  const db = await testDatabase();
  for (const email of ['slow@example.org', 'gone@example.org', 'ü@example.org']) await planSignIn(db, email);
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

test('a notice that a dead process had taken is unknown and stays unsent', async () => {
  const db = await testDatabase();
  await planSignIn(db);
  await leaseNotices(db, { now: sendAt, limit: 20 });
  const { server, house, clock } = await serverAndHouse(db);
  await sendNotices(house, never);
  expect(await states(db)).toEqual([{ state: 'leased', attempts: 0 }]);
  clock.now = new Date(sendAt.getTime() + 16 * 60_000);
  await sendNotices(house, never);
  expect(await states(db)).toEqual([{ state: 'unknown', attempts: 0 }]);
  expect(server.taken).toHaveLength(0);
});

test('without a mail server a notice is a file in the outbox', async () => {
  const db = await testDatabase();
  await planSignIn(db);
  const directory = mkdtempSync(join(tmpdir(), 'mail-'));
  await sendNotices(testHouse(db, { DATA_DIR: directory }).house, never);
  const mail = await PostalMime.parse(readFileSync(join(directory, 'outbox', 'notice-1.eml')));
  expect(mail.to).toEqual([{ name: '', address: 'curator@example.org' }]);
});
