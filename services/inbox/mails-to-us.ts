// Mails to the subscribe address, and replies to letters -> what comes of them, before their sender hears 250.
import type { Resolver } from 'node:dns/promises';
import { keyFor } from '../../core/crypto/secret-key.ts';
import { messageOf } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { readMailAddress } from '../../core/mail/mail-address.ts';
import { ownLines } from '../../core/mail/own-lines.ts';
import { parseWrittenMail, type WrittenMail } from '../../core/mail/parse-mail.ts';
import { readableMail } from '../../core/mail/readable-mail.ts';
import { readReturnAddress, returnPurpose } from '../../core/mail/return-address.ts';
import { mailKey, steerByMail, type SteerOutcome } from '../../core/readers/steer-by-mail.ts';
import { mailRefusal } from '../../core/store/reader-mails.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { senderOf } from '../mailer/sender.ts';
import { isAutomatic, isRole } from './is-automatic.ts';
import { judgeSender } from './judge-sender.ts';
import type { Recipient, SmtpReply } from './listen.ts';

/** A reply that quotes a letter has some 100 KB. */
const mostBytes = 1_000_000;
/** Characters of a subject in which commands and interests are looked for. */
const longestSubject = 2_000;

const taken: SmtpReply = { code: 250, words: '2.0.0 Taken' };
const tooLong: SmtpReply = { code: 552, words: `5.3.4 More than ${mostBytes} bytes` };
const unread: SmtpReply = { code: 554, words: '5.6.0 This cannot be read; write a short plain mail' };
const refused: Partial<Record<SteerOutcome, SmtpReply>> = {
  nobody: { code: 550, words: '5.1.1 No such mailbox' },
  tooMany: { code: 450, words: '4.7.1 Too many mails; try again tomorrow' },
};

type Came = Parameters<Recipient['take']>[0];

/** The recipient of what people write. */
export async function mailsToUs(house: House, dns: Pick<Resolver, 'resolve'>): Promise<Recipient> {
  const key = await keyFor(house, returnPurpose);
  const subscribe = house.config.MAIL_SUBSCRIBE?.toLowerCase();
  const readerOf = (address: string): number | undefined => {
    const own = readReturnAddress(key, address);
    return own?.kind === 'reply' ? own.id : undefined;
  };
  return {
    knows: async (address) => address.toLowerCase() === subscribe || readerOf(address) !== undefined || undefined,
    async take(came) {
      if (came.raw.length > mostBytes) return tooLong;
      const readerId = readerOf(came.address) ?? null;
      const refusal = await mailRefusal(house.db, { readerId, at: house.now() });
      if (refusal !== undefined) return refused[refusal]!;
      const readable = readableMail(came.raw);
      const mail = readable && (await parseWrittenMail(readable).catch(messageOf));
      if (mail === undefined || typeof mail === 'string') return unread;
      const outcome = await heed(house, dns, { came, mail, readerId });
      house.log.info({ event: 'inbox.written', outcome });
      return refused[outcome as SteerOutcome] ?? taken;
    },
  };
}

/** What programs and lists write is taken, and nothing comes of it. */
async function heed(
  house: House,
  dns: Pick<Resolver, 'resolve'>,
  { came, mail, readerId }: { came: Came; mail: WrittenMail; readerId: number | null },
): Promise<SteerOutcome | 'automatic' | 'no address'> {
  const { address: recipient, raw, origin } = came;
  if (isAutomatic({ mail, sender: origin.sender, own: await ownAddresses(house) })) return 'automatic';
  const from = mail.from === null ? undefined : readMailAddress(mail.from);
  if (from === undefined) return 'no address';
  const trust = await judgeSender(dns, { raw, origin, mail, recipient, now: house.now() });
  const { fromName, messageId, date, attached, text, html } = mail;
  const subject = mail.subject.slice(0, longestSubject);
  const key = mailKey({ from, trust, date, subject, messageId, raw });
  return steerByMail(house, { recipient, readerId, from, fromName, isRole: isRole(from) || isRole(origin.sender), trust, messageId, key, subject, lines: ownLines({ text, html }), attached, address: origin.ip }); // prettier-ignore
}

/** Where our own mails come from: one of them that comes back is a loop. */
async function ownAddresses({ config, db }: House) {
  const settings = await loadSettings(db);
  const isNamed = config.MAIL_FROM ?? settings.mailFrom;
  const addresses = [isNamed ? senderOf(config, settings).address : '', config.MAIL_SUBSCRIBE ?? ''];
  return { addresses: addresses.filter(Boolean).map((one) => one.toLowerCase()), domain: config.INBOX_DOMAIN.toLowerCase() }; // prettier-ignore
}
