// Mails to the secret addresses of sources -> rows, and a job for those who read them.
import { enqueueDueSources } from '../../core/enqueue-due-sources.ts';
import type { House } from '../../core/house.ts';
import { tokenOf } from '../../core/mail/mailbox.ts';
import { asksToConfirm, parseMailHead } from '../../core/mail/parse-mail.ts';
import { hasMailbox, takeMail, type MailTaking } from '../../core/store/incoming-mails.ts';
import type { SmtpReply, Recipient } from './listen.ts';

const answers: Record<MailTaking, SmtpReply> = {
  taken: { code: 250, words: '2.0.0 Taken' },
  unknown: { code: 550, words: '5.1.1 No such mailbox' },
  otherSender: { code: 550, words: '5.7.1 This mailbox takes mails from another sender' },
  tooMany: { code: 450, words: '4.7.1 Too many mails; try again in an hour' },
};
const noSender: SmtpReply = { code: 550, words: '5.7.1 Without a sender' };

/** The recipient that newsletters come to. */
export function newsletterRecipient(house: House): Recipient {
  const { db, now } = house;
  return {
    async knows(address) {
      const token = tokenOf(address);
      return token === undefined ? undefined : hasMailbox(db, token);
    },
    async take({ address, raw }) {
      const { from: sender, subject } = await parseMailHead(raw);
      if (sender === null || !sender.includes('@')) return noSender;
      const mail = { token: tokenOf(address)!, sender, asksToConfirm: asksToConfirm(subject), raw, at: now() };
      const taken = await takeMail(db, mail);
      if (taken === 'taken') await enqueueDueSources(house);
      return answers[taken];
    },
  };
}
