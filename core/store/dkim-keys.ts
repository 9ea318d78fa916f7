// Keys that sign the mails of a domain, and since when their records stand in DNS.
import { sql, type Queryable } from '../db.ts';

export interface StoredDkimKey {
  domain: string;
  selector: string;
  algorithm: 'rsa' | 'ed25519';
  /** PKCS #8, PEM. */
  privateKey: string;
  createdAt: Date;
  /** Null until its record was seen in DNS. */
  publishedAt: Date | null;
}

/** The keys of a domain, newest first. */
export function listDkimKeys(db: Queryable, domain: string): Promise<StoredDkimKey[]> {
  return db.rows<StoredDkimKey>(sql`
    select domain, selector, algorithm, private_key, created_at, published_at from dkim_keys
    where domain = ${domain} order by created_at desc, selector`);
}

/** Adds keys; of a selector that is there already, the one that is there stays. */
export async function addDkimKeys(db: Queryable, keys: readonly Omit<StoredDkimKey, 'publishedAt'>[]): Promise<void> {
  for (const { domain, selector, algorithm, privateKey, createdAt } of keys)
    await db.run(sql`
      insert into dkim_keys (domain, selector, algorithm, private_key, created_at)
      values (${domain}, ${selector}, ${algorithm}, ${privateKey}, ${createdAt}) on conflict do nothing`);
}

/** From now on the key signs. */
export async function markPublished(
  db: Queryable,
  { domain, selector, at }: { domain: string; selector: string; at: Date },
): Promise<void> {
  await db.run(sql`
    update dkim_keys set published_at = coalesce(published_at, ${at})
    where domain = ${domain} and selector = ${selector}`);
}
