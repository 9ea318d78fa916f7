// A mail somebody wrote to us -> what they asked for is done, once, in one transaction; at most one reply a mailbox and day.
import type { Queryable } from '../db.ts';
import { hash } from 'node:crypto';
import type { House } from '../house.ts';
import { foldWords } from '../mail/fold-words.ts';
import { interestsInMail } from '../mail/interests-in-mail.ts';
import { mailboxOf } from '../mail/mail-address.ts';
import { bodyOf } from '../mail/readable-mail.ts';
import type { Command } from '../mail/read-command.ts';
import { maxInterests } from '../store/interests.ts';
import { lockReader } from '../store/reader-lock.ts';
import { keepMailWords, lockReaderMails, noteReaderMail } from '../store/reader-mails.ts';
import { readerByEmail, readerById, type Reader } from '../store/readers.ts';
import { planNotice } from '../store/notices.ts';
import { loadSettings } from '../store/settings.ts';
import { noteSubscribeRequest } from './ask-to-subscribe.ts';
import { commandInMail } from './command-in-mail.ts';
import { obeyCommand } from './obey-command.ts';
import type { MailToUs } from './reader-mail.ts';
import { replyByMail } from './reply-by-mail.ts';

/** What came of it, in a word for the log; `tooMany` and `nobody` are refused, so that their senders know. */
export type SteerOutcome =
  | 'tooMany' | 'nobody' | 'known' | 'forged' | 'asked' | 'helped' | 'passed on' | 'done' | 'asked back' | 'nothing'; // prettier-ignore

/** Of what is passed on, in characters. */
const longestSubject = 200;

/** All there is to decide by. */
interface Scene {
  house: Pick<House, 'config' | 'now'>;
  tx: Queryable;
  mail: MailToUs;
  /** The id of its row. */
  id: number;
  reader: Reader | undefined;
  /** Their own mailbox wrote it, and their domain proves it. */
  isOwn: boolean;
  command: Command | undefined;
}

/** Does what a mail asks for before its sender hears 250; a mail that comes again changes nothing. */
export async function steerByMail(
  house: Pick<House, 'config' | 'db' | 'queue' | 'now'>,
  mail: MailToUs,
): Promise<SteerOutcome> {
  const steered = await house.db.transaction(async (tx): Promise<SteerOutcome> => {
    await lockReaderMails(tx);
    const { readerId, from, trust, key } = mail;
    const reader = readerId === null ? await readerByEmail(tx, from) : await readerById(tx, readerId);
    if (readerId !== null && !reader) return 'nobody';
    const isOwn = reader !== undefined && trust === 'proven' && mailboxOf(from) === mailboxOf(reader.email);
    // Nothing a program writes under such a name is heeded; a reader may have no other mailbox.
    if (mail.isRole && !isOwn) return 'nothing';
    if (reader) await lockReader(tx, reader.id);
    const command = commandInMail(mail, (await loadSettings(tx)).publication);
    const through = readerId !== null && command === undefined && !isOwn ? readerId : null;
    const noted = await noteReaderMail(tx, { key, mailbox: mailboxOf(from), readerId: reader?.id ?? null, proven: trust === 'proven', through, at: house.now() }); // prettier-ignore
    if (noted.is !== 'new') return noted.is;
    const scene = { house, tx, mail, id: noted.id, reader, isOwn, command };
    return readerId === null ? toSubscribeAddress(scene) : toReader(scene);
  });
  await house.queue.enqueue('notices.send', {});
  return steered;
}

/**
 * A mail that comes again has the same, whichever of our addresses it comes to. One that is proven is named by what its signature
 * holds (but for blanks, which relays change): who hands it on may write another Message-ID on it, or none. Of others, who names no Message-ID is known by the bytes.
 */
export function mailKey({
  from,
  trust,
  date,
  subject,
  messageId,
  raw,
}: Pick<MailToUs, 'from' | 'trust' | 'subject' | 'messageId'> & { date: Date | null; raw: Buffer }): string {
  if (trust !== 'proven' || date === null) return hash('sha256', `${from}\n${messageId ?? hash('sha256', raw)}`);
  const body = hash(
    'sha256',
    bodyOf(raw).filter((byte) => byte > 0x20),
  );
  const words = foldWords(subject).replace(/\s/gu, '');
  return hash('sha256', [from, date.toISOString(), words, body].join('\n'));
}

