// The head of a mail -> whether a program or a list wrote it, which gets no reply (RFC 3834, section 2; RFC 2919; RFC 5321, 4.5.5); pure.
import type { WrittenMail } from '../../core/mail/parse-mail.ts';
import { isAutomaticSubject } from '../../core/mail/subject-marks.ts';

/** Fields that only programs and lists write. */
const fieldsOfPrograms = ['list-id', 'list-post', 'list-unsubscribe', 'list-help', 'x-auto-response-suppress', 'x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply-from', 'x-mail-autoreply', 'x-failed-recipients', 'x-loop', 'feedback-id', 'x-mailman-version', 'mailing-list']; // prettier-ignore
const names = ['mailer-daemon', 'noreply', 'no-reply', 'donotreply', 'do-not-reply', 'bounce', 'bounces', 'listserv', 'majordomo', 'daemon']; // prettier-ignore
/** Names under which programs write, and people who have no other mailbox. */
const roles = ['root', 'owner', 'postmaster'];
/** Said of what goes to many, or by itself. */
const precedences = ['bulk', 'list', 'junk', 'auto_reply', 'auto-reply'];

interface Came {
  mail: Pick<WrittenMail, 'from' | 'subject' | 'values'>;
  /** Of the envelope. */
  sender: string;
  /** Addresses of ours, and the domain of those that letters come back to. */
  own: { addresses: readonly string[]; domain: string };
}

export function isAutomatic({ mail, sender, own }: Came): boolean {
  const { from, subject, values } = mail;
  const first = (name: string): string => (values(name)[0] ?? '').trim().toLowerCase();
  const submitted = first('auto-submitted').split(';', 1)[0]!.trim();
  return (
    sender === '' ||
    first('return-path') === '<>' ||
    (submitted !== '' && submitted !== 'no') ||
    precedences.includes(first('precedence')) ||
    fieldsOfPrograms.some((name) => values(name).length > 0) ||
    first('content-type').startsWith('multipart/report') ||
    isAutomaticSubject(subject) ||
    [from ?? '', sender.toLowerCase()].some((address) => isProgram(address) || isOwn(address, own))
  );
}

/** Whether an address is one under which programs and people write. */
export function isRole(address: string): boolean {
  return roles.includes(address.split('@', 1)[0]!.toLowerCase());
}

function isProgram(address: string): boolean {
  const local = address.split('@', 1)[0]!;
  return (
    names.includes(local) || local.startsWith('owner-') || local.endsWith('-request') || local.endsWith('-bounces')
  );
}

function isOwn(address: string, { addresses, domain }: Came['own']): boolean {
  return addresses.includes(address) || address.endsWith(`@${domain}`);
}
