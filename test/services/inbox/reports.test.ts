// What comes back of letters, over the real listener: bounces, complaints, and readers who leave by mail; each counts once.
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { countReports } from '../../../core/store/mail-reports.ts';
import { listConsents } from '../../../core/store/subscriptions.ts';
import { listenForMail } from '../../../services/inbox/listen.ts';
import { readReport } from '../../../services/inbox/read-report.ts';
import { reportRecipient } from '../../../services/inbox/reports.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { renderSample, sendAt, testHouse } from '../mailer/sending-fixture.ts';
import { bounceMails, complaintMail } from './bounce-mails.ts';

const never = new AbortController().signal;
const noMailbox = bounceMails.find(({ name }) => name.startsWith('Postfix, no such user'))!.raw;
const full = bounceMails.find(({ name }) => name.startsWith('Postfix, a mailbox that is full'))!.raw;
let db: Database;
let house: House;
let server: MailServer;
let inbox: Awaited<ReturnType<typeof listenForMail>>;
/** The senders of the envelopes, by recipient. */
const senders = new Map<string, string>();

beforeAll(async () => {
  server = await startMailServer(() => ({}), {
    onRcptTo: ({ address }, session, done) => {
      senders.set(address, (session.envelope.mailFrom as { address: string }).address);
      done();
    },
  });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await inbox?.stop();
  db = await testDatabase();
  server.taken.length = 0;
  house = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', INBOX_PORT: '0', INBOX_DOMAIN: 'inbox.example' }).house; // prettier-ignore
  inbox = await listenForMail(house, [await reportRecipient(house)]);
});
afterAll(() => inbox.stop());

/** Sends over SMTP, from nobody as bounces come; returns the code of the last answer. */
async function post(to: string, raw: string): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port: inbox.port, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from: '', to }, raw });
    return 250;
  } catch (error) {
    return (error as { responseCode: number }).responseCode;
  } finally {
    transport.close();
  }
}

/** An issue that went out to so many readers, and what one of them got. */
async function sent(readers: number) {
  const { issueId } = await renderSample(db, { readers });
  await sendIssue(house, issueId, never);
  const letterTo = (n: number) => {
    const raw = server.taken.find(({ to }) => to === `reader${n}@example.org`)!.raw.toString('latin1');
    return { raw, returnTo: senders.get(`reader${n}@example.org`)!, leave: /<mailto:([^?>]+)/.exec(raw)![1]! };
  };
  return { issueId, letterTo };
}

async function readerOf(n: number) {
  const row = await db.row<{ id: number; status: string; state: string; suppressed: string | null }>(sql`
    select readers.id, status, state, (select reason from suppressions where suppressions.email = readers.email) as suppressed
    from readers join deliveries on reader_id = readers.id where email = ${`reader${n}@example.org`}
    order by issue_id desc limit 1`);
  return row!;
}

test.each(bounceMails.map((mail) => [mail.name, mail] as const))('%s', async (_, { raw, kind }) => {
  const report = await readReport(Buffer.from(raw));
  expect('kind' in report ? report.kind : null).toBe(kind);
});

test('a letter has a sender of its own; a hard bounce ends its reader at once, and a second time changes nothing', async () => {
  const { issueId, letterTo } = await sent(2);
  const { returnTo } = letterTo(1);
  expect(returnTo).toMatch(/^b-[0-9a-f]{30}@inbox\.example$/);
  expect(letterTo(2).returnTo).not.toBe(returnTo);
  for (const address of [returnTo, returnTo.toUpperCase()]) expect(await post(address, noMailbox)).toBe(250);
  expect(await readerOf(1)).toMatchObject({ status: 'bounced', state: 'bounced', suppressed: 'bounced' });
  expect(await readerOf(2)).toMatchObject({ status: 'active', state: 'submitted', suppressed: null });
  expect(await countReports(db, issueId)).toEqual([{ kind: 'hard', count: 1 }]);
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 2, submitted: 2 });
  // What came back was not shown.
  const shown = await db.rows<{ readerId: number }>(sql`select distinct reader_id from exposures`);
  expect(shown.map(({ readerId }) => readerId)).toEqual([(await readerOf(2)).id]);
});

