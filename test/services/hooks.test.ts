// Webhooks of mail providers: what is signed counts once, as a report by mail does; what is not changes nothing.
import { execFileSync } from 'node:child_process';
import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql, type Database } from '../../core/db.ts';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { hooksRoom } from '../../services/hooks/hooks-room.ts';
import { ses } from '../../services/hooks/ses.ts';
import { signStandard } from '../../core/crypto/standard-webhook.ts';
import { buildApp } from '../../services/app.ts';
import { openRoom } from '../../services/room.ts';
import { sendIssue } from '../../services/mailer/send-issue.ts';
import { testDatabase } from '../database.ts';
import { startMailServer } from '../mail-server.ts';
import { renderSample, testHouse } from './mailer/sending-fixture.ts';

const topic = 'arn:aws:sns:eu-central-1:123456789012:mail';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secrets = {
  MAIL_HOOK_SES: topic,
  MAIL_HOOK_POSTMARK: 'postmark:a long enough password',
  MAIL_HOOK_SENDGRID: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  MAIL_HOOK_MAILGUN: 'key-0123456789abcdef',
  MAIL_HOOK_SECRET: `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`,
};

let db: Database;
let app: FastifyInstance;
let messageIds: string[];
let house: ReturnType<typeof testHouse>['house'];

