// The keys in the store -> those that sign the mails of a sender: of each kind the newest whose record others can find.
import { createPrivateKey } from 'node:crypto';
import type { Queryable } from '../../core/db.ts';
import { PermanentError } from '../../core/errors.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import { listDkimKeys } from '../../core/store/dkim-keys.ts';
import type { DkimKey } from './dkim.ts';
import type { Mailbox } from './mime.ts';

/**
 * None until `courant dkim` has made keys for the sender's domain and seen their records. DMARC wants the domain of a signature to be
 * that of the `From` (RFC 7489, section 3.1).
 */
export async function signingKeys(db: Queryable, from: Mailbox): Promise<DkimKey[]> {
  const published = (await listDkimKeys(db, domainOf(from.address))).filter(({ publishedAt }) => publishedAt !== null);
  return (['rsa', 'ed25519'] as const).flatMap((wanted) => {
    const newest = published.find(({ algorithm }) => algorithm === wanted);
    if (!newest) return [];
    return [{ domain: newest.domain, selector: newest.selector, key: createPrivateKey(newest.privateKey) }];
  });
}

/** Keys by their names, whether they still sign new mails or not. Throws PermanentError for one that is gone. */
export async function namedKeys(
  db: Queryable,
  names: readonly { domain: string; selector: string }[],
): Promise<DkimKey[]> {
  return Promise.all(
    names.map(async ({ domain, selector }) => {
      const stored = (await listDkimKeys(db, domain)).find((one) => one.selector === selector);
      if (!stored) throw new PermanentError(`The key ${selector} of ${domain}, which signed this mail, is gone.`);
      return { domain, selector, key: createPrivateKey(stored.privateKey) };
    }),
  );
}
