import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer, type Manners } from '../../mail-server.ts';
import { renderSample, scheduleSample, sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function startServer(manners?: Manners) {
  const server = await startMailServer(manners);
  stops.push(server.stop);
  return server;
}

const sender = { MAIL_FROM: 'Courant Wöchentlich <news@example.org>' };
const statusOf = async (db: Database) => (await db.row<{ status: string }>(sql`select status from issues`))!.status;
const minutesLater = (minutes: number) => new Date(sendAt.getTime() + minutes * 60_000);

describe('an issue that is due', () => {
  test('goes to every active reader once, however often its job runs', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 45 });
    const server = await startServer();
    const { house } = testHouse(db, { SMTP_URL: server.url, ...sender });
    await Promise.all([sendIssue(house, issueId, never), sendIssue(house, issueId, never)]);
    await sendIssue(house, issueId, never);
    expect(new Set(server.taken.map(({ to }) => to)).size).toBe(45);
    expect(server.taken).toHaveLength(45);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 45, submitted: 45, leased: 0, waiting: 0 });
    expect(await statusOf(db)).toBe('sent');
  });

  test('tells mail programs how to unsubscribe with one click, and shows text and html', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    const server = await startServer();
    await sendIssue(testHouse(db, { SMTP_URL: server.url, ...sender }).house, issueId, never);
    const mail = await PostalMime.parse(server.taken[0]!.raw);
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    expect(headers['list-unsubscribe']).toBe('<https://news.example.org/unsubscribe/token-1>');
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(headers['list-id']).toBe('"Courant" <courant.news.example.org>');
    expect(mail.from).toEqual({ name: 'Courant Wöchentlich', address: 'news@example.org' });
    expect(mail.to).toEqual([{ name: '', address: 'reader1@example.org' }]);
    expect(mail.subject).toBe('Courant No 12: Attention Is All You Need');
    expect(mail.date).toBe(sendAt.toISOString());
    expect(mail.html).toContain('https://news.example.org/signal/token-1/101/like');
    expect(mail.text).toContain('1. Attention Is All You Need\nPaper · A. Author · arXiv cs.CL\n');
    expect(mail.text).toContain("close to 'speech & “low-rank” adapters'\n");
  });

  test('records which stories were shown, in their order, with the mail that showed them', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 2 });
    const server = await startServer((to) => (to.startsWith('reader2') ? { code: 550 } : {}));
    await sendIssue(testHouse(db, { SMTP_URL: server.url, ...sender }).house, issueId, never);
    const shown = await db.rows(sql`select reader_id, story_id, position from exposures order by reader_id, position`);
    expect(shown).toEqual(
      [101, 104, 102, 103].map((storyId, index) => ({ readerId: 1, storyId, position: index + 1 })),
    );
    const row = await db.row<{ storyIds: number[]; messageId: string; smtpReply: string }>(
      sql`select story_ids, message_id, smtp_reply from deliveries where reader_id = 1`,
    );
    expect(row!.storyIds).toEqual([101, 104, 102, 103]);
    expect((await PostalMime.parse(server.taken[0]!.raw)).messageId).toBe(row!.messageId);
    expect(row!.smtpReply).toMatch(/^250/);
  });

  test('records them when the database failed at first', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    // A sequence goes on even where its statement is taken back.
    await db.pool.query(`
      create sequence attempts;
      create function fail_once() returns trigger language plpgsql as $$
      begin if nextval('attempts') = 1 then raise exception 'no space left'; end if; return new; end $$;
      create trigger fail_once before insert on exposures for each row execute function fail_once()`);
    const server = await startServer();
    await sendIssue(testHouse(db, { SMTP_URL: server.url, ...sender }).house, issueId, never);
    await db.pool.query('drop trigger fail_once on exposures; drop function fail_once; drop sequence attempts');
    expect(server.taken).toHaveLength(1);
    expect(await db.rows(sql`select story_id from exposures order by position`)).toHaveLength(4);
    expect(await db.row(sql`select state, message_id is null as is_nameless from deliveries`)).toEqual({ state: 'submitted', isNameless: false }); // prettier-ignore
  });

  test('and of one that became part of another while it went out, that one; of one that is gone, nothing', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    await db.run(sql`
      insert into sources (id, kind, url, title) overriding system value values (1, 'feed', 'https://a.example/', 'A')`);
    await db.run(sql`
      insert into items (id, source_id, guid, url, title, content_hash, kind, published_at) overriding system value
      values (1, 1, 'g', 'https://a.example/1', 'One', 'h', 'post', ${sendAt})`);
    await db.run(sql`update stories set headline_item_id = 1 where id = 104`);
    await db.run(sql`insert into story_items (story_id, item_id, why) values (102, 1, 'link')`);
    const server = await startServer();
    const { house } = testHouse(db, { SMTP_URL: server.url, ...sender });
    await db.run(sql`delete from stories where id in (103, 104)`);
    await sendIssue(house, issueId, never);
    const shown = await db.rows(sql`select story_id, position from exposures order by position`);
    expect(shown).toEqual([
      { storyId: 101, position: 1 },
      { storyId: 102, position: 2 },
    ]);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 1, submitted: 1 });
  });

  test('tries a deferred reader again after a pause, and fails a refused one at once', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 3 });
    const tries = { reader1: 0, reader2: 0 };
    const server = await startServer((to) => {
      if (to.startsWith('reader1')) return tries.reader1++ < 1 ? { code: 451 } : {};
      if (to.startsWith('reader2')) return { code: (tries.reader2++, 450) };
      return { code: 550 };
    });
    const { house, clock } = testHouse(db, { SMTP_URL: server.url, ...sender });
    await sendIssue(house, issueId, never);
    await sendIssue(house, issueId, never);
    expect(tries.reader2).toBe(1);
    expect(await countLedger(db, issueId)).toMatchObject({ submitted: 0, failed: 1, waiting: 2 });
    for (const minutes of [1, 5, 21, 85, 200]) {
      clock.now = minutesLater(minutes);
      await sendIssue(house, issueId, never);
    }
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 1, failed: 1, waiting: 1 });
    expect(tries.reader2).toBe(5);
    expect(await statusOf(db)).toBe('sending');
    clock.now = minutesLater(5 * 24 * 60);
    await sendIssue(house, issueId, never);
    expect(await countLedger(db, issueId)).toMatchObject({ submitted: 1, failed: 2, waiting: 0 });
    expect(await statusOf(db)).toBe('sent');
  });

  test('calls a mail unknown when the server hangs up after the last byte, and never sends it again', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    const server = await startServer(() => ({ hangUp: true }));
    const { house, clock } = testHouse(db, { SMTP_URL: server.url, ...sender });
    await sendIssue(house, issueId, never);
    clock.now = minutesLater(100);
    await sendIssue(house, issueId, never);
    expect(server.taken).toHaveLength(1);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 1, unknown: 1 });
  });

  test('waits with every mail, and loses no attempt, while no server answers', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 3 });
    const { house } = testHouse(db, { SMTP_URL: 'smtp://127.0.0.1:9', ...sender });
    await expect(sendIssue(house, issueId, never)).rejects.toThrow(/cannot be used now/);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, waiting: 3 });
    expect(await db.rows(sql`select distinct attempts from deliveries`)).toEqual([{ attempts: 0 }]);
    expect(await statusOf(db)).toBe('sending');
  });

  test('leaves out who stopped, who is suppressed, and who confirmed after the issue was due', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 5 });
    await db.run(sql`insert into suppressions (email, reason) values ('reader2@example.org', 'bounced')`);
    await db.run(sql`update readers set status = 'paused' where id = 3`);
    await db.run(sql`update readers set confirmed_at = ${minutesLater(1)} where id = 4`);
    // Planned, then unsubscribed before its turn.
    await db.run(sql`
      insert into deliveries (issue_id, reader_id, content_hash)
      select ${issueId}, 5, content_hash from issues`);
    await db.run(sql`update readers set status = 'unsubscribed' where id = 5`);
    const server = await startServer();
    await sendIssue(testHouse(db, { SMTP_URL: server.url, ...sender }).house, issueId, never);
    expect(server.taken.map(({ to }) => to)).toEqual(['reader1@example.org']);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 3, submitted: 1, suppressed: 2, waiting: 0 });
  });

  test.each([
    ['is suppressed for a reader whose rules left nothing', '[]', { suppressed: 1, failed: 0 }],
    ['fails for a reader whose picks the issue does not hold', '[{"storyId": 9, "kind": "personal"}]', { suppressed: 0, failed: 1 }], // prettier-ignore
  ])('an empty letter is never sent: it %s', async (_what, ...[stories, counts]) => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 2 });
    await db.run(sql`update picks set stories = ${stories}::jsonb where reader_id = 1`);
    const server = await startServer();
    await sendIssue(testHouse(db, { SMTP_URL: server.url, ...sender }).house, issueId, never);
    expect(server.taken.map(({ to }) => to)).toEqual(['reader2@example.org']);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 2, submitted: 1, ...counts });
  });

  test('stops between mails when told to, and goes on later', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 60 });
    const server = await startServer();
    const { house } = testHouse(db, { SMTP_URL: server.url, ...sender });
    const stop = new AbortController();
    void server.untilTaken(1).then(() => stop.abort());
    await sendIssue(house, issueId, stop.signal);
    expect(await countLedger(db, issueId)).toMatchObject({ leased: 0, unknown: 0 });
    expect(server.taken.length).toBeLessThan(60);
    await sendIssue(house, issueId, never);
    expect(new Set(server.taken.map(({ to }) => to)).size).toBe(60);
    expect(server.taken).toHaveLength(60);
  });

  test('keeps to the pace it is given', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 11 });
    const server = await startServer();
    const { house } = testHouse(db, { SMTP_URL: server.url, ...sender, MAIL_PER_SECOND: '20' });
    const started = performance.now();
    await sendIssue(house, issueId, never);
    expect(performance.now() - started).toBeGreaterThan(490);
  });
});

