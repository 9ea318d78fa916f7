// Who is not believed, and who hears nothing: forgers, programs, lists, ourselves; and that a mail is heeded once.
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { keyFor } from '../../../core/crypto/secret-key.ts';
import { sql } from '../../../core/db.ts';
import { returnAddresses, returnPurpose } from '../../../core/mail/return-address.ts';
import { parseWrittenMail } from '../../../core/mail/parse-mail.ts';
import { addReaders, readerByEmail, setPaused } from '../../../core/store/readers.ts';
import { judgeSender } from '../../../services/inbox/judge-sender.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { renderSample, sendAt } from '../mailer/sending-fixture.ts';
import { ada, addAda, at, keyRecord, laterBy, mail, mailed, never, openMailScene, post, records, signed, statusOf, subscribe } from './mail-scene.ts'; // prettier-ignore

openMailScene();

describe('who cannot be shown to be the reader', () => {
  test.each(['leave', 'pause'])('changes nothing by "%s": a link goes to the reader, once a day', async (word) => {
    const { to } = await addAda();
    for (const from of [ada, 'evil@else.example']) expect(await post(mail(to, { text: word }), { to, from })).toBe(250);
    expect(await statusOf()).toBe('active');
    const [check, ...more] = await mailed();
    expect(more).toEqual([]);
    const page = word === 'leave' ? 'unsubscribe' : 'preferences';
    expect(check!.to).toBe(ada);
    expect(check!.text).toContain(`https://news.example.org/${page}/${(await readerByEmail(at.db, ada))!.token}`);
  });

  test('is anybody else, however well their own domain signs', async () => {
    const { to } = await addAda();
    records.set('m._domainkey.else.example', [keyRecord]);
    const raw = mail(to, { text: 'leave', from: 'evil@else.example' });
    await post(await signed(raw, { signingDomain: 'else.example' }), { to, from: 'evil@else.example' });
    expect(await statusOf()).toBe('active');
    expect((await mailed()).map(({ to: whom }) => whom)).toEqual([ada]);
  });

  test.each([
    ['a body changed after it was signed', async (raw: string) => (await signed(raw)).replace(Buffer.from('leave').toString('base64'), Buffer.from('pause').toString('base64'))],
    ['a signature over the beginning of the body', (raw: string) => signed(raw, { maxBodyLength: 1 })],
    ['a second From', async (raw: string) => `From: evil@else.example\r\n${await signed(raw)}`],
    ['a key that is not there', (raw: string) => signed(raw, { selector: 'other' })],
  ])('nor by %s', async (_name, tampered) => {
    const { to } = await addAda();
    await post(await tampered(mail(to, { text: 'leave' })), { to });
    expect(await statusOf()).toBe('active');
  }); // prettier-ignore

  test('nor with an address that was made up, which is refused', async () => {
    const { to } = await addAda();
    expect(await post(await signed(mail(to, { text: 'leave' })), { to: `${to[0]}-0${to.slice(3)}` })).toBe(550);
    expect(await post(mail(subscribe, { text: 'speech' }), { to: 'subscribe@other.example' })).toBe(550);
    await at.db.run(sql`delete from readers`);
    expect(await post(await signed(mail(to, { text: 'leave' })), { to })).toBe(550);
  });
});

describe('names under which programs and people write', () => {
  test.each(['root', 'owner', 'postmaster'])('%s: the reader of that name steers, proven, and by nothing else', async (name) => {
    const email = `${name}@reader.example`;
    await addReaders(at.db, { readers: [{ email, interests: ['speech'], length: 12 }], wording: 'test', at: sendAt });
    const { id } = (await readerByEmail(at.db, email))!;
    const to = returnAddresses(await keyFor(at.house, returnPurpose), 'inbox.example')({ kind: 'reply', id });
    const status = async () => (await readerByEmail(at.db, email))!.status;
    expect(await post(mail(to, { text: 'leave', from: email }), { to, from: email })).toBe(250);
    expect([await status(), await mailed()]).toEqual(['active', []]);
    const automatic = mail(to, { text: 'leave', from: email, headers: ['Auto-Submitted: auto-generated'] });
    await post(await signed(automatic), { to, from: email });
    expect([await status(), await mailed()]).toEqual(['active', []]);
    await post(await signed(mail(to, { text: 'leave', from: email })), { to, from: email });
    expect(await status()).toBe('unsubscribed');
    expect(await mailed()).toHaveLength(1);
  }); // prettier-ignore

  test('nobody subscribes under one by mail', async () => {
    await post(mail(subscribe, { subject: 'speech', from: 'root@reader.example' }), { to: subscribe, from: 'root@reader.example' });
    expect(await mailed()).toEqual([]);
  }); // prettier-ignore
});

