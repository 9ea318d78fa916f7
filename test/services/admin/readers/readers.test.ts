// Readers at the desk: found, looked at, added and exported; by editors with addresses, by reviewers without.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { listInterests } from '../../../../core/store/interests.ts';
import { readerByEmail } from '../../../../core/store/readers.ts';
import { listConsents } from '../../../../core/store/subscriptions.ts';
import { testNow } from '../../open-app.ts';
import { seedSentIssue, stateOf } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';
import { seedReaders as seed } from './seed-readers.ts';

describe('the list', () => {
  test('finds by a part of the address, an interest or a state, and takes wildcards as characters', async () => {
    const desk = await openDesk();
    expect((await desk.get('/desk/readers')).body).toContain('No reader yet');
    await seed(desk);
    await desk.db.run(sql`update readers set status = 'paused' where id = 2`);
    const listed = async (query: string): Promise<string[]> =>
      [...(await desk.get(`/desk/readers?${query}`)).body.matchAll(/href="\/desk\/readers\/(\d+)"/g)].map(
        ([, id]) => id!,
      );
    expect(await listed('')).toEqual(['3', '2', '1']);
    expect(await listed('q=READER-2')).toEqual(['2']);
    expect(await listed('q=speech')).toEqual(['1']);
    expect(await listed('q=100%25_')).toEqual(['1']);
    expect(await listed('q=%25')).toEqual(['1']);
    expect(await listed('status=paused')).toEqual(['2']);
    expect(await listed('q=nobody')).toEqual([]);
  });

  test('is a page at a time', async () => {
    const desk = await openDesk();
    await seed(desk, 120);
    const first = (await desk.get('/desk/readers')).body;
    expect(first.match(/href="\/desk\/readers\/\d+"/g)).toHaveLength(50);
    const next = /href="(\/desk\/readers\?before=\d+)"/.exec(first)![1]!;
    const second = (await desk.get(next)).body;
    expect(second).toContain('/desk/readers/70"');
    expect(second).not.toContain('/desk/readers/71"');
  });

  test('shows a reviewer no address, and finds none by it', async () => {
    const desk = await openDesk('reviewer');
    await seed(desk);
    const { body } = await desk.get('/desk/readers');
    expect(body).toContain('reader 1');
    expect(body).not.toContain('@readers.example');
    expect((await desk.get('/desk/readers?q=reader-2')).body).toContain('No reader fits');
    expect((await desk.get('/desk/readers/1')).body).not.toContain('@readers.example');
    expect((await desk.send('/desk/readers/export')).statusCode).toBe(403);
  });
});

