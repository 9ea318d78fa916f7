// Who confirms gets the newest issue at once, ranked for them, once.
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { PermanentError } from '../../../core/errors.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { confirmReader, recordRequest } from '../../../core/store/subscriptions.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { welcomeReaders } from '../../../services/mailer/welcome.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { startMisbehavingServer } from '../../misbehaving-mail-server.ts';
import { renderSample, sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
const hour = 3_600_000;
let db: Database;
let server: MailServer;
let issueId: number;
let house: ReturnType<typeof testHouse>['house'];
let clock: { now: Date };
let enqueued: string[];

/** An issue that went to two readers; an hour later one more confirms, and somebody is imported. */
beforeEach(async () => {
  db = await testDatabase();
  server = await startMailServer();
  ({ issueId } = await renderSample(db, { readers: 2 }));
  ({ house, clock, enqueued } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' }));
  await sendIssue(house, issueId, never);
  clock.now = new Date(sendAt.getTime() + hour);
  await confirm('new@example.org');
  await db.run(sql`
    insert into readers (email, status, token, confirmed_at) values ('imported@example.org', 'active', 'imported', ${clock.now})`);
});
afterEach(() => server.stop());

async function confirm(email: string): Promise<number> {
  const asked = { email, interests: [], wording: 'w', address: null, at: clock.now };
  await db.transaction((tx) => recordRequest(tx, asked));
  const { id } = (await db.row<{ id: number }>(sql`select id from readers where email = ${email}`))!;
  await confirmReader(db, { readerId: id, wording: 'w', at: clock.now });
  return id;
}

/** What the ranker saves for a reader: here the picks of the first. */
function rank(email: string): Promise<number> {
  return db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    select issue_id, (select id from readers where email = ${email}), content_hash, stories, profile, ranker
    from picks where reader_id = 1`);
}

const taken = () => server.taken.map(({ to }) => to).slice(2);
const head = () => db.row(sql`select status, sent_at from issues`);

test('once they are ranked, once, and nobody else', async () => {
  const before = await head();
  await welcomeReaders(house, never);
  expect([taken(), enqueued.slice(-1)]).toEqual([[], ['issue.rank']]);
  await rank('new@example.org');
  await rank('imported@example.org');
  await welcomeReaders(house, never);
  await welcomeReaders(house, never);
  expect(taken()).toEqual(['new@example.org']);
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 3, waiting: 0 });
  expect(await head()).toEqual(before);
  expect(await db.row(sql`
    select count(*)::int as shown from exposures join readers on readers.id = reader_id where email = 'new@example.org'`)).toEqual({ shown: 4 }); // prettier-ignore
});

test('not who already got it under the same address, and not after three days', async () => {
  await db.run(sql`update readers set status = 'unsubscribed' where id = 1`);
  await confirm('reader1@example.org');
  clock.now = new Date(clock.now.getTime() + 73 * hour);
  await rank('new@example.org');
  await welcomeReaders(house, never);
  expect(taken()).toEqual([]);
});

test('what was not taken goes later, unless a newer issue went out meanwhile', async () => {
  await rank('new@example.org');
  await server.stop();
  await expect(welcomeReaders(house, never)).rejects.toThrow('cannot be used now');
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 2, waiting: 1 });
  await db.run(sql`
    insert into issues (number, slug, week, title, status, content, content_hash, approved_by, approved_hash, approved_at, send_at, sent_at)
    values (13, '2026-w48', '2026-11-23', 'No 13', 'sent', '{}', 'h', 'C', 'h', ${clock.now}, ${clock.now}, ${clock.now})`);
  await welcomeReaders(house, never).catch(() => undefined);
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 2, suppressed: 1, waiting: 0 });
});

test('not with an issue that a curator stopped, nor with one that holds a withdrawn paper', async () => {
  await rank('new@example.org');
  await db.run(sql`update deliveries set state = 'failed', reason = 'stopped' where reader_id = 2`);
  await welcomeReaders(house, never);
  expect(taken()).toEqual([]);
  await db.run(sql`update deliveries set state = 'submitted', reason = null where reader_id = 2`);
  await db.run(sql`insert into sources (kind, url, title) values ('arxiv', 'https://a.example/', 'A')`);
  await db.run(sql`
    insert into items (source_id, guid, url, title, content_hash, kind, published_at, withdrawn)
    values (1, 'g', 'https://a.example/1', 'One', 'h', 'paper', ${sendAt}, true)`);
  await db.run(sql`update stories set headline_item_id = 1 where id = 101`);
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role) values (${issueId}, 101, 'publications', 1, 'pick')`);
  await welcomeReaders(house, never);
  expect(taken()).toEqual([]);
  await db.run(sql`update items set withdrawn = false`);
  await welcomeReaders(house, never);
  expect(taken()).toEqual(['new@example.org']);
});

test('an issue of which one full mailbox is left is one to welcome with', async () => {
  await db.run(sql`update issues set status = 'sending', sent_at = null`);
  const put = (triedAt: Date | null) => db.run(sql`
    update deliveries set state = 'planned', reason = 'mailbox-for-now', first_tried_at = ${triedAt}, next_try_at = ${new Date(clock.now.getTime() + hour)}
    where reader_id = 2`); // prettier-ignore
  await rank('new@example.org');
  await put(null);
  await welcomeReaders(house, never);
  expect(taken()).toEqual([]);
  await put(sendAt);
  await db.run(sql`update issues set paused_at = ${clock.now}`);
  await welcomeReaders(house, never);
  expect(taken()).toEqual([]);
  await db.run(sql`update issues set paused_at = null`);
  await welcomeReaders(house, never);
  expect(taken()).toEqual(['new@example.org']);
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 2, waiting: 1 });
});

test('while its server is held nobody knocks, and what needs a person says so', async () => {
  await rank('new@example.org');
  await server.stop();
  let knocks = 0;
  const greet = ({ stage }: { stage: string }) => (stage === 'greeting' ? (knocks++, { reply: '554 no mail from here' }) : undefined); // prettier-ignore
  const closed = await startMisbehavingServer({ misbehave: greet });
  onTestFinished(closed.stop);
  const { house: other, clock: its } = testHouse(db, { SMTP_URL: closed.url, MAIL_FROM: 'news@example.org' });
  its.now = clock.now;
  const welcome = () => welcomeReaders(other, never).catch((error: unknown) => error);
  expect(await welcome()).toBeInstanceOf(PermanentError);
  its.now = new Date(its.now.getTime() + 30_000);
  expect(await welcome()).toBeUndefined();
  expect(knocks).toBe(1);
  its.now = new Date(its.now.getTime() + 31_000);
  expect(await welcome()).toBeInstanceOf(PermanentError);
  its.now = new Date(its.now.getTime() + 61_000);
  expect(await welcome()).toBeUndefined();
  expect(knocks).toBe(2);
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 2, waiting: 1 });
  expect(await db.row(sql`select paused_at from issues`)).toEqual({ pausedAt: null });
});

test('a lone one that is refused by policy says so, and waits', async () => {
  await rank('new@example.org');
  await server.stop();
  server = await startMailServer(() => ({ code: 554 }));
  const { house: other } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  await expect(welcomeReaders({ ...other, now: () => clock.now }, never)).rejects.toBeInstanceOf(PermanentError);
  expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 2, waiting: 1 });
});
