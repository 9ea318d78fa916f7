// What is said to who wrote to us: one mail a mailbox and day, however many came (RFC 3834, section 2).
import type { Queryable } from '../db.ts';
import type { House } from '../house.ts';
import { countNotices, noticesTo, planNotice } from '../store/notices.ts';
import { mayReceive } from '../store/subscriptions.ts';
import type { MailToUs } from './reader-mail.ts';

const hourMs = 3_600_000;

/** In which words: `byMail` of the catalogues. */
export interface Saying {
  says: 'help' | 'paused' | 'pausedUntil' | 'resumed' | 'left' | 'interests' | 'whichDay' | 'noReader' | 'check';
  until?: string;
}

interface Planned {
  email: string;
  mail: Pick<MailToUs, 'recipient' | 'messageId'>;
  detail: Saying & Record<string, unknown>;
}

/** Plans it; false where one went today, where none may go, or where somebody has us write to too many. */
export async function replyByMail(
  { config, now }: Pick<House, 'config' | 'now'>,
  tx: Queryable,
  { email, mail, detail }: Planned,
): Promise<boolean> {
  const at = now();
  if (!(await mayReceive(tx, email))) return false;
  const today = new Date(at.getTime() - 24 * hourMs);
  if ((await noticesTo(tx, { kind: 'mail-reply', email, since: today })).length > 0) return false;
  const anHour = await countNotices(tx, { kind: 'mail-reply', since: new Date(at.getTime() - hourMs) });
  if (anHour >= config.CONFIRMATIONS_PER_HOUR) return false;
  const { recipient: replyTo, messageId: inReplyTo } = mail;
  await planNotice(tx, { kind: 'mail-reply', email, detail: { ...detail, replyTo, inReplyTo }, at });
  return true;
}
