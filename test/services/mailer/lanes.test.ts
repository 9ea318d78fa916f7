// What somebody waits for does not wait for an issue: letters and notices have a queue each, and share the server's pace.
import { afterEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { planNotice } from '../../../core/store/notices.ts';
import { mailerHandlers } from '../../../services/mailer/handlers.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { startMailServer } from '../../mail-server.ts';
import { testDatabase } from '../../database.ts';
import { openApp, post, testNow } from '../open-app.ts';
import { renderSample, sendAt, testHouse } from './sending-fixture.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function mailServer() {
  const server = await startMailServer();
  stops.unshift(server.stop);
  return server;
}

const isLetter = ({ to }: { to: string }): boolean => to.startsWith('reader');

test('a confirmation asked for in the middle of an issue goes out after two letters at most', async () => {
  const server = await mailServer();
  const environment = { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', MAIL_PER_SECOND: '0.5' };
  const { app, house, db } = await openApp(environment);
  // The first notice of a process loads what writes them, which takes a busy machine seconds; here it is told what waits for what.
  await app.inject(post('/subscribe', { email: 'bo@waits.example' }));
  await sendNotices(house, new AbortController().signal);
  expect(server.taken.splice(0)).toHaveLength(1);
  const { issueId } = await renderSample(db, { readers: 60 });
  await db.run(sql`update issues set send_at = ${testNow}`);
  const mailer = await house.queue.work(mailerHandlers(house));
  stops.unshift(() => mailer.stop());
  await house.queue.enqueue('issue.send', { issueId });
  await server.untilTaken(3);
  expect((await house.queue.counts()).letters).toMatchObject({ waiting: 0, active: 1 });

  await app.inject(post('/subscribe', { email: 'ada@waits.example' }));
  const asked = server.taken.length;
  while (server.taken.every(isLetter)) await server.untilTaken(server.taken.length + 1);
  const between = server.taken.slice(asked).findIndex((mail) => !isLetter(mail));
  expect(server.taken.at(-1)!.to).toBe('ada@waits.example');
  expect(between).toBeLessThanOrEqual(2);

  // Told to stop, the rest is given back at once, not sent and not unknown.
  await mailer.stop();
  const ledger = await countLedger(db, issueId);
  expect(ledger).toMatchObject({ planned: 60, leased: 0, unknown: 0, submitted: server.taken.filter(isLetter).length });
});

test('two mailers and the notices keep one pace together, and notices go first', async () => {
  const server = await mailServer();
  const db = await testDatabase();
  const perSecond = 10;
  const { house } = testHouse(db, {
    SMTP_URL: server.url,
    MAIL_FROM: 'news@example.org',
    MAIL_PER_SECOND: String(perSecond),
  });
  const { issueId } = await renderSample(db, { readers: 14 });
  for (const email of ['a@waits.example', 'b@waits.example', 'c@waits.example', 'd@waits.example']) {
    await db.run(sql`insert into readers (email, status, token) values (${email}, 'pending', ${email})`);
    await planNotice(db, { kind: 'confirm', email, at: sendAt });
  }
  const never = new AbortController().signal;
  const started = performance.now();
  await Promise.all([sendNotices(house, never), sendIssue(house, issueId, never), sendIssue(house, issueId, never)]);
  const seconds = (performance.now() - started) / 1000;
  expect(server.taken).toHaveLength(18);
  // The last of 18 mails has 17 before it; one letter may go beside the first notice. A busy machine is only slower.
  expect(seconds).toBeGreaterThan((18 - 2) / perSecond - 0.05);
  // From the first notice on, since letters go while it is being written.
  const firstNotice = server.taken.findIndex((mail) => !isLetter(mail));
  const lastNotice = server.taken.findLastIndex((mail) => !isLetter(mail));
  expect(server.taken.slice(firstNotice, lastNotice).filter(isLetter).length).toBeLessThanOrEqual(4);
});

test('a clock of the database that was set back does not stop the mails', async () => {
  const server = await mailServer();
  const db = await testDatabase();
  const { house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  const { issueId } = await renderSample(db, { readers: 2 });
  await db.run(sql`
    insert into turns (name, next_at) values (${`mail ${new URL(server.url).host}`}, now() + interval '1 day')`);
  const stop = new AbortController();
  const sending = sendIssue(house, issueId, stop.signal);
  await expect
    .poll(() => db.row(sql`select next_at < now() + interval '2 minutes' as soon from turns`))
    .toEqual({ soon: true });
  stop.abort();
  await sending;
  expect(await countLedger(db, issueId)).toMatchObject({ leased: 0, waiting: 2 });
});
