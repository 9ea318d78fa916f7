// A mail and where it came from -> whether the domain it names sent it: DKIM (RFC 6376), SPF (RFC 7208) and DMARC (RFC 7489) by mailauth.
import type { Resolver } from 'node:dns/promises';
import { TemporaryError } from '../../core/errors.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import { isPublicAddress } from '../../core/network/public-address.ts';
import type { SenderTrust } from '../../core/readers/reader-mail.ts';
import type { WrittenMail } from '../../core/mail/parse-mail.ts';
import type { MailOrigin } from './listen.ts';
import { verifiableMail } from './verifiable-mail.ts';

/** A signature stays valid as long as its key; a mail is read within days of being written. */
const longestAgeMs = 3 * 24 * 3_600_000;

interface Judged {
  raw: Buffer;
  origin: MailOrigin;
  /** The same, read. */
  mail: Pick<WrittenMail, 'from' | 'to' | 'cc' | 'date' | 'values'>;
  /** The address it came to. */
  recipient: string;
  now: Date;
}

/**
 * A proof counts only where its domain and that of `From` have one owner (RFC 7489, section 3.1, relaxed). SPF is not asked of a relay in front
 * of this machine, whose address says nothing of the sender. A signature counts only for a mail that was written to us, and lately: one
 * that was written to somebody else may be handed on to us by anybody. Throws TemporaryError where DNS does not say whether a signature holds.
 */
export async function judgeSender(dns: Pick<Resolver, 'resolve'>, judged: Judged): Promise<SenderTrust> {
  const { raw, origin, mail: { from } } = judged; // prettier-ignore
  if (from === null) return 'forged';
  const [{ dkimVerify }, { spf }, { dmarc }, { getAlignment }] = await Promise.all([import('mailauth/lib/dkim/verify.js'), import('mailauth/lib/spf/index.js'), import('mailauth/lib/dmarc/index.js'), import('mailauth/lib/tools.js')]); // prettier-ignore
  const resolver = (name: string, type: string): Promise<unknown> => dns.resolve(name, type);
  const domain = domainOf(from);
  const isOfOne = (other: string): boolean => other !== '' && getAlignment(domain, [other]) !== false;
  const verifiable = verifiableMail(raw);
  const [signed, path] = await Promise.all([
    verifiable && dkimVerify(verifiable, { resolver }),
    isPublicAddress(origin.ip) ? spf({ ...origin, resolver }) : undefined,
  ]);
  if (signed && (signed.headerFrom.length !== 1 || signed.headerFrom[0]!.toLowerCase() !== from)) return 'forged';
  const own = (signed?.results ?? []).filter(({ signingDomain }) => isOfOne(signingDomain));
  const valid = own.filter(({ status }) => status.result === 'pass');
  const isToUs = valid.some(({ signingHeaders }) => coversWhatCounts(signingHeaders?.keys, judged));
  if (isToUs || isOfOne(path?.status.result === 'pass' ? path.domain : '')) return 'proven';
  // They wrote it, but who can tell whether for us, and when.
  if (valid.length > 0) return 'unproven';
  if (own.some(({ status }) => status.result === 'temperror'))
    throw new TemporaryError(`${domain}: its key was not found in time`);
  if (!isOfOne(domainOf(origin.sender)) || ['fail', 'softfail'].includes(path?.status.result ?? '')) return 'forged';
  const policy = await dmarc({ headerFrom: [from], spfDomains: [], dkimDomains: [], resolver });
  return policy && policy.status.result === 'fail' && policy.policy !== 'none' ? 'forged' : 'unproven';
}

/**
 * Whether the fields that say by whom, to whom, when and what are signed: `names` is "From: To: Subject: Date", a subject may be
 * a command. A field that stands there twice says two things, of which one may be signed.
 */
function coversWhatCounts(names: string | undefined, { mail, recipient, now }: Judged): boolean {
  const covered = (names ?? '').toLowerCase().split(':').map((one) => one.trim()); // prettier-ignore
  const isSigned = (name: string): boolean => covered.includes(name) && mail.values(name).length === 1;
  const isToUs = (['to', 'cc'] as const).some((name) => isSigned(name) && mail[name].includes(recipient.toLowerCase()));
  const age = mail.date === null ? Infinity : Math.abs(now.getTime() - mail.date.getTime());
  return ['from', 'subject', 'date'].every(isSigned) && isToUs && age <= longestAgeMs;
}