/** Who asks for nothing else wants to subscribe: the confirmation goes to the address and is theirs to press. */
async function toSubscribeAddress(scene: Scene): Promise<SteerOutcome> {
  const { command, reader, mail } = scene;
  if (command !== undefined && command.is !== 'subscribe' && command.is !== 'interests') {
    if (reader) return toReader(scene);
    // A stranger who is named by somebody else gets no mail for it.
    return mail.trust === 'proven' ? help(scene) : 'nothing';
  }
  return subscribe(scene);
}

/** The same as the form: its limits, its confirmation; the consent says by which mail. */
async function subscribe({ house, tx, mail, command, reader }: Scene): Promise<SteerOutcome> {
  const { trust, from, fromName: name, subject, lines, recipient, messageId, address } = mail;
  if (trust === 'forged') return 'forged';
  const email = mail.readerId === null ? from : reader!.email;
  const interests = interestsInMail({ subject, lines, name }, maxInterests);
  const wishes = command && command.lang !== 'en' ? { lang: command.lang } : {};
  const wording = `By mail to ${recipient}${messageId === null ? '' : `, Message-ID ${messageId.slice(0, 300)}`}`;
  await noteSubscribeRequest(tx, { email, interests, wishes, wording, address }, house.now());
  return 'asked';
}

async function toReader(scene: Scene): Promise<SteerOutcome> {
  const { house, tx, mail, isOwn, command } = scene;
  const reader = scene.reader!;
  if (command === undefined) return passOn(scene);
  if (command.is === 'help') return help(scene);
  if ((command.is === 'subscribe' || command.is === 'resume') && reader.status !== 'paused')
    return reader.status === 'active' || mail.readerId === null ? help(scene) : subscribe(scene);
  // Who holds the reply address holds a letter, which may have been passed on; only the reader's own mailbox changes anything.
  if (isOwn) {
    const said = await obeyCommand(tx, {
      reader,
      command,
      mail,
      zone: reader.timezone ?? house.config.TIMEZONE,
      at: house.now(),
    });
    await replyByMail(house, tx, { email: reader.email, mail, detail: { ...said, readerId: reader.id } });
    return 'done';
  }
  // Forgers may have one link a day mailed to the reader, and only where a reader in earnest would miss it.
  if (mail.trust === 'forged' && command.is !== 'leave' && command.is !== 'pause') return 'forged';
  const detail = { says: 'check' as const, command: command.is, word: command.word, readerId: reader.id };
  return (await replyByMail(house, tx, { email: reader.email, mail, detail })) ? 'asked back' : 'nothing';
}

/** What a person is to read goes to the one that letters name for replies; without one, the reader hears what a mail can do. */
async function passOn(scene: Scene): Promise<SteerOutcome> {
  const { house, tx, mail, id } = scene;
  const { replyTo } = await loadSettings(tx);
  if (!replyTo) return help(scene);
  const attached = mail.attached.length === 0 ? [] : ['', `Not passed on: ${mail.attached.map(shortened).join(', ')}`];
  const proof = mail.trust === 'proven' ? [] : ['', 'Nothing shows that this address wrote it.'];
  await keepMailWords(tx, id, { sender: mail.from, subject: shortened(mail.subject), words: [...mail.lines, ...attached, ...proof].join('\n') }); // prettier-ignore
  await planNotice(tx, { kind: 'reader-mail', email: replyTo, detail: { mailId: id }, at: house.now() });
  return 'passed on';
}

/** By characters: half of one is none. */
function shortened(text: string): string {
  const characters = Array.from(text.slice(0, 3 * longestSubject));
  return characters.length <= longestSubject
    ? characters.join('')
    : `${characters.slice(0, longestSubject - 1).join('')}…`;
}

async function help({ house, tx, mail, reader, command }: Scene): Promise<SteerOutcome> {
  if (mail.trust === 'forged') return 'forged';
  const about = reader ? { readerId: reader.id } : { lang: command?.lang };
  const isPlanned = await replyByMail(house, tx, {
    email: reader?.email ?? mail.from,
    mail,
    detail: { says: 'help', ...about },
  });
  return isPlanned ? 'helped' : 'nothing';
}
