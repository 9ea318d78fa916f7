// Which signatures of a mail are verified, and that what is too much is refused before it is parsed.
import { expect, test } from 'vitest';
import { keyFor } from '../../../core/crypto/secret-key.ts';
import { sql } from '../../../core/db.ts';
import { returnAddresses, returnPurpose } from '../../../core/mail/return-address.ts';
import { verifiableMail } from '../../../services/inbox/verifiable-mail.ts';
import { addAda, at, mail, openMailScene, post, subscribe } from './mail-scene.ts';

openMailScene();
const head = 'From: ada@reader.example\r\nSubject: x\r\n';

test('only signatures that are short and over the whole body are verified', () => {
  const signature = (more: string): string => `DKIM-Signature: v=1; d=reader.example; s=m; ${more} bh=a; b=b\r\n`;
  const good = signature('h=from:to:subject:\r\n date;');
  const bad = [signature(`h=${'from:'.repeat(20)}to;`), signature(`h=from; z=${'x'.repeat(4_100)};`), signature('h=from; l=2;'), signature('h=from; L = 2;')]; // prettier-ignore
  const arc = 'ARC-Seal: i=1\r\nARC-Message-Signature: i=1\r\n';
  const rest = `${head}\r\nx\r\n`;
  expect(verifiableMail(Buffer.from(`${bad.join('')}${good}${arc}${rest}`))?.toString()).toBe(`${good}${rest}`);
  for (const none of [bad.join(''), arc, good.repeat(6), ''])
    expect(verifiableMail(Buffer.from(`${none}${rest}`))).toBeUndefined();
  expect(verifiableMail(Buffer.from(`${good}${rest}${'\r\n'.repeat(20_001)}`))).toBeUndefined();
});

test('a mail and a report with too many fields are refused, and their senders hear so', async () => {
  const { id } = await addAda();
  const bounces = returnAddresses(await keyFor(at.house, returnPurpose), 'inbox.example')({ kind: 'bounce', id });
  for (const to of [subscribe, bounces])
    expect(await post(mail(to, { headers: Array.from({ length: 201 }, () => 'X: y') }), { to })).toBe(554);
});

test('a mail that would not be heeded is refused before it is read', async () => {
  const { to } = await addAda();
  const unreadable = mail(to, { headers: Array.from({ length: 201 }, () => 'X: y') });
  await at.db.run(sql`
    insert into reader_mails (key, mailbox, proven, at)
    select 'k' || n, 'm' || n || '@x.example', n > 600, ${at.clock.now}::timestamptz from generate_series(1, 1200) n`);
  expect(await post(unreadable, { to })).toBe(450);
  await at.db.run(sql`delete from readers`);
  expect(await post(unreadable, { to })).toBe(550);
});
