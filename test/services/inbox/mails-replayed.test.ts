// A signature proves a mail that was written to us lately, and no other; one mail is heeded once.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { readerByEmail, setPaused } from '../../../core/store/readers.ts';
import { sendAt } from '../mailer/sending-fixture.ts';
import { ada, addAda, at, mail, mailed, openMailScene, post, signed, statusOf, subscribe } from './mail-scene.ts';

openMailScene();

const mallory = 'mallory@evil.example';
const written = 'Date: Sat, 21 Nov 2026 09:00:00 +0000';

test.each([
  ['to somebody else', (to: string) => signed(mail('list@elsewhere.example', { text: 'leave' }).replace('To: ', `X-To: ${to}\r\nTo: `))],
  ['to somebody else, with our address added on top', async (to: string) => `To: ${to}\r\n${await signed(mail('list@elsewhere.example', { text: 'leave' }))}`],
  ['four days ago', (to: string) => signed(mail(to, { text: 'leave' }).replace(written, 'Date: Tue, 17 Nov 2026 06:00:00 +0000'))],
  ['in four days', (to: string) => signed(mail(to, { text: 'leave' }).replace(written, 'Date: Wed, 25 Nov 2026 08:00:00 +0000'))],
  ['without a date', (to: string) => signed(mail(to, { text: 'leave' }).replace(`${written}\r\n`, ''))],
  ['four days ago, with a new date on top', async (to: string) => `${written}\r\n${await signed(mail(to, { text: 'leave' }).replace(written, 'Date: Tue, 17 Nov 2026 06:00:00 +0000'))}`],
  ['with another subject on top', async (to: string) => `Subject: leave\r\n${await signed(mail(to, { subject: 'x' }))}`],
])('a signed mail that was written %s, and handed on, changes nothing', async (_name, made) => {
  const { to } = await addAda();
  expect(await post(await made(to), { to, from: mallory })).toBe(250);
  expect(await statusOf()).toBe('active');
  const links = await mailed();
  expect(links.every(({ to: whom, text }) => whom === ada && !text.includes('No more mail'))).toBe(true);
}); // prettier-ignore

test('an old mail brings a link to the reader', async () => {
  const { to } = await addAda();
  await post(await signed(mail('list@elsewhere.example', { text: 'leave' })), { to: subscribe, from: mallory });
  await post(await signed(mail(to, { text: 'resume' })), { to });
  expect((await mailed()).filter(({ text }) => text.includes('/unsubscribe/'))).toHaveLength(1);
});

test('a mail that was written to us in Cc, or two days ago, is believed', async () => {
  const { to } = await addAda();
  const raw = mail('friend@elsewhere.example', { text: 'leave', headers: [`Cc: Courant <${to}>`] });
  expect(await post(await signed(raw.replace(written, 'Date: Thu, 19 Nov 2026 09:00:00 +0000')), { to })).toBe(250);
  expect(await statusOf()).toBe('unsubscribed');
});

test('a mail that was heeded at one of our addresses is known at the other', async () => {
  const { to } = await addAda();
  const raw = await signed(mail(`${to}, ${subscribe}`, { text: 'pause' }));
  await post(raw, { to });
  await setPaused(at.db, (await readerByEmail(at.db, ada))!.id, { paused: false, at: sendAt });
  expect(await post(raw, { to: subscribe })).toBe(250);
  expect(await statusOf()).toBe('active');
});

test.each(['', ' ', '<>', '< >'])('a Message-ID of "%s" is none: others who have the same are heeded', async (id) => {
  for (const from of ['bob@one.example', 'eve@one.example', 'ada@two.example'])
    for (const subject of ['speech', 'robots'])
      expect(await post(mail(subscribe, { subject, from, id }), { to: subscribe, from })).toBe(250);
  expect(await at.db.rows(sql`select 1 from reader_mails`)).toHaveLength(6);
});

test('a proven mail that is handed on again under another Message-ID, which nobody signed, is known', async () => {
  const { to } = await addAda();
  const unnamed = mail(to, { text: 'pause' }).replace(/^Message-ID: .*\r\n/m, '');
  const raw = await signed(unnamed, { headerList: ['From', 'To', 'Subject', 'Date'].join(':') });
  const again = [raw, `Message-ID: <1@evil.example>\r\n${raw}`, `X-Trace: 2\r\n${raw}`];
  expect(await post(again[0]!, { to })).toBe(250);
  expect(await statusOf()).toBe('paused');
  for (const one of again) {
    await setPaused(at.db, (await readerByEmail(at.db, ada))!.id, { paused: false, at: sendAt });
    expect(await post(one, { to, from: mallory })).toBe(250);
    expect(await statusOf()).toBe('active');
  }
  // Blanks are not signed where relays may change them.
  expect(await post(raw.replace('Subject: Re:', 'Subject:  Re:'), { to, from: mallory })).toBe(250);
  expect(await statusOf()).toBe('active');
  for (const blank of ['\t', ' \t ', '\r\n ', '\r\n\t', '\t\r\n  \t']) {
    expect(await post(raw.replace('Subject: Re: ', `Subject: Re:${blank}`), { to, from: mallory })).toBe(250);
    expect([blank, await statusOf()]).toEqual([blank, 'active']);
  }
  // Another one of hers, a second later, is heeded.
  const later = unnamed.replace('09:00:00', '09:00:01');
  expect(await post(await signed(later), { to })).toBe(250);
  expect(await statusOf()).toBe('paused');
});