beforeEach(async () => {
  db = await testDatabase();
  const { issueId } = await renderSample(db, { readers: 3 });
  const server = await startMailServer();
  ({ house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', ...secrets }));
  await sendIssue(house, issueId, new AbortController().signal);
  await server.stop();
  messageIds = (await db.rows<{ messageId: string }>(sql`select message_id from deliveries order by reader_id`)).map(({ messageId }) => messageId); // prettier-ignore
  app = await buildApp(house, { rooms: ['web'] });
});
afterEach(() => app.close());

async function post(provider: string, payload: string, headers: Record<string, string> = {}) {
  const answer = await app.inject({ method: 'POST', url: `/hooks/mail/${provider}`, headers: { host: 'localhost', 'content-type': 'application/json', ...headers }, payload }); // prettier-ignore
  return answer.statusCode;
}

const statuses = () => db.rows(sql`select readers.status, deliveries.state from readers join deliveries on reader_id = readers.id order by readers.id`); // prettier-ignore
const untouched = { status: 'active', state: 'submitted' };
const gone = { status: 'bounced', state: 'bounced' };
const complained = { status: 'complained', state: 'complained' };
const reports = async () => (await db.rows<{ kind: string }>(sql`select kind from mail_reports order by id`)).map(({ kind }) => kind); // prettier-ignore

const basic = { authorization: `Basic ${Buffer.from(secrets.MAIL_HOOK_POSTMARK).toString('base64')}` };

function sendgrid(body: string, at = house.now()): Record<string, string> {
  const time = String(Math.floor(at.getTime() / 1000));
  return { 'x-twilio-email-event-webhook-timestamp': time, 'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(time + body), privateKey).toString('base64') }; // prettier-ignore
}

function mailgun(event: object, at = house.now()): string {
  const [timestamp, token] = [String(Math.floor(at.getTime() / 1000)), 'abc'];
  const signature = createHmac('sha256', secrets.MAIL_HOOK_MAILGUN)
    .update(timestamp + token)
    .digest('hex');
  return JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event });
}

function standard(body: string, at = house.now()): Record<string, string> {
  const time = String(Math.floor(at.getTime() / 1000));
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': `v1,AAAA ${signStandard({ id: 'msg_1', time, body }, secrets.MAIL_HOOK_SECRET)}` }; // prettier-ignore
}

describe('a hard bounce and a complaint end the mail at once, and count once', () => {
  test('Postmark', async () => {
    const bounce = JSON.stringify({ RecordType: 'Bounce', Type: 'HardBounce', Email: 'Reader1@example.org', Details: 'smtp;550 5.1.1 no such user' }); // prettier-ignore
    expect(await post('postmark', bounce, basic)).toBe(200);
    expect(await post('postmark', bounce, basic)).toBe(200);
    expect(await post('postmark', JSON.stringify({ RecordType: 'SpamComplaint', Email: 'reader2@example.org' }), basic)).toBe(200); // prettier-ignore
    expect(await post('postmark', JSON.stringify({ RecordType: 'Delivery', Email: 'reader3@example.org' }), basic)).toBe(200); // prettier-ignore
    expect(await statuses()).toEqual([gone, complained, untouched]);
    expect(await reports()).toEqual(['hard', 'complaint']);
    expect(await db.rows(sql`select email, reason from suppressions order by email`)).toEqual([{ email: 'reader1@example.org', reason: 'bounced' }, { email: 'reader2@example.org', reason: 'complained' }]); // prettier-ignore
  });

  test('SendGrid, many in one call', async () => {
    const body = JSON.stringify([
      { event: 'bounce', type: 'bounce', email: 'elsewhere@example.net', status: '5.1.1', reason: '550 5.1.1 unknown', 'smtp-id': messageIds[0] }, // prettier-ignore
      { event: 'spamreport', email: 'reader2@example.org' },
      { event: 'bounce', type: 'blocked', email: 'reader3@example.org', status: '5.7.1', reason: '550 5.7.1 listed' },
      { event: 'open', email: 'reader3@example.org' },
    ]);
    expect(await post('sendgrid', body, sendgrid(body))).toBe(200);
    expect(await statuses()).toEqual([gone, complained, { status: 'active', state: 'bounced' }]);
    expect(await reports()).toEqual(['hard', 'complaint', 'refused']);
  });

  test('Mailgun, which leaves the angles of a Message-ID away', async () => {
    const headers = { 'message-id': messageIds[1]!.slice(1, -1) };
    const status = { code: 550, 'enhanced-code': '5.1.1', message: '5.1.1 no such user' };
    const failed = { event: 'failed', recipient: 'x@example.net', message: { headers }, 'delivery-status': status };
    expect(await post('mailgun', mailgun({ ...failed, severity: 'temporary' }))).toBe(200);
    expect(await reports()).toEqual([]);
    expect(await post('mailgun', mailgun({ ...failed, severity: 'permanent' }))).toBe(200);
    expect(await post('mailgun', mailgun({ event: 'complained', recipient: 'reader3@example.org' }))).toBe(200);
    expect(await statuses()).toEqual([untouched, gone, complained]);
  });

  test('any other, by Standard Webhooks', async () => {
    const bounced = JSON.stringify({ type: 'mail.bounced', data: { messageId: messageIds[0] } });
    expect(await post('standard', bounced, standard(bounced))).toBe(200);
    const soft = JSON.stringify({ type: 'mail.bounced', data: { email: 'reader2@example.org', kind: 'soft', status: '4.2.2' } }); // prettier-ignore
    expect(await post('standard', soft, standard(soft))).toBe(200);
    const spam = JSON.stringify({ type: 'mail.complained', data: { email: 'reader3@example.org' } });
    expect(await post('standard', spam, standard(spam))).toBe(200);
    expect(await statuses()).toEqual([gone, { status: 'active', state: 'bounced' }, complained]);
  });

  test('Amazon SES by SNS, whose topic is confirmed by itself', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'courant-sns-'));
    try {
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=sns', '-keyout', join(directory, 'key'), '-out', join(directory, 'cert')], { stdio: 'pipe' }); // prettier-ignore
    } catch {
      process.stderr.write('skip: openssl is not installed (apt-get install openssl)\n');
      return;
    }
    const [key, certificate] = ['key', 'cert'].map((name) => readFileSync(join(directory, name), 'utf8')) as [string, string]; // prettier-ignore
    rmSync(directory, { recursive: true });
    const fetched: string[] = [];
    await app.close();
    app = fastify();
    hooksRoom(app, openRoom(house), async (url) => (fetched.push(url), certificate));
    const cert = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem';
    const notice = (message: object, more: Record<string, string> = {}) => {
      const fields: Record<string, string> = { Type: 'Notification', MessageId: '1', TopicArn: topic, Message: JSON.stringify(message), Timestamp: '2026-11-21T08:00:00Z', SignatureVersion: '2', SigningCertURL: cert, ...more }; // prettier-ignore
      const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
      const text = names.flatMap((name) => (fields[name] === undefined ? [] : [`${name}\n${fields[name]}\n`])).join('');
      const version = fields['SignatureVersion'] === '2' ? 'RSA-SHA256' : 'RSA-SHA1';
      return JSON.stringify({ ...fields, Signature: createSign(version).update(text).sign(key, 'base64') });
    };
    const mail = { commonHeaders: { messageId: messageIds[0] } };
    const permanent = { notificationType: 'Bounce', mail, bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'reader1@example.org', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 unknown' }] } }; // prettier-ignore
    expect(await post('ses', notice(permanent))).toBe(200);
    const complaint = { eventType: 'Complaint', mail: {}, complaint: { complainedRecipients: [{ emailAddress: 'reader2@example.org' }] } }; // prettier-ignore
    expect(await post('ses', notice(complaint, { SignatureVersion: '1', Subject: 'Amazon SES' }))).toBe(200);
    expect(await statuses()).toEqual([gone, complained, untouched]);

    const confirm = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=x';
    expect(await post('ses', notice({}, { Type: 'SubscriptionConfirmation', Token: 'x', SubscribeURL: confirm }))).toBe(200); // prettier-ignore
    expect(fetched.at(-1)).toBe(confirm);
    // Not Amazon's certificate, not our topic, not what was signed.
    const before = fetched.length;
    for (const elsewhere of [
      'https://sns.evil.example/x.pem',
      // Buckets and other regions, which are not of the topic.
      'https://sns.s3.amazonaws.com/x.pem',
      'https://sns.s3-eu-central-1.amazonaws.com/x.pem',
      'https://sns.us-east-1.amazonaws.com/x.pem',
      'http://sns.eu-central-1.amazonaws.com/x.pem',
      'https://sns.amazonaws.com.evil.example/x.pem',
    ])
      // prettier-ignore
      expect(await post('ses', notice(permanent, { SigningCertURL: elsewhere }))).toBe(401);
    expect(await post('ses', notice(permanent, { TopicArn: `${topic}2` }))).toBe(401);
    expect(fetched).toHaveLength(before);
    expect(await post('ses', notice(complaint).replaceAll('reader2@', 'reader3@'))).toBe(401);
    expect(await statuses()).toEqual([gone, complained, untouched]);
  });
});

