// The installation's secret -> one key for each purpose, the same in every process.
import { hkdfSync, randomBytes } from 'node:crypto';
import type { House } from '../house.ts';
import { settleSetting } from '../store/settings.ts';

/** 32 bytes from SECRET, or from a secret made at the first start (HKDF, RFC 5869); two purposes share nothing. */
export async function keyFor({ config, db }: Pick<House, 'config' | 'db'>, purpose: string): Promise<Buffer> {
  const secret = config.SECRET ?? (await settleSetting(db, 'secret', randomBytes(32).toString('hex')));
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