describe('one reader', () => {
  test('has their letters, what came back, what they agreed to', async () => {
    const desk = await openDesk();
    const issueId = await seedSentIssue(desk.db);
    await seed(desk);
    await desk.db.run(
      sql`insert into deliveries (issue_id, reader_id, state, content_hash) values (${issueId}, 1, 'bounced', 'h')`,
    );
    await desk.db.run(
      sql`insert into mail_reports (reader_id, delivery_id, kind, status, at) values (1, 1, 'soft', '4.2.2', ${testNow})`,
    );
    const { body } = await desk.get('/desk/readers/1');
    for (const words of ['reader-1@readers.example', 'speech', 'came back', 'soft 4.2.2', 'confirmed'])
      expect(body).toContain(words);
    expect((await desk.get('/desk/readers/99')).statusCode).toBe(404);
  });

  test.each([
    ['pause', 'paused', 'active'],
    ['leave', 'unsubscribed', 'active'],
    ['suppress', 'active', 'active'],
  ])('is put through %s once, and it is written down without the address', async (what, status, before) => {
    const desk = await openDesk();
    await seed(desk);
    expect((await desk.send('/desk/readers/2', { what })).headers.location).toBe(`/desk/readers/2?said=${what}`);
    expect(await readerByEmail(desk.db, 'reader-2@readers.example')).toMatchObject({
      status,
      isSuppressed: what === 'suppress',
    });
    const [entry] = await listAudit(desk.db, 'reader 2');
    expect(entry).toMatchObject({ actor: 'Olga', before: { status: before } });
    expect(JSON.stringify(entry)).not.toContain('@');
    expect((await desk.send('/desk/readers/2', { what })).statusCode).toBe(409);
  });

  test('what a curator stopped a curator allows again; what bounced stays stopped', async () => {
    const desk = await openDesk();
    await seed(desk);
    await desk.send('/desk/readers/1', { what: 'suppress' });
    expect((await desk.send('/desk/readers/1', { what: 'release' })).statusCode).toBe(303);
    await desk.db.run(sql`insert into suppressions (email, reason) values ('reader-2@readers.example', 'bounced')`);
    expect((await desk.send('/desk/readers/2', { what: 'release' })).statusCode).toBe(409);
    expect((await readerByEmail(desk.db, 'reader-2@readers.example'))?.isSuppressed).toBe(true);
  });

  test('is deleted for good, after a question', async () => {
    const desk = await openDesk();
    await seed(desk);
    const asked = await desk.send('/desk/readers/1', { what: 'delete' });
    expect(asked.statusCode).toBe(409);
    expect(asked.body).toContain('Delete reader-1@readers.example?');
    expect(await readerByEmail(desk.db, 'reader-1@readers.example')).toBeDefined();
    await desk.send('/desk/readers/1', { what: 'delete', anyway: 'delete 1' });
    expect(await readerByEmail(desk.db, 'reader-1@readers.example')).toBeUndefined();
  });

  test('who has not confirmed is asked again, once an hour at most', async () => {
    const desk = await openDesk();
    await desk.send('/desk/readers', { email: 'Late@Example.org', how: 'ask', interests: 'speech, ethics' });
    expect(await desk.mail()).toMatchObject([
      { to: 'late@example.org', subject: 'Confirm your subscription to Courant' },
    ]);
    expect((await desk.send('/desk/readers/1', { what: 'resend' })).statusCode).toBe(409);
    desk.clock.now = new Date(testNow.getTime() + 2 * 3_600_000);
    expect((await desk.send('/desk/readers/1', { what: 'resend' })).statusCode).toBe(303);
    expect(await desk.mail()).toHaveLength(1);
  });

  test('who asks what is kept of them gets a mail with the way to it; who takes no mail does not', async () => {
    const desk = await openDesk();
    await seed(desk);
    const sent = await desk.send('/desk/readers/1', { what: 'data' });
    expect(sent.headers.location).toBe('/desk/readers/1?said=data');
    const [mail] = await desk.mail();
    expect(mail).toMatchObject({ to: 'reader-1@readers.example', subject: 'What Courant keeps of you' });
    const { token } = (await readerByEmail(desk.db, 'reader-1@readers.example'))!;
    expect(JSON.stringify(mail)).toContain(`/preferences/${token}/data.zip`);
    expect((await desk.send('/desk/readers/1', { what: 'data' })).statusCode).toBe(409);
    expect(await desk.mail()).toEqual([]);
    await desk.db.run(sql`insert into suppressions (email, reason) values ('reader-2@readers.example', 'bounced')`);
    expect((await desk.send('/desk/readers/2', { what: 'data' })).statusCode).toBe(409);
    expect((await desk.get('/desk/readers/2')).body).not.toContain('Mail them their data');
  });
});

describe('adding', () => {
  test('somebody who agreed keeps how, and gets the next issue', async () => {
    const desk = await openDesk();
    const answer = await desk.send('/desk/readers', {
      email: 'ada@example.org',
      how: 'agreed',
      basis: 'On paper in May',
      interests: 'speech, ethics',
    });
    expect(answer.headers.location).toBe('/desk/readers?said=added');
    const reader = (await readerByEmail(desk.db, 'ada@example.org'))!;
    expect(reader.status).toBe('active');
    expect(await listInterests(desk.db, reader.id)).toEqual(['ethics', 'speech']);
    expect(await listConsents(desk.db, reader.id)).toMatchObject([
      { event: 'confirmed', wording: 'On paper in May (added at the desk by Olga)' },
    ]);
  });

  test.each([
    [{ email: 'nobody' }, 'Their e-mail address should read like'],
    [{ email: 'ada@example.org', how: 'agreed' }, 'Say how they agreed'],
    [{ email: 'reader-1@readers.example' }, 'This address is a reader already'],
    [{ email: 'gone@readers.example' }, 'No mail may go to this address'],
  ])('%j is refused in words and changes nothing', async (fields, words) => {
    const desk = await openDesk();
    await seed(desk);
    await desk.db.run(sql`insert into suppressions (email, reason) values ('gone@readers.example', 'complained')`);
    const before = await stateOf(desk.db);
    const answer = await desk.send('/desk/readers', fields);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).toContain(words);
    expect(await stateOf(desk.db)).toBe(before);
  });
});