test('a soft bounce ends its reader after three issues in a row, one about us never', async () => {
  await sent(2);
  const policy = bounceMails.find(({ kind }) => kind === 'refused')!.raw;
  for (let issue = 1; issue <= 3; issue++) {
    const last = { one: senders.get('reader1@example.org')!, two: senders.get('reader2@example.org')! };
    await post(last.one, full);
    await post(last.one, full);
    await post(last.two, policy);
    expect((await readerOf(1)).status).toBe(issue < 3 ? 'active' : 'bounced');
    if (issue === 3) break;
    await db.run(sql`
      insert into issues (number, slug, week, title, status, content, content_hash, approved_by, approved_hash, approved_at, send_at)
      select number + ${issue}, slug || ${String(issue)}, week + ${7 * issue}::integer, title, 'scheduled', content, content_hash, approved_by, approved_hash, approved_at, send_at
      from issues where number = 12`);
    const next = (await db.row<{ id: number }>(sql`select max(id) as id from issues`))!.id;
    for (const table of ['picks', 'picked_stories', 'renders'])
      await db.pool.query(`insert into ${table} select ${await columnsOf(table, next)} from ${table} where issue_id = (select min(id) from issues)`); // prettier-ignore
    server.taken.length = 0;
    await sendIssue(house, next, never);
  }
  expect(await readerOf(1)).toMatchObject({ suppressed: 'bounced' });
  expect(await readerOf(2)).toMatchObject({ status: 'active', suppressed: null });
});

/** The columns of a table in order, its issue another. */
async function columnsOf(table: string, issueId: number): Promise<string> {
  const columns = await db.rows<{ name: string }>(sql`
    select column_name as name from information_schema.columns where table_name = ${table} and table_schema = 'public' order by ordinal_position`);
  return columns.map(({ name }) => (name === 'issue_id' ? String(issueId) : name)).join(', ');
}

test('a complaint that carries the letter ends its reader at once; one that does not ends nobody', async () => {
  const { letterTo } = await sent(3);
  // Providers cross the address out; the letter still names itself.
  const crossedOut = letterTo(1).raw.replaceAll('reader1@example.org', 'redacted@redacted.example');
  expect(await post('complaints@inbox.example', complaintMail(crossedOut))).toBe(250);
  expect(await readerOf(1)).toMatchObject({ status: 'complained', state: 'complained', suppressed: 'complained' });
  await post('complaints@inbox.example', complaintMail(letterTo(2).raw, 'not-spam'));
  const forged = letterTo(3).raw.replace(letterTo(3).leave, `u-${'0'.repeat(30)}@inbox.example`);
  await post('complaints@inbox.example', complaintMail(forged));
  for (const n of [2, 3]) expect(await readerOf(n)).toMatchObject({ status: 'active', suppressed: null });
});

test.each(['auth-failure', 'Auth-Failure', 'virus', 'dkim'])('feedback of the type %s, which a program writes, ends nobody', async (type) => {
  const { letterTo } = await sent(1);
  expect(await post('complaints@inbox.example', complaintMail(letterTo(1).raw, type))).toBe(250);
  expect(await readerOf(1)).toMatchObject({ status: 'active', state: 'submitted', suppressed: null });
}); // prettier-ignore

test.each(['fraud', 'other', 'opt-out'])('feedback of the type %s is a complaint', async (type) => {
  const { letterTo } = await sent(1);
  await post('complaints@inbox.example', complaintMail(letterTo(1).raw, type));
  expect(await readerOf(1)).toMatchObject({ status: 'complained', suppressed: 'complained' });
});

test('a mail to the address in List-Unsubscribe leaves, and a program that is away does not', async () => {
  const { letterTo } = await sent(2);
  const mail = (headers = '') => `From: somebody@example.org\r\nTo: x\r\nSubject: unsubscribe\r\n${headers}\r\n\r\n`;
  expect(letterTo(1).raw).toMatch(/^List-Unsubscribe: <https:\/\/news\.example\.org\/unsubscribe\/[^>]+>, <mailto:u-[0-9a-f]{30}@inbox\.example\?subject=unsubscribe>\r$/m); // prettier-ignore
  await post(letterTo(1).leave, mail());
  await post(letterTo(2).leave, mail('Auto-Submitted: auto-replied\r\n'));
  expect(await readerOf(1)).toMatchObject({ status: 'unsubscribed', suppressed: null });
  expect(await readerOf(2)).toMatchObject({ status: 'active' });
  const consents = await listConsents(db, (await readerOf(1)).id);
  expect(consents.map(({ event, wording, at }) => ({ event, wording, at }))).toEqual([{ event: 'unsubscribed', wording: 'List-Unsubscribe by mail', at: sendAt }]); // prettier-ignore
});

test('what is not signed is refused in the conversation', async () => {
  const { letterTo } = await sent(1);
  const { returnTo, leave } = letterTo(1);
  const other = (character: string) => (character === '0' ? '1' : '0');
  const changed = returnTo.replace(/.(?=@)/, other);
  // A code for one purpose is none for another.
  for (const address of [changed, `u${returnTo.slice(1)}`, `b${leave.slice(1)}`, 'b-@inbox.example', 'news@inbox.example', 'complaints@elsewhere.example'])
    expect(await post(address, noMailbox)).toBe(550); // prettier-ignore
  expect(await readerOf(1)).toMatchObject({ status: 'active', state: 'submitted' });
});
