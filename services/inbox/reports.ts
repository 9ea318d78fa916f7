// Mails to a letter's own addresses: bounces, complaints, and readers who leave by mail -> what the store knows of them.
import type { House } from '../../core/house.ts';
import { readableMail } from '../../core/mail/readable-mail.ts';
import {
  readReturnAddress,
  returnAddressesIn,
  returnPurpose,
  type ReturnAddress,
} from '../../core/mail/return-address.ts';
import { keyFor } from '../../core/crypto/secret-key.ts';
import { recordComplaint, recordReport } from '../../core/store/mail-reports.ts';
import { leave } from '../../core/readers/leave.ts';
import type { SmtpReply, Recipient } from './listen.ts';
import { readReport, type Report } from './read-report.ts';

/** Where providers send complaints to: an address that is told to them, "complaints@inbox.example". */
const complaintBoxes = ['complaints', 'abuse', 'postmaster'];
const taken: SmtpReply = { code: 250, words: '2.0.0 Taken' };
const unread: SmtpReply = { code: 554, words: '5.6.0 This cannot be read: too many fields or parts' };
/** The letter that a complaint carries names itself in its first lines. */
const readBytes = 262_144;

/** The recipient of what comes back of letters; 250 is said once the store has it, and a second time changes nothing. */
export async function reportRecipient(house: House): Promise<Recipient> {
  const key = await keyFor(house, returnPurpose);
  const isComplaintBox = (address: string): boolean => {
    const [local = '', domain] = address.toLowerCase().split('@');
    return domain === house.config.INBOX_DOMAIN.toLowerCase() && complaintBoxes.includes(local);
  };
  const isReturn = (address: string): boolean => (readReturnAddress(key, address)?.kind ?? 'reply') !== 'reply';
  return {
    knows: async (address) => isReturn(address) || isComplaintBox(address) || undefined,
    async take({ address, raw }) {
      const own = readReturnAddress(key, address);
      // A complaint is about the letter inside it; nobody can complain for a reader whose letter they do not have.
      const about =
        own ?? returnAddressesIn(key, raw.toString('latin1', 0, readBytes)).find(({ kind }) => kind !== 'reply');
      if (!about) {
        house.log.info({ event: 'inbox.report', outcome: 'about no letter of ours' });
        return taken;
      }
      const readable = readableMail(raw);
      if (!readable) return unread;
      const report = await readReport(readable);
      const outcome = await settle(house, about, report);
      house.log.info({ event: 'inbox.report', is: report.is, outcome, ...about });
      return taken;
    },
  };
}

async function settle(house: House, { kind, id }: ReturnAddress, report: Report): Promise<string> {
  const { db, now } = house;
  const at = now();
  if (report.is === 'report') {
    const { kind: reported, status } = report;
    const isNew = kind === 'bounce' ? await recordReport(db, { deliveryId: id, kind: reported, status, at }) : reported === 'complaint' && (await recordComplaint(db, { readerId: id, status, at })); // prettier-ignore
    return isNew ? reported : 'nothing new';
  }
  // A program that answers by itself, such as one that is away, does not want to leave.
  if (kind === 'bounce' || report.is === 'answer') return 'nothing to do';
  const left = await leave(house, { readerId: id, wording: 'List-Unsubscribe by mail', address: null, at });
  return left ? 'unsubscribed' : 'nothing new';
}