describe('what says nothing of a mailbox ends nobody', () => {
  const notification = (message: object) => ses.events(JSON.stringify({ Type: 'Notification', MessageId: '1', TopicArn: topic, Message: JSON.stringify(message), Timestamp: '2026-11-21T08:00:00Z', SignatureVersion: '2', Signature: 'x', SigningCertURL: 'x' })); // prettier-ignore
  const bounced = (bounceType: string, bounceSubType: string, more: object = {}) => notification({ notificationType: 'Bounce', mail: {}, bounce: { bounceType, bounceSubType, bouncedRecipients: [{ emailAddress: 'a@b.example', ...more }] } }).map(({ kind }) => kind); // prettier-ignore

  test('Amazon SES: somebody who is away is no bounce, and nothing transient is hard', () => {
    expect(bounced('Transient', 'General')).toEqual([]);
    expect(bounced('Transient', 'General', { status: '4.4.1' })).toEqual(['soft']);
    expect(bounced('Transient', 'MailboxFull')).toEqual(['soft']);
    expect(bounced('Transient', 'General', { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 no such user' })).toEqual(['soft']); // prettier-ignore
    expect(bounced('Transient', 'ContentRejected')).toEqual(['refused']);
    expect(bounced('Permanent', 'General')).toEqual(['hard']);
  });

  test('Amazon SES: a failure of our signature, or a virus, is no complaint', () => {
    const complaint = (complaintFeedbackType?: string) => notification({ eventType: 'Complaint', mail: {}, complaint: { complaintFeedbackType, complainedRecipients: [{ emailAddress: 'a@b.example' }] } }).map(({ kind }) => kind); // prettier-ignore
    for (const type of ['auth-failure', 'virus', 'not-spam']) expect([type, complaint(type)]).toEqual([type, []]);
    for (const type of ['abuse', 'fraud', 'other', undefined]) expect([type, complaint(type)]).toEqual([type, ['complaint']]); // prettier-ignore
  });

  test('Mailgun: what it gave up after days', async () => {
    const old = { event: 'failed', severity: 'permanent', reason: 'old', recipient: 'reader1@example.org' };
    expect(await post('mailgun', mailgun({ ...old, 'delivery-status': { code: 602, message: 'Too old' } }))).toBe(200);
    const quoting = { code: 550, message: '550 5.1.1 no such user' };
    expect(await post('mailgun', mailgun({ ...old, recipient: 'reader2@example.org', 'delivery-status': quoting }))).toBe(200); // prettier-ignore
    expect(await reports()).toEqual(['soft', 'soft']);
    expect(await db.rows(sql`select distinct status from readers`)).toEqual([{ status: 'active' }]);
  });
});

test('a soft bounce of three issues in a row ends the mail', async () => {
  await db.run(sql`
    insert into issues (number, slug, week, title) select n, 'w' || n, date '2026-12-07' + 7 * n, 'x' from generate_series(20, 21) as n`); // prettier-ignore
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, content_hash, state, message_id)
    select issues.id, 1, 'x', 'submitted', '<delivery-' || (100 + number) || '.x@example.org>' from issues where number >= 20`); // prettier-ignore
  await db.run(sql`update deliveries set message_id = '<delivery-' || id || '.x@example.org>'`);
  const ids = await db.rows<{ messageId: string }>(
    sql`select message_id from deliveries where reader_id = 1 order by id`,
  );
  for (const [at, { messageId }] of ids.entries()) {
    const body = JSON.stringify({ type: 'mail.bounced', data: { messageId, kind: 'soft', status: '4.2.2' } });
    expect(await post('standard', body, standard(body))).toBe(200);
    expect((await db.row(sql`select status from readers where id = 1`))!).toEqual({ status: at < 2 ? 'active' : 'bounced' }); // prettier-ignore
  }
});

test('what has to be checked with something that cannot be fetched now is to be sent again', async () => {
  const notice = JSON.stringify({ Type: 'Notification', MessageId: '1', TopicArn: topic, Message: '{}', Timestamp: '2026-11-21T08:00:00Z', SignatureVersion: '2', Signature: 'eA==', SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/x.pem' }); // prettier-ignore
  await app.close();
  const failing = async (error: Error) => {
    app = fastify();
    hooksRoom(app, openRoom(house), async () => {
      throw error;
    });
    const answer = await app.inject({ method: 'POST', url: '/hooks/mail/ses', payload: notice });
    await app.close();
    return { status: answer.statusCode, retryAfter: answer.headers['retry-after'] };
  };
  expect(await failing(new TemporaryError('timed out'))).toEqual({ status: 503, retryAfter: '60' });
  expect(await failing(new TemporaryError('503', { retryAfterMs: 7001 }))).toEqual({ status: 503, retryAfter: '8' });
  // A forged address of a certificate leads nowhere, and never will.
  expect(await failing(new PermanentError('answered 404'))).toEqual({ status: 401, retryAfter: undefined });
  app = fastify();
});

test('what is not signed, or is no webhook, changes nothing', async () => {
  const bounce = JSON.stringify({ RecordType: 'Bounce', Type: 'HardBounce', Email: 'reader1@example.org' });
  expect(await post('postmark', bounce)).toBe(401);
  expect(await post('postmark', bounce, { authorization: 'Basic eDp5' })).toBe(401);
  expect(await post('postmark', '{"RecordType":', basic)).toBe(400);
  const batch = JSON.stringify([{ event: 'spamreport', email: 'reader1@example.org' }]);
  expect(await post('sendgrid', batch)).toBe(401);
  expect(await post('sendgrid', `${batch} `, sendgrid(batch))).toBe(401);
  const event = mailgun({ event: 'complained', recipient: 'reader1@example.org' });
  expect(await post('mailgun', event.replace('"abc"', '"abd"'))).toBe(401);
  expect(await post('mailgun', 'no json')).toBe(401);
  // The signatures of the day before yesterday, which somebody kept.
  const kept = new Date(house.now().getTime() - 2 * 86_400_000);
  expect(await post('sendgrid', batch, sendgrid(batch, kept))).toBe(401);
  expect(await post('mailgun', mailgun({ event: 'complained', recipient: 'reader1@example.org' }, kept))).toBe(401);
  const told = JSON.stringify({ type: 'mail.complained', data: { email: 'reader1@example.org' } });
  const late = new Date(house.now().getTime() - 301_000);
  expect(await post('standard', told, standard(told, late))).toBe(401);
  expect(await post('standard', `${told} `, standard(told))).toBe(401);
  expect(await post('ses', 'x')).toBe(401);
  expect(await post('other', told)).toBe(404);
  // A forged Message-ID is none of ours.
  const forged = JSON.stringify({ type: 'mail.bounced', data: { messageId: '<delivery-1.forged@example.org>' } });
  expect(await post('standard', forged, standard(forged))).toBe(200);
  expect(await statuses()).toEqual([untouched, untouched, untouched]);
  expect(await reports()).toEqual([]);
});
