// What DNS says of a sender -> whether others will believe its mails: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489).
import type { Resolver } from 'node:dns/promises';
import { messageOf } from '../../core/errors.ts';
import { isRecordOf, recordName } from '../../core/mail/dkim-record.ts';
import type { StoredDkimKey } from '../../core/store/dkim-keys.ts';

type Dns = Pick<Resolver, 'resolveTxt'>;

/** The TXT records of a name; none when there is no such name. Throws when DNS does not answer. */
async function textsOf(dns: Dns, name: string): Promise<string[]> {
  try {
    return (await dns.resolveTxt(name)).map((strings) => strings.join(''));
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw new Error(`DNS did not tell about ${name} (${messageOf(cause)}); try again, or ask from another network.`, { cause }); // prettier-ignore
  }
}

/** Whether the record of a key stands in DNS. */
export async function isPublished(dns: Dns, key: StoredDkimKey): Promise<boolean> {
  return (await textsOf(dns, recordName(key))).some((record) => isRecordOf(record, key));
}

/** What SPF says of the domain that bounces go to; throws with what to do when it says nothing, or twice something. */
export async function describeSpf(dns: Dns, domain: string): Promise<string> {
  const records = (await textsOf(dns, domain)).filter((record) => record === 'v=spf1' || record.startsWith('v=spf1 '));
  if (records.length === 0) throw new Error(`${domain} has no SPF record. Publish TXT "v=spf1 include:<your mail service> -all" there.`); // prettier-ignore
  if (records.length > 1) throw new Error(`${domain} has ${records.length} SPF records, and with more than one none counts. Make them one.`); // prettier-ignore
  const [record] = records as [string];
  if (record.split(' ').some((term) => term === '+all' || term === 'all'))
    throw new Error(`${domain} lets everybody send for it ("${record}"). End it with -all or ~all.`);
  return `${domain}: ${record}`;
}

/** Which keys sign, and which records are missing; throws when none signs. */
export async function describeDkim(
  dns: Dns,
  { domain, keys }: { domain: string; keys: readonly StoredDkimKey[] },
): Promise<string> {
  if (keys.length === 0) throw new Error(`mails of ${domain} are not signed. Run "courant dkim" and publish what it prints.`); // prettier-ignore
  const found = await Promise.all(keys.map(async (key) => ({ key, isThere: await isPublished(dns, key) })));
  const lost = found.filter(({ key, isThere }) => key.publishedAt !== null && !isThere);
  if (lost.length > 0) throw new Error(`mails are signed, and nobody can verify it: ${lost.map(({ key }) => recordName(key)).join(', ')} is gone from DNS, or holds another key. "courant dkim" prints what belongs there.`); // prettier-ignore
  const signing = found.filter(({ key }) => key.publishedAt !== null);
  if (signing.length === 0) throw new Error(`no key signs yet. Run "courant dkim": it looks whether the records it printed are there, and signs from then on.`); // prettier-ignore
  return `signed by ${signing.map(({ key }) => key.selector).join(', ')} for ${domain}`;
}

/** The policy of the domain, or of the nearest domain above it that has one; throws with what to do when none has. */
export async function describeDmarc(dns: Dns, domain: string): Promise<string> {
  const labels = domain.split('.');
  for (let at = 0; at < Math.max(1, labels.length - 1); at++) {
    const name = `_dmarc.${labels.slice(at).join('.')}`;
    const record = (await textsOf(dns, name)).find((text) => text.replaceAll(' ', '').startsWith('v=DMARC1'));
    if (record !== undefined) return `${name}: ${record}`;
  }
  throw new Error(`${domain} has no DMARC record, which large providers ask of newsletters. Publish TXT "v=DMARC1; p=none; rua=mailto:<you>" at _dmarc.${domain}, and p=quarantine when the reports are well.`); // prettier-ignore
}
