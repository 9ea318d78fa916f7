// A mail and where it came from -> whether the domain it names sent it: DKIM (RFC 6376), SPF (RFC 7208) and DMARC (RFC 7489) by mailauth.
import type { Resolver } from 'node:dns/promises';
import { TemporaryError } from '../../core/errors.ts';
import { isPublicAddress } from '../../core/network/public-address.ts';
import type { SenderTrust } from '../../core/readers/reader-mail.ts';
import type { MailOrigin } from './listen.ts';

/** Each is a question to DNS. */
const mostSignatures = 5;

interface Judged {
  raw: Buffer;
  origin: MailOrigin;
  /** Of its head, as it is shown; null where it is not one. */
  from: string | null;
  /** The values of its `DKIM-Signature` and of the same of ARC. */
  signatures: readonly string[];
}

/**
 * A proof counts only where its domain and that of `From` have one owner (RFC 7489, section 3.1, relaxed). SPF is not asked of a relay in front
 * of this machine, whose address says nothing of the sender. Throws TemporaryError where DNS does not say whether a signature holds.
 */
export async function judgeSender(dns: Pick<Resolver, 'resolve'>, judged: Judged): Promise<SenderTrust> {
  const { raw, origin, from, signatures } = judged;
  if (from === null) return 'forged';
  const [{ dkimVerify }, { spf }, { dmarc }, { getAlignment }] = await Promise.all([import('mailauth/lib/dkim/verify.js'), import('mailauth/lib/spf/index.js'), import('mailauth/lib/dmarc/index.js'), import('mailauth/lib/tools.js')]); // prettier-ignore
  const resolver = (name: string, type: string): Promise<unknown> => dns.resolve(name, type);
  const domain = domainOf(from);
  const isOfOne = (other: string): boolean => other !== '' && getAlignment(domain, [other]) !== false;
  // Under a signature over a part of the body (l=) anybody may write on.
  const isWhole = signatures.length <= mostSignatures && !signatures.some(hasLength);
  const [signed, path] = await Promise.all([
    isWhole && signatures.length > 0 ? dkimVerify(raw, { resolver }) : undefined,
    isPublicAddress(origin.ip) ? spf({ ...origin, resolver }) : undefined,
  ]);
  if (signed && (signed.headerFrom.length !== 1 || signed.headerFrom[0]!.toLowerCase() !== from)) return 'forged';
  const proofs = (signed?.results ?? []).filter(({ status, signingHeaders }) => status.result === 'pass' && coversSubject(signingHeaders?.keys)).map(({ signingDomain }) => signingDomain); // prettier-ignore
  const pathDomain = path?.status.result === 'pass' ? path.domain : '';
  if (proofs.some(isOfOne) || isOfOne(pathDomain)) return 'proven';
  if (signed?.results.some(({ status, signingDomain }) => status.result === 'temperror' && isOfOne(signingDomain)))
    throw new TemporaryError(`${domain}: its key was not found in time`);
  if (!isOfOne(domainOf(origin.sender)) || ['fail', 'softfail'].includes(path?.status.result ?? '')) return 'forged';
  const policy = await dmarc({ headerFrom: [from], spfDomains: [], dkimDomains: [], resolver });
  return policy && policy.status.result === 'fail' && policy.policy !== 'none' ? 'forged' : 'unproven';
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function hasLength(signature: string): boolean {
  return signature.split(';').some((tag) => tag.split('=', 1)[0]!.trim().toLowerCase() === 'l');
}

/** "From: To: Subject": a subject may be a command. */
function coversSubject(names = ''): boolean {
  const covered = names.toLowerCase().split(':').map((one) => one.trim()); // prettier-ignore
  return covered.includes('from') && covered.includes('subject');
}
