// A text about who left for good -> the keyed hash that is kept in its place (HMAC, RFC 2104): nobody can try addresses against it.
import { createHmac } from 'node:crypto';
import type { House } from '../house.ts';
import { keyFor } from './secret-key.ts';

/** The hash of this installation, in base64url. */
export async function departedHash(house: Pick<House, 'config' | 'db'>): Promise<(text: string) => string> {
  const key = await keyFor(house, 'courant departed readers');
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