describe('nothing goes out', () => {
  test('before the issue is due', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    const { house, clock } = testHouse(db, { DATA_DIR: mkdtempSync(join(tmpdir(), 'mail-')) });
    clock.now = minutesLater(-1);
    await sendIssue(house, issueId, never);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 0 });
  });

  test('of a content that is not the one that was approved', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    await db.run(sql`update issues set content = jsonb_set(content, '{intro}', '"changed"')`);
    await expect(sendIssue(testHouse(db, {}).house, issueId, never)).rejects.toThrow(/approve it again/);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 0 });
  });

  test('before it is compiled and ranked, and the jobs for both are enqueued', async () => {
    const db = await testDatabase();
    const { issueId } = await scheduleSample(db, { readers: 2 });
    const uncompiled = testHouse(db, {});
    await sendIssue(uncompiled.house, issueId, never);
    expect(uncompiled.enqueued).toEqual(['issue.render']);
    await testDatabase();
    const again = await renderSample(db, { readers: 2 });
    await db.run(sql`update picks set content_hash = 'of an earlier approval' where reader_id = 2`);
    const unranked = testHouse(db, {});
    await sendIssue(unranked.house, again.issueId, never);
    expect(unranked.enqueued).toEqual(['issue.rank']);
    expect(await countLedger(db, again.issueId)).toMatchObject({ planned: 0 });
  });

  test('without a sender when there is a mail server, and the message says what to do', async () => {
    const db = await testDatabase();
    const { issueId } = await renderSample(db, { readers: 1 });
    const { house } = testHouse(db, { SMTP_URL: 'smtp://127.0.0.1:9' });
    await expect(sendIssue(house, issueId, never)).rejects.toThrow(/settings page.*MAIL_FROM/);
    await saveSettings(db, { mailFrom: 'not an address' });
    await expect(sendIssue(house, issueId, never)).rejects.toThrow(/not one that mail can be sent to/);
  });
});

test('without a mail server the outbox gets one whole file for each reader', async () => {
  const db = await testDatabase();
  const { issueId } = await renderSample(db, { readers: 3 });
  const directory = mkdtempSync(join(tmpdir(), 'mail-'));
  await sendIssue(testHouse(db, { DATA_DIR: directory }).house, issueId, never);
  const files = readdirSync(join(directory, 'outbox')).toSorted();
  expect(files).toEqual(['delivery-1.eml', 'delivery-2.eml', 'delivery-3.eml']);
  const mail = await PostalMime.parse(readFileSync(join(directory, 'outbox', files[1]!)));
  expect(mail.from).toEqual({ name: 'Courant', address: 'courant@localhost' });
  expect(mail.html).toContain('</html>');
});
