// The secret in a one-time link: it goes out once, and only its hash is kept.
import { hash, randomBytes } from 'node:crypto';

/** A new token of 256 bits and the hash to store. */
export function createToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** SHA-256 in hex; a token this long needs no salt. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}
