// What is said to whoever wrote to us: one mail a mailbox and day, however many came (RFC 3834, section 2), and one link to leave by.
import type { Queryable } from '../db.ts';
import type { House } from '../house.ts';
import { planNotice } from '../store/notices.ts';
import { countReplies } from '../store/reader-mails.ts';
import { mayReceive } from '../store/subscriptions.ts';
import type { MailToUs } from './reader-mail.ts';

/** In which words: `byMail` of the catalogues. */
export interface MailReply {
  says: 'help' | 'paused' | 'pausedUntil' | 'resumed' | 'left' | 'interests' | 'whichDay' | 'noReader' | 'check';
  until?: string;
}

interface Planned {
  email: string;
  mail: Pick<MailToUs, 'recipient' | 'messageId'>;
  detail: MailReply & Record<string, unknown>;
}

/** Plans it; false where one went today, where none may go, or where somebody has us write to too many. */
export async function replyByMail(
  { config, now }: Pick<House, 'config' | 'now'>,
  tx: Queryable,
  { email, mail, detail }: Planned,
): Promise<boolean> {
  const at = now();
  if (!(await mayReceive(tx, email))) return false;
  // A forged "pause" has a link sent; it must not take the place of the link of a "leave" in earnest.
  const isLeaveLink = detail.says === 'check' && detail.command === 'leave';
  const { own, all } = await countReplies(tx, { email, isLeaveLink, at });
  if (own > 0 || all >= config.CONFIRMATIONS_PER_HOUR) return false;
  const { recipient: replyTo, messageId: inReplyTo } = mail;
  await planNotice(tx, { kind: 'mail-reply', email, detail: { ...detail, replyTo, inReplyTo }, at });
  return true;
}
