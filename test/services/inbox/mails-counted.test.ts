// What forgers write in a reader's name keeps the reader from nothing; what is passed on has bounds; sentences reach a person.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import {
  ada,
  addAda,
  at,
  laterBy,
  mail,
  mailed,
  openMailScene,
  post,
  signed,
  statusOf,
  subscribe,
} from './mail-scene.ts';

openMailScene();

describe('what is forged', () => {
  test('as a "pause" takes no place of the link to leave by, of which there is one a day', async () => {
    const { to } = await addAda();
    await post(mail(subscribe, { text: 'pause' }), { to: subscribe, from: 'mallory@evil.example' });
    expect((await mailed()).map(({ text }) => text.includes('/preferences/'))).toEqual([true]);
    laterBy(2);
    for (let time = 0; time < 3; time++) await post(mail(to, { text: 'leave' }), { to });
    expect((await mailed()).map(({ text }) => text.includes('/unsubscribe/'))).toEqual([true]);
    expect(await statusOf()).toBe('active');
  });

  test('six hundred times an hour keeps no proven mail out, and the six hundred and first is not heeded', async () => {
    const { to } = await addAda();
    await at.db.run(sql`
      insert into reader_mails (key, mailbox, proven, at)
      select 'k' || n, 'm' || n || '@x.example', false, ${at.clock.now}::timestamptz from generate_series(1, 600) n`);
    expect(await post(mail(to, { text: 'pause' }), { to })).toBe(450);
    expect(await post(await signed(mail(to, { text: 'leave' })), { to })).toBe(250);
    expect(await statusOf()).toBe('unsubscribed');
  });
});

test.each(['Kündigung', 'Abmeldung', 'unsubscribe courant'])('"%s" at the subscribe address asks for no subscription', async (subject) => {
  await addAda();
  expect(await post(await signed(mail(subscribe, { subject })), { to: subscribe })).toBe(250);
  expect(await statusOf()).toBe('unsubscribed');
  expect(await at.db.rows(sql`select 1 from asks`)).toEqual([]);
}); // prettier-ignore

test.each(['Hold on, see section 3.4, that is wrong', 'Pause: the link in story 12 is dead', 'Hold on, I have 2 questions'])('"%s" goes to the person who reads replies', async (text) => {
  const { to } = await addAda();
  await saveSettings(at.db, { replyTo: 'editor@example.org' });
  await post(await signed(mail(to, { text, subject: 'x'.repeat(5_000) })), { to });
  const [passedOn, ...more] = await mailed();
  expect([more, passedOn!.to, await statusOf()]).toEqual([[], 'editor@example.org', 'active']);
  expect(passedOn!.subject).toBe(`Courant: ${ada} wrote: ${'x'.repeat(199)}…`);
}); // prettier-ignore

test('through one reply address others reach the person five times a day, and its own reader is not kept out by them', async () => {
  const { to } = await addAda();
  await saveSettings(at.db, { replyTo: 'editor@example.org' });
  const codes: number[] = [];
  for (let n = 1; n <= 7; n++)
    codes.push(
      await post(mail(to, { text: `Buy ${n}`, from: `s${n}@else.example` }), { to, from: `s${n}@else.example` }),
    );
  // The server keeps what hears 450 and comes again; it was not noted, so that it is passed on then.
  expect(codes).toEqual([250, 250, 250, 250, 250, 450, 450]);
  expect(await mailed()).toHaveLength(5);
  expect(await post(await signed(mail(to, { text: 'A question about story 12' })), { to })).toBe(250);
  expect((await mailed()).map(({ to: whom }) => whom)).toEqual(['editor@example.org']);
  // Who must be able to leave without a proof is not kept out, either.
  expect(await post(mail(to, { text: 'leave' }), { to })).toBe(250);
  expect((await mailed()).map(({ to: whom }) => whom)).toEqual([ada]);
  laterBy(24);
  expect(await post(mail(to, { text: 'Buy 8', from: 's8@else.example' }), { to, from: 's8@else.example' })).toBe(250);
});
