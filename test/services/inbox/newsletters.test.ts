// Newsletters from an SMTP client over the listener and the door to items and mentions: real server, real store, real thread.
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { mailboxAddress, mailboxUrl, newMailboxToken } from '../../../core/mail/mailbox.ts';
import { forgetSender } from '../../../core/store/incoming-mails.ts';
import { addSources, listSources, type Source } from '../../../core/store/sources.ts';
import { listenForMail } from '../../../services/inbox/listen.ts';
import { newsletterRecipient } from '../../../services/inbox/newsletters.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../database.ts';
import { newsletterMails, reader } from './newsletter-mails.ts';

const clock = { now: new Date('2026-03-20T06:00:00Z') };
const never = new AbortController().signal;
let db: Database;
let house: House;
let inbox: Awaited<ReturnType<typeof listenForMail>>;

beforeAll(async () => {
  db = await testDatabase();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  house = {
    config: parseConfig({ INBOX_PORT: '0', INBOX_DOMAIN: 'inbox.example' }),
    log,
    db,
    queue,
    now: () => clock.now,
  };
  inbox = await listenForMail(house, [newsletterRecipient(house)]);
});
afterAll(() => inbox.stop());

/** A source that comes by mail, and the address to send to. */
async function newMailbox(title: string): Promise<{ to: string; find: () => Promise<Source> }> {
  const url = mailboxUrl(newMailboxToken());
  await addSources(db, [{ kind: 'mail', title, url, homeUrl: 'https://home.example/' }]);
  const find = async () => (await listSources(db)).find((source) => source.url === url)!;
  return { to: mailboxAddress(url, 'inbox.example'), find };
}

interface Sent {
  from: string;
  to: string;
  subject: string;
  date?: string;
  html?: string | undefined;
  text?: string | undefined;
  attached?: string | undefined;
}

/** Sends over SMTP; returns the code of the server's last answer. */
async function send({ to, attached, ...mail }: Sent): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port: inbox.port, ignoreTLS: true });
  const attachments =
    attached === undefined ? [] : [{ contentType: 'message/rfc822', content: attached, filename: 'mail.eml' }];
  try {
    await transport.sendMail({
      text: 'Nothing.',
      ...mail,
      to: reader,
      envelope: { from: 'bounce@service.example', to },
      attachments,
    });
    return 250;
  } catch (error) {
    return (error as { responseCode: number }).responseCode;
  } finally {
    transport.close();
  }
}

const check = (): Promise<void> => ingestHandlers(house)['sources.check']!({ shard: 0 }, never);
const itemsOf = (sourceId: number) =>
  db.rows<{
    id: number;
    kind: string;
    title: string;
    html: string;
    text: string;
    url: string;
    mentions: string[];
    publishedAt: Date;
  }>(sql`
    select id, kind, title, html, text, url, mentions, published_at from items where source_id = ${sourceId} order by id`);

it.each(newsletterMails.map((mail) => [mail.name, mail] as const))('%s', async (_, { told, name: title, ...mail }) => {
  const { to, find } = await newMailbox(title);
  expect(await send({ ...mail, to })).toBe(250);
  await check();
  const source = await find();
  const [item, ...more] = await itemsOf(source.id);
  expect(more).toEqual([]);
  expect(item).toMatchObject({ kind: told.kind, title: told.title });
  expect(item!.publishedAt.toISOString().slice(0, 10)).toBe(told.day);
  const mentions = await db.rows<{ key: string; url: string; paragraph: string }>(sql`select key, url, paragraph from mentions where item_id = ${item!.id} order by position`); // prettier-ignore
  expect(mentions.map(({ key }) => key)).toEqual(told.kind === 'digest' ? told.keys : []);
  expect(item!.mentions.toSorted()).toEqual(told.keys.toSorted());
  expect(mentions[0]?.paragraph ?? '').toContain(told.paragraph ?? '');
  expect(item!.text).toContain(told.words ?? '');
  // Nothing that names the reader, and nothing that all letters say.
  const kept = JSON.stringify([item, mentions]);
  expect(kept).not.toMatch(
    /anna|4711|private\.example|dXNlcj|unsubscribe|abmelden|forwarded message|gesendet|view online|view in/i,
  );
  expect(await db.rows(sql`select 1 from incoming_mails where source_id = ${source.id} and id > ${Number(source.etag)}`)).toEqual([]); // prettier-ignore
});

it('the first sender is the only one, until a curator forgets it; a letter that asks to confirm pins nobody and is no item', async () => {
  const { to, find } = await newMailbox('pinned');
  const letter = { to, subject: 'One', html: '<p>Of stairs.</p>' };
  const confirm = { to, from: 'service@letters.example', subject: 'Please confirm your subscription', html: '<p><a href="https://letters.example/confirm?token=1">Yes, subscribe me</a></p>' }; // prettier-ignore
  expect(await send(confirm)).toBe(250);
  expect(await send({ ...letter, from: 'Stairs <a@stairs.example>' })).toBe(250);
  await check();
  const source = await find();
  expect(source.options.sender).toBe('a@stairs.example');
  expect(source.note).toContain('https://letters.example/confirm?token=1');
  expect(await send({ ...letter, subject: 'Two', from: 'b@other.example' })).toBe(550);
  expect((await find()).note).toContain('b@other.example was refused');
  expect(await send({ ...letter, subject: 'Three', from: 'A@Stairs.example' })).toBe(250);
  expect(await forgetSender(db, source.id)).toBe(1);
  expect(await send({ ...letter, subject: 'Four', from: 'b@other.example' })).toBe(250);
  await check();
  expect((await itemsOf(source.id)).map(({ title }) => title)).toEqual(['One', 'Three', 'Four']);
});

it('refuses unknown addresses, mails that are too long, and more than thirty an hour, and says so in SMTP', async () => {
  const { to, find } = await newMailbox('limits');
  const letter = { from: 'a@stairs.example', to, subject: 'One', html: '<p>Of stairs.</p>' };
  expect(await send({ ...letter, to: mailboxAddress(mailboxUrl(newMailboxToken()), 'inbox.example') })).toBe(550);
  expect(await send({ ...letter, to: 'postmaster@inbox.example' })).toBe(550);
  expect(await send({ ...letter, html: 'x'.repeat(6_000_000) })).toBe(552);
  for (let at = 0; at < 30; at++) expect(await send({ ...letter, subject: `No ${at}` })).toBe(250);
  expect(await send(letter)).toBe(450);
  clock.now = new Date(clock.now.getTime() + 3_600_001);
  expect(await send(letter)).toBe(250);
  await db.run(sql`update sources set status = 'paused' where id = ${(await find()).id}`);
  expect(await send(letter)).toBe(550);
});

it('a mail that was taken is read after a crash between the answer and the reading, and once only', async () => {
  const { to, find } = await newMailbox('crash');
  expect(await send({ from: 'a@stairs.example', to, subject: 'One', html: '<p>Of stairs.</p>' })).toBe(250);
  await check();
  const source = await find();
  // As if the process had died after it stored the item and before it said so.
  await db.run(sql`update sources set etag = null, next_check_at = 'epoch' where id = ${source.id}`);
  await check();
  expect(await itemsOf(source.id)).toHaveLength(1);
});