describe('programs and lists', () => {
  test.each([
    ['Auto-Submitted: auto-replied'], ['Auto-Submitted: auto-generated (rejected)'], ['Precedence: bulk'], ['Precedence: list'], ['Precedence: auto_reply'], ['List-Id: <x.lists.example>'], ['List-Unsubscribe: <mailto:x@lists.example>'],
    ['X-Auto-Response-Suppress: All'], ['X-Autoreply: yes'], ['X-Loop: x'], ['Return-Path: <>'],
  ])('%s: taken, and nothing comes of it', async (field) => {
    const { to } = await addAda();
    expect(await post(await signed(mail(to, { text: 'leave', headers: [field] })), { to })).toBe(250);
    expect(await post(mail(subscribe, { subject: 'speech', headers: [field] }), { to: subscribe })).toBe(250);
    expect(await mailed()).toEqual([]);
    expect(await statusOf()).toBe('active');
  }); // prettier-ignore

  test.each(['Automatic reply: Courant No 12', 'Re: Out of office', 'Abwesenheitsnotiz: Courant', 'Respuesta automática: Courant', 'Réponse automatique : Courant', '自动回复：Courant'])('a subject such as "%s" is one, too', async (subject) => {
    const { to } = await addAda();
    expect(await post(await signed(mail(to, { subject, text: 'I am away.' })), { to })).toBe(250);
    expect(await mailed()).toEqual([]);
  }); // prettier-ignore

  test.each([[''], ['mailer-daemon@reader.example'], ['news@example.org'], ['b-1@inbox.example'], ['friends-request@lists.example']])('from <%s>: the same', async (from) => {
    const { to } = await addAda();
    expect(await post(mail(to, { text: 'leave', from: from || ada }), { to, from })).toBe(250);
    expect(await mailed()).toEqual([]);
  }); // prettier-ignore

  test('our own mails end nowhere: what we reply brings no reply', async () => {
    const { to } = await addAda();
    await post(await signed(mail(to, { text: 'help' })), { to });
    at.server.taken.length = 0;
    await sendNotices(at.house, never);
    expect(await post(at.server.taken[0]!.raw.toString(), { to, from: 'news@example.org' })).toBe(250);
    laterBy(25);
    expect(await mailed()).toEqual([]);
  });
});

test('a mail that comes again, since its sender heard no reply, is heeded once', async () => {
  const { to } = await addAda();
  const raw = await signed(mail(to, { text: 'pause 2 weeks', id: '<once@mua.example>' }));
  const { queue } = at.house;
  // As if the process had died after the commit and before 250.
  at.house.queue = { ...queue, enqueue: async () => Promise.reject(new Error('gone')) };
  expect(await post(raw, { to })).toBe(451);
  at.house.queue = queue;
  await setPaused(at.db, (await readerByEmail(at.db, ada))!.id, { paused: false, at: sendAt });
  expect(await post(raw, { to })).toBe(250);
  expect(await statusOf()).toBe('active');
  expect(await mailed()).toHaveLength(1);
  const form = mail(subscribe, { subject: 'speech', from: 'bob@reader.example', id: '<form@mua.example>' });
  for (let time = 0; time < 3; time++)
    expect(await post(form, { to: subscribe, from: 'bob@reader.example' })).toBe(250);
  expect(await at.db.rows(sql`select 1 from asks`)).toHaveLength(1);
});

test('what is too long is refused, and so is the twenty-first mail of a mailbox in a day; others still pass', async () => {
  const { to } = await addAda();
  expect(await post(await signed(mail(to, { text: `leave\n${'x'.repeat(900_000)}` })), { to })).toBe(552);
  for (let n = 0; n < 20; n++)
    expect(await post(mail(subscribe, { subject: `help ${n}` }), { to: subscribe })).toBe(250);
  expect(await post(mail(subscribe, { subject: 'one more' }), { to: subscribe })).toBe(450);
  // What anybody may write in her name uses up nothing of hers.
  expect(await post(await signed(mail(to, { text: 'leave' })), { to })).toBe(250);
  expect(await statusOf()).toBe('unsubscribed');
});

test('a letter names its reader’s own address for replies, and a command sent there is heeded', async () => {
  const { issueId } = await renderSample(at.db, { readers: 2 });
  await sendIssue(at.house, issueId, never);
  const heads = await Promise.all(
    at.server.taken.map(async ({ to, raw }) => ({ to, parsed: await PostalMime.parse(raw) })),
  );
  const replyTo = new Map(heads.map(({ to, parsed }) => [to, parsed.replyTo?.map(({ address }) => address)]));
  const [first] = replyTo.get('reader1@example.org')!;
  expect(replyTo.get('reader2@example.org')).not.toEqual([first]);
  records.set('m._domainkey.example.org', [keyRecord]);
  const raw = mail(first!, { text: 'leave', from: 'reader1@example.org' });
  expect(await post(await signed(raw, { signingDomain: 'example.org' }), { to: first!, from: 'reader1@example.org' })).toBe(250); // prettier-ignore
  const rows = await at.db.rows<{ email: string; status: string }>(
    sql`select email, status from readers order by email`,
  );
  expect(rows.map(({ status }) => status)).toEqual(['unsubscribed', 'active']);
});

describe('SPF', () => {
  const raw = Buffer.from(mail(subscribe, {}));
  const judge = async (ip: string, sender = ada) => judgeSender(at.dns.dns, { raw, origin: { sender, ip, helo: 'mx.reader.example' }, mail: await parseWrittenMail(raw), recipient: subscribe, now: sendAt }); // prettier-ignore
  test('of the domain of From proves, of another one forges, and of a relay beside us says nothing', async () => {
    records.set('reader.example', ['v=spf1 ip4:203.0.112.7 ip4:127.0.0.1 -all']);
    records.set('else.example', ['v=spf1 ip4:203.0.112.9 -all']);
    expect(await judge('203.0.112.7')).toBe('proven');
    expect(await judge('203.0.112.7', 'bounce@mail.reader.example')).toBe('unproven');
    expect(await judge('203.0.112.8')).toBe('forged');
    expect(await judge('203.0.112.9', 'evil@else.example')).toBe('forged');
    expect(await judge('127.0.0.1')).toBe('unproven');
  });
});
