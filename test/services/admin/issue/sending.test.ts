// How an issue goes out, at its desk: the truth about it, and the forms that pause, resume, stop and send again.
import { afterEach, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { countLedger, keepLedger } from '../../../../core/store/deliveries.ts';
import { holdServer, slowDown } from '../../../../core/store/mail-pace.ts';
import { sendIssue } from '../../../../services/mailer/send-issue.ts';
import { startMailServer } from '../../../mail-server.ts';
import { renderSample } from '../../mailer/sending-fixture.ts';
import { testNow } from '../../open-app.ts';
import { openDesk } from '../open-desk.ts';

const never = new AbortController().signal;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function scene(codes: Record<string, number> = {}) {
  const server = await startMailServer((to) => (codes[to] ? { code: codes[to] } : {}));
  stops.push(server.stop);
  const desk = await openDesk('editor', { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  const { issueId } = await renderSample(desk.db, { readers: 6 });
  await desk.db.run(sql`update issues set send_at = ${testNow}`);
  return {
    ...desk,
    server,
    issueId,
    codes,
    goOut: () => sendIssue(desk.house, issueId, never).catch((error: unknown) => error),
    page: async () => (await desk.get(`/desk/issues/${issueId}`)).body,
    press: (path: string, form: Record<string, string>) => desk.send(`/desk/issues/${issueId}/${path}`, form),
  };
}

test('a paused issue sends nothing until it is resumed, and the desk says who paused it', async () => {
  const { db, issueId, server, goOut, page, press } = await scene();
  await press('sending', { what: 'pause' });
  await goOut();
  expect(server.taken).toHaveLength(0);
  await db.run(sql`update issues set status = 'sending'`);
  expect(await page()).toContain('Paused by Olga');
  await press('sending', { what: 'resume' });
  await goOut();
  expect(server.taken).toHaveLength(6);
  expect(await countLedger(db, issueId)).toMatchObject({ submitted: 6 });
});

test('a stopped issue fails what is still planned, balances, and can be sent to those readers after all', async () => {
  const { db, issueId, goOut, page, press } = await scene({ 'reader2@example.org': 450, 'reader5@example.org': 450 });
  await goOut();
  await press('sending', { what: 'stop' });
  await goOut();
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 6, submitted: 4, failed: 2, waiting: 0 });
  expect(await page()).toContain('2 failed (450): a curator stopped the issue');
});

test('what was refused for a reason that is cured is sent again, and nobody gets it twice', async () => {
  const { db, issueId, server, codes, goOut, page, press } = await scene({ 'reader2@example.org': 554 });
  await goOut();
  expect(await countLedger(db, issueId)).toMatchObject({ submitted: 5, failed: 1 });
  expect(await page()).toContain('1 failed (554): we were refused, by policy or reputation');
  delete codes['reader2@example.org'];
  expect((await press('again', { state: 'failed', reason: 'policy' })).statusCode).toBe(303);
  await goOut();
  expect(server.taken.map(({ to }) => to).toSorted()).toHaveLength(6);
  expect(new Set(server.taken.map(({ to }) => to)).size).toBe(6);
  expect(await countLedger(db, issueId)).toMatchObject({ submitted: 6, failed: 0 });
});

test('a reader without a mailbox is not sent to again', async () => {
  const { goOut, page, press } = await scene({ 'reader2@example.org': 550 });
  await goOut();
  expect(await page()).toContain('no such mailbox: the reader is bounced');
  expect(await page()).not.toContain('Send again');
  expect((await press('again', { state: 'failed', reason: 'mailbox' })).statusCode).toBe(409);
});

test('"no such mailbox" to all pauses, and a curator who knows better says that they are gone', async () => {
  const codes = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`reader${n}@example.org`, 550]));
  const { db, issueId, goOut, page, press } = await scene(codes);
  expect((await press('sending', { what: 'gone' })).statusCode).toBe(409);
  await goOut();
  expect(await countLedger(db, issueId)).toMatchObject({ waiting: 6, failed: 0 });
  expect(await page()).toContain('6 heard “no such mailbox”: they are gone, bounce them');
  expect((await press('sending', { what: 'gone' })).statusCode).toBe(303);
  expect(await countLedger(db, issueId)).toMatchObject({ waiting: 0, failed: 6 });
  expect(await db.rows(sql`select distinct status from readers`)).toEqual([{ status: 'bounced' }]);
  expect(await db.rows(sql`select email from suppressions`)).toHaveLength(6);
  expect(await page()).not.toContain('they are gone');
  expect(await db.rows(sql`select action from audit`)).toContainEqual({ action: 'accept missing mailboxes' });
});

test('the desk says how quickly it goes, what slows it down, and until when', async () => {
  const { db, issueId, house, page, goOut } = await scene({ 'reader1@example.org': 450 });
  await goOut();
  await db.run(sql`
    update issues set ledger_at = ${new Date(testNow.getTime() - 10_000)}, ledger = ledger || '{"waiting": 6}'
    where id = ${issueId}`);
  await keepLedger(db, { issueId, now: testNow });
  expect(await page()).toContain('30 letters a minute, about 1 minutes left');
  const server = new URL(house.config.SMTP_URL!).host;
  await slowDown(db, { server, perSecond: 10, why: '454 <slower>' });
  expect(await page()).toContain('Slowed down: the mail server says <q>454 &lt;slower&gt;</q>');
  await holdServer(db, { server, why: '450 quota', isAgain: false, now: testNow });
  expect(await page()).toContain('nothing is tried until Fri 20 Nov 2026, 12:01');
});

test('a reviewer sees it all and may do none of it', async () => {
  const { db, issueId } = await scene();
  await db.run(sql`update issues set status = 'sending'`);
  await db.run(sql`delete from curators`);
  const desk = await openDesk('reviewer');
  expect((await desk.send(`/desk/issues/${issueId}/sending`, { what: 'pause' })).statusCode).toBe(403);
});
