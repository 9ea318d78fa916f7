// The secret address of a source that comes by mail: "n-<token>@inbox.example", in the store "mail:<token>".
import { randomBytes } from 'node:crypto';

const prefix = 'n-';
const isToken = /^[a-z2-7]{26}$/;
const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** A token nobody guesses: 130 bits, in letters that survive any mail program. */
export function newMailboxToken(): string {
  return Array.from(randomBytes(26), (byte) => letters[byte & 31]!).join('');
}

/** The address of a source, by its token. */
export function mailboxUrl(token: string): string {
  return `mail:${token}`;
}

/** Whether a source's address is that of a mailbox. */
export function isMailbox(url: string): boolean {
  return url.startsWith('mail:');
}

/** What is told to a newsletter, of a source's address. */
export function mailboxAddress(url: string, domain: string): string {
  return `${prefix}${url.slice('mail:'.length)}@${domain}`;
}

/** The token in a recipient's address; undefined when it is no mailbox of a source. Addresses are compared without case. */
export function tokenOf(recipient: string): string | undefined {
  const local = recipient.slice(0, recipient.lastIndexOf('@')).toLowerCase();
  const token = local.startsWith(prefix) ? local.slice(prefix.length) : '';
  return isToken.test(token) ? token : undefined;
}
