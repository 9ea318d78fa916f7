// The content hash a curator approves: equal content, equal hash, whatever the order of keys.
import { createHash } from 'node:crypto';

/** SHA-256 in hex of a JSON value, with the keys of every object sorted (as RFC 8785 orders them). */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
