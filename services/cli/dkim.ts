// `courant dkim`: keys that sign the mails, the records to publish, and a look whether they are there.
import { Resolver } from 'node:dns/promises';
import { readConfig } from '../../core/config.ts';
import { makeDkimKeys, recordName, zoneLine } from '../../core/mail/dkim-record.ts';
import { openHouse, type House } from '../../core/house.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import { addDkimKeys, listDkimKeys, markPublished } from '../../core/store/dkim-keys.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { senderOf } from '../mailer/sender.ts';
import { isPublished } from '../mailer/mail-records.ts';

interface DkimOptions {
  /** Makes keys although there are some. */
  renew: boolean;
  /** Takes the records for published without a look: where this machine's DNS does not show what others see. */
  force: boolean;
}

/** Prints what to publish, and what signs. */
export async function runDkim(options: DkimOptions): Promise<void> {
  const house = await openHouse({ ...readConfig(), LOG_LEVEL: 'silent' });
  try {
    for (const line of await tendKeys(house, { ...options, dns: createResolver() })) process.stdout.write(`${line}\n`);
  } finally {
    await house.close();
  }
}

/** Asks the DNS of this machine. */
export function createResolver(): Resolver {
  return new Resolver({ timeout: 5_000, tries: 2 });
}

/** Makes keys where there are none, looks for the records of those that do not sign yet, and returns what to say. */
export async function tendKeys(
  { config, db, now }: Pick<House, 'config' | 'db' | 'now'>,
  { renew, force, dns }: DkimOptions & { dns: Pick<Resolver, 'resolveTxt'> },
): Promise<string[]> {
  const domain = domainOf(senderOf(config, await loadSettings(db)).address);
  if (renew || (await listDkimKeys(db, domain)).length === 0) await addDkimKeys(db, makeDkimKeys(domain, now()));
  const lines: string[] = [];
  for (const key of await listDkimKeys(db, domain)) {
    const name = recordName(key);
    if (key.publishedAt !== null) lines.push(`${name} signs.`);
    else if (force || (await isPublished(dns, key))) {
      await markPublished(db, { domain, selector: key.selector, at: now() });
      lines.push(`${name} ${force ? 'is taken for published' : 'was found'}: it signs from now on.`);
    } else lines.push(`Publish this record, then run "courant dkim" again; until it is found the key does not sign:`, `  ${zoneLine(key)}`); // prettier-ignore
  }
  return lines;
}
