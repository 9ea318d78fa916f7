// What somebody typed as an e-mail address -> the address mail is sent to, its domain, and the mailbox behind it; pure.
import { domainToASCII } from 'node:url';

/** Invisible characters that come along when an address is pasted: joiners, direction marks, soft hyphen, byte order mark. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** A dot-atom of RFC 5322, section 3.2.3, all of atext; in 64 characters (RFC 5321, section 4.5.3.1.1). */
const localPart = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** A label of 63 characters (RFC 1035, section 2.3.4) without a hyphen at its ends. */
const label = /^(?=.{1,63}$)[a-z\d](?:[a-z\d-]*[a-z\d])?$/;

/** The longest address (RFC 5321, section 4.5.3.1.3, less the angle brackets). */
const longestAddress = 254;

/**
 * The address in ASCII and lower case, its domain in punycode; undefined when mail cannot be sent to it. A local part
 * outside ASCII needs SMTPUTF8 (RFC 6531), which is not spoken here; quoted ones and literals are not taken.
 */
export function readMailAddress(typed: string): string | undefined {
  const text = typed.replace(invisible, '').trim();
  if (text.length > 2 * longestAddress) return undefined;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(0, at)).toLowerCase();
  const typedDomain = text.slice(at + 1);
  // Of what a URL would make a host, only letters of some script, digits, hyphens and dots are a domain here.
  const domain = /^[\p{L}\p{M}\p{N}.。．｡-]+$/u.test(typedDomain) ? domainToASCII(typedDomain).toLowerCase() : '';
  const labels = domain.split('.');
  const isDomain = labels.length > 1 && labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1)!);
  const address = `${local}@${domain}`;
  return isDomain && localPart.test(local) && address.length <= longestAddress ? address : undefined;
}

/** What stands behind the last @, in lower case: a quoted local part may hold one too (RFC 5321, section 4.1.2). */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Providers that write one mailbox in several ways: other names of its domain, and characters it does not see. */
const providers = [
  { domains: ['gmail.com', 'googlemail.com'], unseen: /\./g },
  { domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], unseen: /[._-]/g },
  { domains: ['icloud.com', 'me.com', 'mac.com'], unseen: null },
  { domains: ['yandex.com', 'yandex.ru', 'yandex.by', 'yandex.kz', 'yandex.ua', 'ya.ru'], unseen: /[.-]/g },
] as const;

/**
 * One name for all the ways to write the same mailbox: without case and what stands behind a plus (RFC 5233), and as
 * the large providers say of their own. For counting what is sent there, never for sending.
 */
export function mailboxOf(address: string): string {
  const [, local = '', domain = ''] = /^(.*)@([^@]*)$/s.exec(address.toLowerCase()) ?? [];
  const plain = local.replace(/(?<=.)\+.*$/s, '');
  const provider = providers.find(({ domains }) => (domains as readonly string[]).includes(domain));
  if (!provider) return `${plain}@${domain}`;
  return `${provider.unseen ? plain.replace(provider.unseen, '') : plain}@${provider.domains[0]}`;
}
