// What people write to us, over a real SMTP conversation: they subscribe and steer, once a mail, and a person reads what is no command.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { listInterests } from '../../../core/store/interests.ts';
import { readerByEmail } from '../../../core/store/readers.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { listConsents, requestedInterests } from '../../../core/store/subscriptions.ts';
import { sendAt } from '../mailer/sending-fixture.ts';
import { ada, addAda, at, laterBy, mail, mailed, openMailScene, post, records, signed, statusOf, subscribe } from './mail-scene.ts'; // prettier-ignore
import { rawOf, written } from './written-mails.ts';

openMailScene();

describe('who writes to the subscribe address', () => {
  test('gets the confirmation of the form, with the interests of the mail, and the consent names the mail', async () => {
    const raw = mail(subscribe, { subject: 'Subscribe', text: 'speech recognition, graph learning\n\n-- \nAda', id: '<one@mua.example>' }); // prettier-ignore
    expect(await post(raw, { to: subscribe })).toBe(250);
    const [confirmation, ...more] = await mailed();
    expect(more).toEqual([]);
    expect([confirmation!.to, confirmation!.subject]).toEqual([ada, 'Confirm your subscription to Courant']);
    const { id } = (await readerByEmail(at.db, ada))!;
    expect(await requestedInterests(at.db, { readerId: id, now: sendAt })).toEqual([
      'speech recognition',
      'graph learning',
    ]);
    const [consent] = await listConsents(at.db, id);
    expect([consent!.event, consent!.wording]).toEqual([
      'asked',
      `By mail to ${subscribe}, Message-ID <one@mua.example>`,
    ]);
    expect(await statusOf()).toBe('pending');
  });

  test('is written to as seldom as by the form, however often they write', async () => {
    for (let n = 0; n < 6; n++)
      expect(await post(mail(subscribe, { subject: `speech ${n}, robots` }), { to: subscribe })).toBe(250);
    expect(await mailed()).toHaveLength(1);
    laterBy(2);
    await post(mail(subscribe, { subject: 'graphs, maps' }), { to: subscribe });
    expect(await mailed()).toHaveLength(1);
  });

  test('in German gets German', async () => {
    await post(mail(subscribe, { subject: 'Abonnieren', text: 'Sprache, Robotik' }), { to: subscribe });
    expect((await mailed())[0]!.subject).toBe('Bestätigen Sie Ihr Abonnement von Courant');
  });

  test('with another address in the envelope, or with signs of forgery, causes no mail', async () => {
    expect(await post(mail(subscribe, { subject: 'speech' }), { to: subscribe, from: 'evil@else.example' })).toBe(250);
    records.set('_dmarc.reader.example', ['v=DMARC1; p=reject']);
    expect(await post(mail(subscribe, { subject: 'robots' }), { to: subscribe })).toBe(250);
    expect(await mailed()).toEqual([]);
    // The same, signed, is theirs, whatever the envelope says.
    expect(await post(await signed(mail(subscribe, { subject: 'robots' })), { to: subscribe, from: 'b@bounce.else.example' })).toBe(250); // prettier-ignore
    expect(await mailed()).toHaveLength(1);
  });
});

describe('a reply of the reader', () => {
  test.each(written('pause 2 weeks').map((shape) => [shape.name, shape] as const))('pauses, from %s', async (_name, shape) => {
    const { to } = await addAda();
    expect(await post(await signed(rawOf(shape, { from: `Ada <${ada}>`, to, subject: 'Re: Courant No 12' })), { to })).toBe(250);
    const reader = (await readerByEmail(at.db, ada))!;
    expect([reader.status, reader.pausedUntil]).toEqual(['paused', new Date('2026-12-05T00:00:00Z')]);
  }); // prettier-ignore

  test('resumes, changes interests, leaves, and is told so once a day', async () => {
    const { id, to } = await addAda();
    const say = async (text: string): Promise<void> => expect(await post(await signed(mail(to, { text, id: `<${text.length}@mua.example>` })), { to })).toBe(250); // prettier-ignore
    await say('pause');
    expect(await statusOf()).toBe('paused');
    const [reply, ...more] = await mailed();
    expect(more).toEqual([]);
    expect([reply!.to, reply!.text.split('\n')[0]]).toEqual([ada, 'Paused. No mail comes until you resume.']);
    expect(['auto-submitted', 'in-reply-to', 'reply-to'].map(reply!.header)).toEqual([
      'auto-replied',
      '<5@mua.example>',
      to,
    ]);
    await say('resume');
    expect(await statusOf()).toBe('active');
    await say('interests: robots, graph learning, -speech');
    expect(await listInterests(at.db, id)).toEqual(['graph learning', 'robots']);
    expect(await mailed()).toEqual([]);
    laterBy(25);
    await say('interests:\n- maps\n- seas\n\nBest\nAda');
    expect((await mailed())[0]!.text).toContain('You follow now: graph learning, robots, maps, seas.');
    laterBy(25);
    await say('Please unsubscribe me, thanks!');
    expect(await statusOf()).toBe('unsubscribed');
    expect((await mailed())[0]!.text).toContain(`No more mail comes to ${ada}.`);
    expect((await listConsents(at.db, id)).at(-1)!.wording).toBe(
      'By mail, "unsubscribe me", Message-ID <30@mua.example>',
    );
  });

  test('asks for help in the language of the reader', async () => {
    const { to } = await addAda();
    await at.db.run(sql`update readers set lang = 'fr'`);
    await post(await signed(mail(to, { subject: 'aide' })), { to });
    const [help] = await mailed();
    expect(help!.subject).toBe('Courant : ce que peut faire un courriel');
    expect(help!.text).toContain('suspendre jusqu’au 2026-12-31');
  });

  test('whose end of a pause nobody can read changes nothing, and says how to write it', async () => {
    const { to } = await addAda();
    await post(await signed(mail(to, { text: 'pause until 3/4/2027' })), { to });
    expect(await statusOf()).toBe('active');
    expect((await mailed())[0]!.text).toContain('pause until 2026-12-31');
  });

  test('that is no command goes to the person of Reply-To, who writes back to the reader; without one it brings help', async () => {
    const { to } = await addAda();
    await post(await signed(mail(to, { text: 'Please leave the map in!\n\nIt helps <b>me</b>.', id: '<1@a.example>' })), { to }); // prettier-ignore
    expect((await mailed()).map(({ to: whom, subject }) => [whom, subject])).toEqual([
      [ada, 'Courant: what a mail can do'],
    ]);
    await saveSettings(at.db, { replyTo: 'editor@example.org' });
    await post(await signed(mail(to, { text: 'Please leave the map in!\n\nIt helps <b>me</b>. Twice.', id: '<2@a.example>' })), { to }); // prettier-ignore
    const [passedOn, ...more] = await mailed();
    expect(more).toEqual([]);
    expect([passedOn!.to, passedOn!.header('reply-to')]).toEqual(['editor@example.org', ada]);
    expect(passedOn!.text).toContain('Please leave the map in!\n\nIt helps <b>me</b>. Twice.');
    expect(passedOn!.text).not.toContain('Nothing shows');
    expect(await statusOf()).toBe('active');
  });
});
