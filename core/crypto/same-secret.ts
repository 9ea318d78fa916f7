// Whether two secrets are equal, in a time that does not tell where they differ.
import { hash, timingSafeEqual } from 'node:crypto';

/** Hashes first, since lengths would differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
