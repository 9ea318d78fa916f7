// The sender -> what others would not believe of its mails: SPF, DKIM and DMARC in DNS, for `doctor` and the gate.
import type { Resolver } from 'node:dns/promises';
import type { House } from '../../core/house.ts';
import { messageOf } from '../../core/errors.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import { listDkimKeys } from '../../core/store/dkim-keys.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { describeDkim, describeDmarc, describeSpf } from './mail-records.ts';
import { hasReturn, senderOf } from './sender.ts';

/** What is wrong with the records of the sender, each with what to do; none where mails reach only the outbox, or all is well. */
export async function checkSender(
  { config, db }: Pick<House, 'config' | 'db'>,
  dns: Pick<Resolver, 'resolveTxt'>,
): Promise<string[]> {
  if (config.SMTP_URL === undefined) return [];
  const settings = await loadSettings(db);
  if (config.MAIL_FROM === undefined && settings.mailFrom === undefined)
    return ['No sender is set: enter one in the settings, or set MAIL_FROM.'];
  const domain = domainOf(senderOf(config, settings).address);
  const keys = await listDkimKeys(db, domain);
  const checks = [
    describeSpf(dns, hasReturn(config) ? config.INBOX_DOMAIN : domain),
    describeDkim(dns, { domain, keys }),
    describeDmarc(dns, domain),
  ];
  const found = await Promise.allSettled(checks);
  return found.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
}
